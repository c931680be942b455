package main

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"weir/confparse"
	"weir/js"
	"weir/js/host"
	"weir/js/workshop"
)

type jsRunCmd struct {
	Path    []string      `short:"p" sep:"none" placeholder:"DIR" help:"Where imports look that find nothing beside the importing file."`
	Permit  []string      `sep:"none" placeholder:"WHAT" help:"What the script may touch, as js_permit says it ('fetch api.example.com', 'fs read data'); everything, unless given."`
	Timeout time.Duration `help:"Ends the script after a time."`
	Eval    *string       `short:"e" placeholder:"CODE" help:"Run this instead of a file."`
	Args    []string      `arg:"" optional:"" passthrough:"" help:"The script, - for standard input, and its arguments."`
}

// evaluated is what findings call the code of a command line.
const evaluated = "<eval>"

// Run runs the script until nothing is left to do.
func (k *jsRunCmd) Run(c console) error {
	permit, err := permitOf(k.Permit)
	if err != nil {
		return err
	}
	fsys, name, args, err := k.script(c)
	if err != nil {
		return err
	}
	ctx := context.Background()
	if k.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, k.Timeout, js.ErrTimeout)
		defer cancel()
	}
	r := workshop.Runner{
		Files: fsys, Paths: k.Path, Permit: permit, Out: c.out, Err: c.err,
		Server: scriptServer(append([]string{"weir", name}, args...)),
	}
	if code := r.Run(ctx, name); code != 0 {
		return exit(code)
	}
	return nil
}

// script is the file system and the name in it of what is to run, and its arguments.
func (k *jsRunCmd) script(c console) (fsys fs.FS, name string, args []string, err error) {
	switch {
	case k.Eval != nil:
		return withScript{name: evaluated, text: *k.Eval}, evaluated, k.Args, nil
	case len(k.Args) == 0:
		return nil, "", nil, fmt.Errorf("js run: no script is given")
	}
	fsys, name = c.open(k.Args[0])
	if name == stdin {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, "", nil, fmt.Errorf("js run: %w", err)
		}
		fsys = withScript{name: name, text: string(text)}
	}
	return fsys, name, k.Args[1:], nil
}

// withScript is the disk with one more file.
type withScript struct {
	confparse.Disk
	name, text string
}

// ReadFile implements fs.ReadFileFS.
func (d withScript) ReadFile(name string) ([]byte, error) {
	if name == d.name {
		return []byte(d.text), nil
	}
	return fs.ReadFile(d.Disk, name)
}

// permitOf is everything if nothing is named.
func permitOf(specs []string) (host.Permit, error) {
	if len(specs) == 0 {
		return host.Permit{All: true}, nil
	}
	lines := make([][]string, len(specs))
	for i, s := range specs {
		lines[i] = strings.Fields(s)
	}
	return host.ParsePermit(lines...)
}
