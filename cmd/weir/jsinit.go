package main

import (
	"fmt"

	"weir/js/workshop"
)

type jsInitCmd struct {
	Dir string `arg:"" help:"Where; the directory is made if it is not there."`
}

// Run makes the project, and says what to do with it.
func (k *jsInitCmd) Run(c console) error {
	names, err := workshop.Init(k.Dir)
	if err != nil {
		return fmt.Errorf("js init: %w", err)
	}
	for _, name := range names {
		fmt.Fprintln(c.out, name)
	}
	fmt.Fprintf(c.out, "\nnext: weir js test %s\n", k.Dir)
	return nil
}
