// Command weir is a live-streaming server that is programmed in its
// configuration file.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
)

// Exit codes.
const (
	exitClean  = 0
	exitFailed = 1 // the file has errors, the server could not run
	exitUsage  = 2
)

// commands are the verbs; each has a file of its name.
type commands struct {
	Run     runCmd     `cmd:"" default:"withargs" help:"Serve a configuration file (the default)."`
	Demo    demoCmd    `cmd:"" help:"Serve a configuration file and publish a built-in clip to it."`
	Check   checkCmd   `cmd:"" help:"Print everything that is wrong with a configuration file and its scripts."`
	Types   typesCmd   `cmd:"" help:"Print the TypeScript declarations of what scripts see."`
	Version versionCmd `cmd:"" help:"Print the version."`

	ShowVersion kong.VersionFlag `name:"version" help:"Print the version."`
}

// console is where a command writes.
type console struct{ out, err io.Writer }

// exit ends the process with a code, without a message.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func main() { os.Exit(run(os.Args[1:], console{os.Stdout, os.Stderr})) }

// run carries out a command line and returns the exit code.
func run(args []string, c console) (code int) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case exit: // of --help and --version
			code = int(e)
		default:
			panic(e)
		}
	}()
	var verbs commands
	parser, err := kong.New(&verbs, kong.Name("weir"), kong.Description("A live-streaming server that is programmed in its configuration file."),
		kong.Vars{"version": buildVersion().String()}, kong.Writers(c.out, c.err), kong.UsageOnError(),
		kong.Exit(func(code int) { panic(exit(code)) }), kong.Bind(c))
	if err != nil {
		fmt.Fprintln(c.err, "weir:", err)
		return exitFailed
	}
	ctx, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(c.err, "weir:", err)
		fmt.Fprintln(c.err, `run "weir --help" for usage`)
		return exitUsage
	}
	var e exit
	switch err := ctx.Run(c); {
	case err == nil:
		return exitClean
	case errors.As(err, &e):
		return int(e)
	default:
		fmt.Fprintln(c.err, "weir:", err)
		return exitFailed
	}
}
