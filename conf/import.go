package conf

import (
	"path"
	"slices"

	"weir/confparse"
)

// Import is a js_import directive: "js_import FILE;" or "js_import NAME from FILE;".
type Import struct {
	Name, File string
	// Dirs are where File is looked up, in order: the js_path directories of its
	// place and of those around it, then the configuration file's own.
	Dirs []string
	// Path is where Load found the file; "" if it did not.
	Path string

	NameSpan confparse.Span
	Span     confparse.Span // of the file
}

// String is the import as it stands in the file.
func (i Import) String() string { return i.Name + " from " + i.File }

// Usage is the syntax of js_import.
func (*Import) Usage() string { return "[NAME from] FILE" }

// Set decodes a js_import directive.
func (i *Import) Set(d *confparse.Directive) error {
	if f := i.words(d, i.Usage()); f != nil {
		return f
	}
	switch path.Ext(i.File) {
	case ".js", ".mjs", ".ts":
	default:
		return &fault{at: i.Span, message: "takes a .js, .mjs or .ts file"}
	}
	if f := i.checkName(d); f != nil {
		return f
	}
	return nil
}

// words takes the file, and the name, which may be the file's.
func (i *Import) words(d *confparse.Directive, usage string) *fault {
	switch {
	case len(d.Args) == 1:
		file := d.Args[0]
		i.File, i.Span, i.NameSpan = file.Value, file.Span, file.Span
		i.Name = nameOf(file.Value)
	case len(d.Args) == 3 && d.Args[1].Value == "from":
		i.Name, i.NameSpan = d.Args[0].Value, d.Args[0].Span
		i.File, i.Span = d.Args[2].Value, d.Args[2].Span
	default:
		return (&fault{message: "takes a file, or a name and a file"}).hinting("usage: %s %s", d.Name.Value, usage)
	}
	return nil
}

func (i *Import) checkName(d *confparse.Directive) *fault {
	if isIdentifier(i.Name) {
		return nil
	}
	f := &fault{at: i.NameSpan, message: "cannot use " + i.Name + " as a name in JavaScript"}
	return f.hinting("name it: %s NAME from %s;", d.Name.Value, i.File)
}

// candidates are the paths at which the file may be, in order.
func (i Import) candidates() []string {
	return candidates(i.Dirs, i.File)
}

// candidates are the paths that name may have in dirs, each once.
func candidates(dirs []string, name string) []string {
	if path.IsAbs(name) {
		return []string{path.Clean(name)}
	}
	var all []string
	for _, dir := range dirs {
		if p := path.Join(dir, name); !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}
