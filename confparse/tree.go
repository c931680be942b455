package confparse

// Pos is a place in a file. Line and Col count from 1, Col in runes; Offset is
// in bytes from 0. The zero Pos is nowhere: a value that no file holds.
type Pos struct {
	File      string // as the operator named it: relative to the working directory, or absolute
	Offset    int
	Line, Col int
}

// IsZero reports whether p is nowhere.
func (p Pos) IsZero() bool { return p.Line == 0 }

// Span is the text from Start up to, not including, End; both in one file.
type Span struct{ Start, End Pos }

// Word is a name or an argument.
type Word struct {
	Value  string // without quotes, escapes decoded
	Quoted bool
	Span   Span
}

// Directive is one directive: "name args… ;", "name args… { block }" or
// "js_name args… { script }".
type Directive struct {
	Name  Word
	Args  []Word
	Block []*Directive // nil without a block; not nil for "{}"
	// Script is the inline JavaScript of a js_* directive; Block is nil then.
	Script *Script
	Span   Span // from the name to the ';' or the closing brace
}

// HasBlock reports whether the directive has a block, be it empty.
func (d *Directive) HasBlock() bool { return d.Block != nil }

// Script is an inline block of JavaScript.
type Script struct {
	Body string // between the braces, as it stands in the file; "" if its end was not found, which has been reported
	Span Span   // of Body
}

// File is a configuration file with its includes spliced in.
type File struct {
	Name       string
	Directives []*Directive
	Sources    []Source // every file that was read, the main file first
	Lookups    []Lookup // what the includes looked for
}

// Lookup is a path or a pattern that an include looked for, and what was there.
type Lookup struct {
	Pattern string
	Names   []string // as Match gives them
}

// Source is the text of a file that was read.
type Source struct {
	Name string // as in Pos.File
	Text string
	From Span // the word that first included it; zero for the main file
}

// Source returns the text of the file named name, or "".
func (f *File) Source(name string) string { return f.source(name).Text }

func (f *File) source(name string) Source {
	for _, s := range f.Sources {
		if s.Name == name {
			return s
		}
	}
	return Source{}
}
