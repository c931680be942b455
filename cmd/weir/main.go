// Command weir is a live-streaming server that is programmed in its
// configuration file.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/alecthomas/kong"

	"weir/js/sandbox"
)

// Exit codes.
const (
	exitClean  = 0
	exitFailed = 1 // the file has errors, the server could not run
	exitUsage  = 2
)

const description = `A live-streaming server that is programmed in its configuration file.

nginx's flags work, too: -c FILE serves a file, -t tests it, -T tests and prints it, with -q only its errors are said; -s reload, stop, quit or reopen
signals the server; -v and -V print the version.`

// commands are the verbs; each has a file of its name.
type commands struct {
	Run     runCmd     `cmd:"" default:"withargs" help:"Serve a configuration file (the default)."`
	Demo    demoCmd    `cmd:"" help:"Serve a configuration file and publish a built-in clip to it."`
	Check   checkCmd   `cmd:"" help:"Print everything that is wrong with a configuration file and its scripts."`
	Reload  reloadCmd  `cmd:"" help:"Have the running server read its file again, and say what came of it."`
	Stop    stopCmd    `cmd:"" help:"End the running server in good order."`
	Status  statusCmd  `cmd:"" help:"Print what the running server says of itself."`
	Explain explainCmd `cmd:"" help:"Print the manual's entry of a directive or of a finding's code."`
	Fmt     fmtCmd     `cmd:"" help:"Lay out configuration files in the one way there is."`
	JS      jsCmd      `cmd:"" name:"js" help:"Run, test and try scripts, and begin a project."`
	Types   typesCmd   `cmd:"" help:"Print the TypeScript declarations of what scripts see."`
	Version versionCmd `cmd:"" help:"Print the version."`

	Test   testCmd   `cmd:"" hidden:"" help:"What weir -t does."`
	Signal signalCmd `cmd:"" hidden:"" help:"What weir -s does."`

	ShowVersion kong.VersionFlag `name:"version" help:"Print the version."`
}

// exit ends the process with a code, without a message.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func main() {
	sandbox.Main() // which does not come back in a process of scripts
	os.Exit(run(os.Args[1:], console{os.Stdin, os.Stdout, os.Stderr}))
}

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
	parser, err := kong.New(&verbs, kong.Name("weir"), kong.Description(description),
		kong.Vars{"version": buildVersion().String()}, kong.Writers(c.out, c.err), kong.UsageOnError(),
		kong.Exit(func(code int) { panic(exit(code)) }), kong.Bind(c))
	if err != nil {
		fmt.Fprintln(c.err, "weir:", err)
		return exitFailed
	}
	ctx, err := parser.Parse(nginxArgs(args))
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
