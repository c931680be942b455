package confparse

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// maxSize bounds a file, in bytes.
const maxSize = 8 << 20

// Load reads and parses the file called name and puts what its include directives
// name in their place. A relative name is looked for beside the including file,
// then from the root of fsys (for [Disk], the working directory). The File is never
// nil; what cannot be read is a finding too.
func Load(fsys fs.FS, name string) (*File, Diagnostics) {
	l := &loader{fsys: fsys, file: &File{Name: name}}
	text, err := l.read(name)
	if err != nil {
		l.errorf(Span{Start: Pos{File: name}}, "cannot read the file: %v", err)
		return l.file, l.found
	}
	l.file.Directives = l.parse(name, text, Span{})
	return l.file, l.found.sortFiles(l.file.Sources)
}

// loader is the state of a Load.
type loader struct {
	fsys  fs.FS
	file  *File
	found Diagnostics
	chain []string          // the files being included, the main file first
	texts map[string]string // of the files that were read
	count int               // inclusions so far
}

// parse parses a file that was read, which from includes, and splices what it
// includes itself.
func (l *loader) parse(name, text string, from Span) []*Directive {
	if _, again := l.texts[name]; !again {
		if l.texts == nil {
			l.texts = make(map[string]string)
		}
		l.texts[name] = text
		l.file.Sources = append(l.file.Sources, Source{Name: name, Text: text, From: from})
	}
	directives, found := parse(name, text)
	l.found = append(l.found, found...)
	l.chain = append(l.chain, name)
	directives = l.splice(directives)
	l.chain = l.chain[:len(l.chain)-1]
	return directives
}

// read returns the text of a file. A file that is included twice is read once.
func (l *loader) read(name string) (string, error) {
	if text, ok := l.texts[name]; ok {
		return text, nil
	}
	f, err := l.fsys.Open(name)
	if err != nil {
		return "", cause(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxSize+1)) // it may be a device without an end
	if err != nil {
		return "", cause(err)
	}
	if len(text) > maxSize {
		return "", fmt.Errorf("larger than %d MiB", maxSize>>20)
	}
	return string(text), nil
}

// cause strips the operation and the name from err, which the finding says already.
func cause(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fs.ErrNotExist
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

func (l *loader) errorf(at Span, format string, args ...any) *Diagnostic {
	l.found = append(l.found, Diagnostic{Severity: Error, Code: "E408", Span: at, Message: fmt.Sprintf(format, args...)})
	return &l.found[len(l.found)-1]
}
