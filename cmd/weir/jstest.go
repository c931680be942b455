package main

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"weir/confparse"
	"weir/js/workshop"
)

type jsTestCmd struct {
	Files   []string      `arg:"" optional:"" help:"Files of tests, and directories to look for them in (*.test.js, .mjs, .ts); the working directory, unless given."`
	Filter  string        `placeholder:"PATTERN" help:"Run only the tests whose names match."`
	Timeout time.Duration `default:"5s" help:"How long a test may take."`
	Watch   bool          `help:"Run them again whenever a file changes."`
}

// Run prints what comes of each test; the exit code is 1 if one failed.
func (k *jsTestCmd) Run(c console) error {
	filter, err := regexp.Compile(k.Filter)
	if err != nil {
		return fmt.Errorf("js test: --filter: %w", err)
	}
	if len(k.Files) == 0 {
		k.Files = []string{"."}
	}
	files, err := workshop.Find(confparse.Disk{}, k.Files)
	if err != nil {
		return fmt.Errorf("js test: %w", err)
	}
	if len(files) == 0 {
		return fmt.Errorf("js test: there are no files *.test.js, .mjs or .ts in %v", k.Files)
	}
	t := workshop.Tester{Files: confparse.Disk{}, Filter: filter, Timeout: k.Timeout, Server: scriptServer(nil), Out: c.out}
	passed := t.Test(context.Background(), files)
	for k.Watch {
		t.Changed(context.Background())
		passed = t.Test(context.Background(), files)
	}
	if !passed {
		return exit(exitFailed)
	}
	return nil
}
