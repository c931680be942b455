package main

import (
	"os"

	"weir"
	"weir/js/builtin"
)

// jsCmd are the verbs of who works on scripts; each has a file of its name.
type jsCmd struct {
	Run  jsRunCmd  `cmd:"" help:"Run a script as a program."`
	Init jsInitCmd `cmd:"" help:"Begin a project: a configuration, a TypeScript hook with its tests, and the types."`
	Test jsTestCmd `cmd:"" help:"Run tests of scripts."`
	Repl jsReplCmd `cmd:"" help:"Run what is typed, and print its values."`
}

// scriptServer is what scripts are told of a server that there is not.
func scriptServer(argv []string) builtin.Server {
	prefix, _ := os.Getwd() // "" says as much
	return builtin.Server{Version: weir.Version, Prefix: prefix, Argv: argv, PID: os.Getpid(), PPID: os.Getppid()}
}
