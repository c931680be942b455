package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"weir/confparse"
)

type fmtCmd struct {
	List  bool     `short:"l" help:"List the files that are laid out differently."`
	Diff  bool     `short:"d" help:"Print the differences; the exit code is 1 if there are any."`
	Write bool     `short:"w" help:"Write the layout to the file."`
	Files []string `arg:"" optional:"" help:"Configuration files; none or - is standard input."`
}

// Run lays out the files as gofmt does: to standard output without flags. The
// exit code is 1 if a file has errors or, with -d, another layout.
func (k *fmtCmd) Run(c console) error {
	files := k.Files
	if len(files) == 0 {
		files = []string{"-"}
	}
	if k.Write && slices.Contains(files, "-") {
		fmt.Fprintln(c.err, "weir: -w needs a file: standard input cannot be written")
		return exit(exitUsage)
	}
	var failed error
	for _, name := range files {
		err := k.layOut(c, name)
		if _, silent := errors.AsType[exit](err); err != nil && !silent {
			fmt.Fprintln(c.err, "weir:", err)
		}
		if err != nil {
			failed = exit(exitFailed)
		}
	}
	return failed
}

// layOut does what the flags say with one file.
func (k *fmtCmd) layOut(c console, file string) error {
	fsys, name := c.open(file)
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	text := string(b)
	layout, found := confparse.Format(name, text)
	if found.HasErrors() {
		source := &confparse.File{Name: name, Sources: []confparse.Source{{Name: name, Text: text}}}
		return errors.Join(exit(exitFailed), found.WriteText(c.err, source))
	}
	if !k.List && !k.Diff && !k.Write {
		_, err := io.WriteString(c.out, layout)
		return err
	}
	if layout == text {
		return nil
	}
	if k.List {
		fmt.Fprintln(c.out, name)
	}
	if k.Write {
		if err := replace(name, layout); err != nil {
			return err
		}
	}
	if k.Diff {
		fmt.Fprint(c.out, unified(name+".orig", name, text, layout))
		return exit(exitFailed)
	}
	return nil
}
