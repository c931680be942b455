package main

import (
	"context"
	"fmt"

	"weir"
	"weir/confparse"
)

type checkCmd struct {
	File string `arg:"" optional:"" default:"conf/srs.conf" help:"Configuration file."`
}

// Run prints every finding; the exit code is 1 if one of them is an error.
func (k *checkCmd) Run(c console) error {
	file, found := weir.Check(context.Background(), confparse.Disk{}, k.File)
	if err := found.WriteText(c.err, file); err != nil {
		return err
	}
	if found.HasErrors() {
		return exit(exitFailed)
	}
	fmt.Fprintf(c.out, "%s: ok\n", k.File)
	return nil
}
