package main

import (
	"context"
	"os"

	"weir/confparse"
	"weir/js/workshop"
)

type jsReplCmd struct {
	Path   []string `short:"p" sep:"none" placeholder:"DIR" help:"Where imports look that find nothing in the working directory."`
	Permit []string `sep:"none" placeholder:"WHAT" help:"What scripts may touch, as js_permit says it; everything, unless given."`
}

// Run prints the values of what is typed.
func (k *jsReplCmd) Run(c console) error {
	permit, err := permitOf(k.Permit)
	if err != nil {
		return err
	}
	r := workshop.Runner{Files: confparse.Disk{}, Paths: k.Path, Permit: permit, Server: scriptServer(nil), Out: c.out, Err: c.err}
	if code := r.Prompt(context.Background(), c.in, isTerminal(c)); code != 0 {
		return exit(code)
	}
	return nil
}

// isTerminal reports whether somebody types what the command reads.
func isTerminal(c console) bool {
	f, ok := c.in.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
