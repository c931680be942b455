package js

import (
	"fmt"
	"io/fs"
	"slices"
)

// Compile checks and compiles the scripts of all units. It reads modules through
// fsys only, by the names that joining a directory and an import's path gives,
// and evaluates nothing. The error is an Errors with all faults of all sources;
// the program is good for Inspect and for its Files alone then.
//
// The functions that directives name are looked for among the modules' exports.
// A module whose only export is its default, as njs's modules are, can be told
// to lack a function only when it runs: Inspect does.
func Compile(fsys fs.FS, srcs []Source) (*Program, error) {
	c := compiler{bundler: newBundler(fsys)}
	p := &Program{}
	for _, s := range srcs {
		p.units = append(p.units, c.unit(s))
	}
	p.files = c.bundler.files.list()
	if len(c.errors) > 0 {
		return p, c.errors
	}
	return p, nil
}

// compiler gathers what is wrong in all sources.
type compiler struct {
	bundler *bundler
	errors  Errors
}

// add keeps the errors that are new: units often import the same module.
func (c *compiler) add(errs ...*Error) {
	for _, e := range errs {
		if !slices.ContainsFunc(c.errors, func(o *Error) bool { return *o == *e }) {
			c.errors = append(c.errors, e)
		}
	}
}

func (c *compiler) unit(s Source) *unitProgram {
	u := &unitProgram{name: s.Unit, imports: s.Imports}
	links := make([]*link, len(s.Imports))
	whole := len(s.Imports) > 0
	for i, imp := range s.Imports {
		l, errs := c.bundler.link(imp)
		c.add(errs...)
		links[i] = l
		whole = whole && len(errs) == 0
	}
	if whole {
		b, errs := c.bundler.bundle(s.Imports, links)
		c.add(errs...)
		u.modules = b
	}
	for _, in := range s.Inline {
		p, err := compileInline(in, s.Imports)
		if err != nil {
			c.add(err)
			u.faulty = true
			continue
		}
		u.inline = append(u.inline, p)
	}
	for _, use := range s.Uses {
		if err := checkUse(s, links, use); err != nil {
			c.add(err)
			continue
		}
		u.uses = append(u.uses, use)
	}
	u.faulty = u.faulty || len(s.Imports) > 0 && u.modules == nil
	return u
}

// checkUse looks for the function among the exports. Of modules that have faults
// of their own it says nothing.
func checkUse(s Source, links []*link, use Use) *Error {
	f := use.Func
	if f.Inline != "" {
		if slices.ContainsFunc(s.Inline, func(i Inline) bool { return i.ID == f.Inline }) {
			return nil
		}
		return errorAt(use.At, "no inline script %q", f.Inline)
	}
	i := slices.IndexFunc(s.Imports, func(i Import) bool { return i.Name == f.Module })
	if i < 0 {
		e := errorAt(use.At, "unknown module %q", f.Module)
		e.Module = f.Module
		return e
	}
	if links[i] == nil || links[i].dynamic() || slices.Contains(links[i].exports, f.Name) {
		return nil
	}
	return missingExport(use)
}

func missingExport(use Use) *Error {
	e := errorAt(use.At, "module %q has no export %q", use.Func.Module, use.Func.Name)
	e.Module, e.Export = use.Func.Module, use.Func.Name
	return e
}

func errorAt(p Place, format string, args ...any) *Error {
	return &Error{File: p.File, Line: p.Line, Col: p.Col, Message: fmt.Sprintf(format, args...)}
}
