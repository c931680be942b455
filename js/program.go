package js

import (
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
}

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
	inline []*inlineProgram
	uses   []Use // those that exist, as far as Compile can tell
}

// modules are what units with the same imports have in common.
type modules struct {
	imports []Import
	links   []*link
	scope   scope
	bundle  *bundle // nil without imports, and when something of them is faulty
	uses    []Use   // of all units
}

// at is where f stands in the configuration file: the place to report what has
// none of its own.
func (u *unitProgram) at(f Func) Place {
	for _, i := range u.inline {
		if f.Inline == i.id {
			return i.at
		}
	}
	for _, use := range u.uses {
		if use.Func == f {
			return use.At
		}
	}
	return Place{}
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

// inlineProgram is a compiled Inline. Running it returns a function of the
// bindings of the imports in scope, which returns the handler.
type inlineProgram struct {
	id      string
	at      Place // of the body's first byte
	program *goja.Program
	scope   []int  // indexes of the imports that are parameters
	name    string // of the file, as the engine spells it
	lines   int    // of the body
}

// place tells whether a position that the engine reports is in the body.
func (i *inlineProgram) place(file string, line, col int) (Place, bool) {
	if file != i.name || line < i.at.Line || line >= i.at.Line+i.lines {
		return Place{}, false
	}
	return Place{File: i.at.File, Line: line, Col: col}, true
}

// runeCol turns a column in bytes, from 1, into one in runes.
func runeCol(line string, col int) int {
	return utf8.RuneCountInString(line[:min(max(col-1, 0), len(line))]) + 1
}
