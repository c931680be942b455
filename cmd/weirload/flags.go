//go:build linux

package main

import (
	"errors"
	"flag"
	"fmt"
	"time"
)

// usageError is a command line that cannot be carried out.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// newFlags returns the flags of a mode.
func newFlags(name string, c console) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(c.err)
	return fs
}

// parse parses a mode's command line, which takes no words beside its flags.
func parse(fs *flag.FlagSet, args []string) error {
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return flag.ErrHelp
		}
		return &usageError{err}
	}
	if fs.NArg() > 0 {
		return &usageError{fmt.Errorf("unexpected argument %q", fs.Arg(0))}
	}
	return nil
}

// pace is how a load begins and how long it is measured.
type pace struct {
	window time.Duration // measured; take multiples of 8 s, the synthetic stream's length
	warm   time.Duration // from the last connection to the window
	ramp   int           // connections a second
}

// paceFlags adds a pace to a mode's flags.
func paceFlags(fs *flag.FlagSet) *pace {
	p := &pace{}
	fs.DurationVar(&p.window, "t", 8*time.Second, "measuring window")
	fs.DurationVar(&p.warm, "warm", 3*time.Second, "from the last connection to the window")
	fs.IntVar(&p.ramp, "ramp", 200, "connections a second")
	return p
}

// check refuses what would never end or never begin.
func (p *pace) check() error {
	if p.window <= 0 || p.warm < 0 || p.ramp < 1 {
		return &usageError{errors.New("-t and -ramp must be above zero, -warm not below")}
	}
	return nil
}

// start is when connection i begins, from the beginning.
func (p *pace) start(i int) time.Duration {
	return time.Duration(i) * time.Second / time.Duration(p.ramp)
}
