package workshop

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"weir/confparse"
	"weir/js"
)

// maxFrames is how many lines of a stack are printed.
const maxFrames = 10

// report prints what went wrong, with the lines of source and the stacks of what
// scripts threw.
func report(w io.Writer, fsys fs.FS, err error) {
	var list js.Errors
	var one *js.Error
	switch {
	case errors.As(err, &list):
		for _, e := range list {
			write(w, fsys, e)
		}
	case errors.As(err, &one):
		write(w, fsys, one)
	default:
		fmt.Fprintf(w, "weir: %v\n", err)
	}
}

func write(w io.Writer, fsys fs.FS, e *js.Error) {
	if e.File == "" {
		fmt.Fprintf(w, "weir: %s\n", e.Message)
		return
	}
	at := confparse.Pos{File: e.File, Line: e.Line, Col: e.Col}
	found := confparse.Diagnostics{{Severity: confparse.Error, Message: e.Message, Span: confparse.Span{Start: at, End: at}}}
	_ = found.WriteText(w, source(fsys, e.File)) // who reads it is gone otherwise
	frames := strings.Split(e.Stack, "\n")
	if len(frames) < 2 { // which is the place
		return
	}
	for i, f := range frames {
		if i == maxFrames {
			fmt.Fprintf(w, "    ... and %d more\n", len(frames)-i)
			break
		}
		fmt.Fprintf(w, "    %s\n", f)
	}
}

// source is a file with its text, to show lines of.
func source(fsys fs.FS, name string) *confparse.File {
	f := &confparse.File{Name: name}
	if name == "" {
		return f
	}
	if text, err := fs.ReadFile(fsys, name); err == nil {
		f.Sources = []confparse.Source{{Name: name, Text: string(text)}}
	}
	return f
}
