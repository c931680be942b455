package main

import (
	"context"
	"fmt"
	"slices"

	"weir"
	"weir/confparse"
)

// testCmd is what "weir -t" means: check, in nginx's words.
type testCmd struct {
	Conf  string `short:"c" default:"conf/srs.conf" help:"Configuration file; - is standard input."`
	Dump  bool   `help:"Print every configuration file that was read."`
	Quiet bool   `help:"Print errors only."`
}

// Run checks the file. As with nginx, what there is to say goes to standard error
// and the files to standard output.
func (k *testCmd) Run(c console) error {
	fsys, name := c.open(k.Conf)
	file, found := weir.Check(context.Background(), fsys, name)
	failed := found.HasErrors()
	if k.Quiet {
		found = slices.DeleteFunc(found, func(d confparse.Diagnostic) bool { return d.Severity != confparse.Error })
	}
	if err := found.WriteText(c.err, file); err != nil {
		return err
	}
	switch {
	case failed:
		return fmt.Errorf("configuration file %s test failed", name)
	case !k.Quiet:
		fmt.Fprintf(c.err, "weir: the configuration file %s syntax is ok\n", name)
		fmt.Fprintf(c.err, "weir: configuration file %s test is successful\n", name)
	}
	if k.Dump {
		for _, s := range file.Sources {
			fmt.Fprintf(c.out, "# configuration file %s:\n%s\n", s.Name, s.Text)
		}
	}
	return nil
}
