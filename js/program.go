package js

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// Program is what Compile makes: scripts of any number of units, checked and
// ready to run. It is immutable; any number of pools may share it.
type Program struct {
	units []*unitProgram
	files []File
}

// File is a module file that Compile read, or looked for in vain.
type File struct {
	Name string   // as opened through the file system
	Sum  [32]byte // SHA-256 of the bytes that were read; zero if it cannot be read
}

// Files returns every module file that was read or looked for, imports of imports
// included, by name. A watcher compares their sums.
func (p *Program) Files() []File { return p.files }

func (p *Program) unit(name string) *unitProgram {
	for _, u := range p.units {
		if u.name == name {
			return u
		}
	}
	return nil
}

// unitProgram is a Source, compiled.
type unitProgram struct {
	name    string
	imports []Import
	modules *bundle // nil without imports
	inline  []inlineProgram
	uses    []Use // those that exist, as far as Compile can tell
	faulty  bool  // something of it does not compile
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
		if i.at.File == file {
			if p, ok := i.place(line, col); ok {
				return p, true
			}
		}
	}
	if u.modules != nil {
		return u.modules.place(file, line, col)
	}
	return Place{}, false
}

// inlineProgram is a compiled Inline. Running it returns a function of the
// bindings of the imports in scope, which returns the handler.
type inlineProgram struct {
	id      string
	at      Place // of the body's first byte
	program *goja.Program
	scope   []int // indexes of the imports that are parameters
	body    string
	shift   int // by how many bytes the body's first line stands too far right
}

// place gives line and col, in bytes, of the program's text as a place in the file.
func (i *inlineProgram) place(line, col int) (Place, bool) {
	n := line - i.at.Line
	lines := strings.Split(i.body, "\n")
	if n < 0 || n >= len(lines) {
		return Place{}, false
	}
	if n > 0 {
		return Place{File: i.at.File, Line: line, Col: runeCol(lines[n], col)}, true
	}
	col = runeCol(lines[0], col-i.shift-(i.at.Col-1))
	return Place{File: i.at.File, Line: line, Col: col + i.at.Col - 1}, true
}

// runeCol turns a column in bytes, from 1, into one in runes.
func runeCol(line string, col int) int {
	return utf8.RuneCountInString(line[:min(max(col-1, 0), len(line))]) + 1
}
