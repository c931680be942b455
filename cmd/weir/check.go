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
	cfg, found := weir.Check(context.Background(), confparse.Disk{}, k.File)
	var file *confparse.File
	if cfg != nil {
		file = cfg.File
	}
	found.WriteText(c.err, file)
	if found.HasErrors() {
		return exit(exitFailed)
	}
	fmt.Fprintf(c.out, "%s: ok\n", k.File)
	return nil
}
