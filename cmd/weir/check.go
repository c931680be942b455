package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"weir"
	"weir/confparse"
)

type checkCmd struct {
	File   string `arg:"" optional:"" help:"Configuration file (default: conf/srs.conf); - is standard input."`
	Conf   string `short:"c" help:"The file, as run takes it."`
	Format string `enum:"text,json,github" default:"text" help:"How to print the findings: text for people, json for programs, github as annotations of a workflow."`
	Strict bool   `help:"Fail on warnings, too."`
}

// Run prints every finding; the exit code is 1 if one of them is an error. Text
// goes to standard error, what programs read to standard output.
func (k *checkCmd) Run(c console) error {
	if k.File != "" && k.Conf != "" {
		fmt.Fprintln(c.err, "weir: check takes one file")
		return exit(exitUsage)
	}
	fsys, name := c.open(cmp.Or(k.File, k.Conf, "conf/srs.conf"))
	file, found := weir.Check(context.Background(), fsys, name)
	if err := k.write(c, file, found); err != nil {
		return err
	}
	if found.HasErrors() || k.Strict && hasWarnings(found) {
		return exit(exitFailed)
	}
	if k.Format == "text" {
		fmt.Fprintf(c.out, "%s: ok\n", name)
	}
	return nil
}

func (k *checkCmd) write(c console, file *confparse.File, found confparse.Diagnostics) error {
	switch k.Format {
	case "json":
		return found.WriteJSON(c.out, file)
	case "github":
		return found.WriteGitHub(c.out, file)
	}
	return found.WriteText(c.err, file)
}

func hasWarnings(found confparse.Diagnostics) bool {
	return slices.ContainsFunc(found, func(d confparse.Diagnostic) bool { return d.Severity == confparse.Warning })
}
