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
// to lack a function only when it runs: Inspect does. What may be imported without
// a file are the Modules of the options.
func Compile(fsys fs.FS, srcs []Source, o Options) (*Program, error) {
	c := newCompiler(fsys, o)
	c.share(srcs)
	p := &Program{units: make(map[string]*unitProgram, len(srcs))}
	for _, s := range srcs {
		p.units[s.Unit] = c.unit(s)
	}
	for _, m := range c.made {
		if m.bundle != nil {
			p.modules = append(p.modules, m)
		}
	}
	p.files = c.bundler.files.list()
	p.warnings = distinct(c.bundler.warnings)
	if len(c.errors) > 0 {
		return p, c.errors
	}
	return p, nil
}

// compiler compiles what sources consist of, each piece once: thousands of vhosts
// may inherit the same. It gathers what is wrong in all of them.
type compiler struct {
	bundler *bundler
	units   map[string]*unitProgram
	linked  map[string]linking
	objects map[string]*preload // by path; nil: faulty
	shared  linking             // of all units whose modules are one instance
	made    []*modules          // in source order
	inline  map[inlineKey]*inlineProgram
	used    map[usedKey]bool

	errors Errors
	known  map[Error]bool
}

func newCompiler(fsys fs.FS, o Options) *compiler {
	return &compiler{
		bundler: newBundler(fsys, o),
		units:   map[string]*unitProgram{},
		linked:  map[string]linking{},
		objects: map[string]*preload{},
		inline:  map[inlineKey]*inlineProgram{},
		used:    map[usedKey]bool{},
		known:   map[Error]bool{},
	}
}

// add keeps the errors that are new: units often import the same module.
func (c *compiler) add(errs ...*Error) {
	for _, e := range errs {
		if !c.known[*e] {
			c.known[*e] = true
			c.errors = append(c.errors, e)
		}
	}
}

// distinct leaves out what is said again.
func distinct(l Errors) Errors {
	known := map[Error]bool{}
	return slices.DeleteFunc(l, func(e *Error) bool {
		was := known[*e]
		known[*e] = true
		return was
	})
}

// unit compiles a source, or finds the one that is the same but for its name.
func (c *compiler) unit(s Source) *unitProgram {
	var l linking
	if s.VM == Shared {
		l = c.part(s)
	} else {
		l = c.link(s.Imports, c.preloads(s.Preloads))
	}
	u := &unitProgram{modules: l.modules, names: l.names, model: s.VM, workers: s.Workers}
	key := fmt.Appendf(nil, "%p %q %d %d %d", u.modules, l.names.list, l.names.index, s.VM, s.Workers)
	for _, in := range s.Inline {
		if p := c.inlineOf(in, u.names.scope); p != nil {
			u.inline = append(u.inline, p)
			key = fmt.Appendf(key, " %p", p)
		}
	}
	key = fmt.Appendf(key, "%#v", s.Uses)
	if same, ok := c.units[string(key)]; ok {
		return same
	}
	c.units[string(key)] = u
	for _, use := range s.Uses {
		c.use(u, s, l.links, use)
	}
	return u
}

// inlineKey is what makes two inline scripts the same.
type inlineKey struct {
	id, body, params, scope string
	sync                    bool
	at                      Place
}

// inlineOf compiles an inline script; nil if it is faulty.
func (c *compiler) inlineOf(in Inline, s scope) *inlineProgram {
	key := inlineKey{in.ID, in.Body, fmt.Sprint(in.Params), fmt.Sprint(s), in.Sync, in.At}
	p, ok := c.inline[key]
	if !ok {
		var errs Errors
		p, errs = c.bundler.inline(in, s)
		c.add(errs...)
		c.inline[key] = p
	}
	return p
}

// usedKey is a use of modules that Inspect is to look at.
type usedKey struct {
	modules *modules
	index   int // of the module
	use     Use
}

func (c *compiler) use(u *unitProgram, s Source, links []*link, use Use) {
	if err := checkUse(s, links, use); err != nil {
		c.add(err)
		return
	}
	u.uses = append(u.uses, use)
	if key := (usedKey{u.modules, u.names.find(use.Func.Module), use}); !c.used[key] {
		c.used[key] = true
		u.modules.uses = append(u.modules.uses, namedUse{u.names, use})
	}
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
