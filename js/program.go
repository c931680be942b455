package js

import (
	"slices"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// Program is what Compile makes: scripts of any number of units, checked and
// ready to run. Units whose scripts are the same share them. It is immutable; any
// number of pools may share it.
type Program struct {
	units   map[string]*unitProgram
	modules []*modules // that are good to run, in source order
	files   []File

	warnings Errors
}

// Warnings are what Compile found in scripts that can be run and hardly do what they
// say, each with its Trap.
func (p *Program) Warnings() Errors { return p.warnings }

// File is a module file that Compile read, or looked for in vain.
type File struct {
	Name string   // as opened through the file system
	Sum  [32]byte // SHA-256 of the bytes that were read; zero if it cannot be read
}

// Files returns every module file that was read or looked for, imports of imports
// included, by name. A watcher compares their sums.
func (p *Program) Files() []File { return p.files }

// unitProgram is a Source, compiled.
type unitProgram struct {
	*modules
	names  names // of the modules
	inline []*inlineProgram
	uses   []Use // those that exist, as far as Compile can tell

	model   Model
	workers int
}

// modules are what units with the same imports have in common, and all that are
// Shared.
type modules struct {
	bundle   *bundle // nil without imports, and when something of them is faulty
	preloads preloads
	uses     []namedUse
}

// namedUse is a use, and the names of the unit that has it.
type namedUse struct {
	names names
	Use
}

// names are what a unit calls the modules of its bundle.
type names struct {
	list  []string
	index []int // of each: which of the bundle's modules it is
	scope scope
}

// find is the module of a name: its index in the bundle, -1 if there is none.
func (n names) find(name string) int {
	if i := slices.Index(n.list, name); i >= 0 {
		return n.index[i]
	}
	return -1
}

// at is where f stands in the configuration file: the place to report what has
// none of its own.
func (u *unitProgram) at(f Func) Place {
	if i := u.inlineOf(f); i != nil {
		return i.At
	}
	for _, use := range u.uses {
		if use.Func == f {
			return use.At
		}
	}
	return Place{}
}

// inlineOf is the inline script that f names, or nil.
func (u *unitProgram) inlineOf(f Func) *inlineProgram {
	if f.Inline == "" {
		return nil
	}
	for _, i := range u.inline {
		if f.Inline == i.ID {
			return i
		}
	}
	return nil
}

// place turns a position that the engine reports into one of a file that the
// operator wrote; ok is false for positions in the engine's own scripts.
func (u *unitProgram) place(file string, line, col int) (p Place, ok bool) {
	for _, i := range u.inline {
		if p, ok := i.place(file, line, col); ok {
			return p, true
		}
	}
	if u.bundle != nil {
		return u.bundle.place(file, line, col)
	}
	return Place{}, false
}

// inlineProgram is an Inline, to be compiled when it is first called. Running the
// program returns a function of the bindings of the imports in scope, which returns
// the handler.
type inlineProgram struct {
	Inline
	lowered *lowered // nil: the engine takes the body as it is
	scope   scope
	program func() (*goja.Program, *Error)
	name    string // of the file, as the engine spells it
	lines   int    // of the body
}

// place tells whether a position that the engine reports is in the body.
func (i *inlineProgram) place(file string, line, col int) (Place, bool) {
	if file != i.name || line < i.At.Line || line >= i.At.Line+i.lines {
		return Place{}, false
	}
	return Place{File: i.At.File, Line: line, Col: col}, true
}

// runeCol turns a column in bytes, from 1, into one in runes.
func runeCol(line string, col int) int {
	return utf8.RuneCountInString(line[:min(max(col-1, 0), len(line))]) + 1
}
