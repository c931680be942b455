package conf

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"weir/confparse"
	"weir/js"
	"weir/js/hook"
)

// bindModules gives the hooks that js_hooks leaves to a module its exports. fsys
// may be nil: then nothing is known of them.
func (d *decoder) bindModules(c *Config, fsys fs.FS, env Env) {
	if fsys == nil || env.Exports == nil {
		return
	}
	b := moduleBinder{decoder: d, looked: map[string]bool{}, exports: map[string]js.Exported{}}
	files := moduleFiles(c)
	for i, e := range env.Exports(fsys, files) {
		b.exports[files[i]] = e
	}
	b.bind(&c.Hooks, c.JSImport, nil)
	b.bindOne(&c.JSVHost, &c.JSVHost, hook.VHost, &c.Hooks.Module, c.JSImport, nil)
	for _, v := range c.VHosts {
		b.bind(&v.Hooks, v.JSImport, c.JSImport)
	}
}

// moduleFiles are the files that js_hooks means, each once.
func moduleFiles(c *Config) []string {
	var files []string
	add := func(m *HooksModule, imports, outer []Import) {
		if file := m.file(imports, outer); file != "" {
			files = append(files, file)
		}
	}
	add(&c.Hooks.Module, c.JSImport, nil)
	for _, v := range c.VHosts {
		add(&v.Hooks.Module, v.JSImport, c.JSImport)
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// file is the file of the module that m names; "" if there is none, for which there
// is a finding.
func (m *HooksModule) file(imports, outer []Import) string {
	for _, l := range [][]Import{imports, outer} {
		if i := slices.IndexFunc(l, func(i Import) bool { return i.Name == m.Name }); i >= 0 {
			return l[i].Path
		}
	}
	return ""
}

type moduleBinder struct {
	*decoder
	exports map[string]js.Exported // by path
	looked  map[string]bool        // those whose findings are there
}

func (b *moduleBinder) bind(h *Hooks, imports, outer []Import) {
	for _, p := range hook.Points {
		at := h.slot(p.Directive)
		if at == nil || p.Export == "" {
			continue
		}
		key := any(at)
		if at == &h.OnUpdate.Handler {
			key = &h.OnUpdate
		}
		if b.bindOne(at, key, p, &h.Module, imports, outer) && at == &h.OnUpdate.Handler {
			h.OnUpdate.Interval = updateInterval
		}
	}
}

// bindOne binds the module's export to the handler whose directive, the place of
// key, is not written.
func (b *moduleBinder) bindOne(at *Handler, key any, p hook.Point, m *HooksModule, imports, outer []Import) bool {
	if m.Name == "" || b.places[key] != nil || !slices.Contains(b.exportsOf(m, imports, outer), p.Export) {
		return false
	}
	*at = Handler{Module: m.Name, Func: p.Export, Directive: p.Directive, Span: m.Span}
	b.places[key] = b.places[m]
	return true
}

// exportsOf are those of the module that m names.
func (b *moduleBinder) exportsOf(m *HooksModule, imports, outer []Import) []string {
	file := m.file(imports, outer)
	e, ok := b.exports[file]
	if ok && !b.looked[file] {
		b.looked[file] = true
		b.look(file, e, m.Span)
	}
	return e.Names
}

// look says what there is to say of a file's exports. Its faults are found again when
// it is compiled; anything else that keeps them from being known must not leave a gate open.
func (b *moduleBinder) look(file string, e js.Exported, at confparse.Span) {
	var faults js.Errors
	bound := slices.ContainsFunc(hook.Points, func(p hook.Point) bool { return p.Export != "" && slices.Contains(e.Names, p.Export) })
	switch {
	case errors.Is(e.Err, js.ErrHidden):
		b.errorf("E412", at, "%s: %v", file, js.ErrHidden).Hint = "export functions by name, or name them in js_on_ directives"
	case e.Err != nil && !errors.As(e.Err, &faults):
		b.errorf("E412", at, "%s: %v", file, e.Err).Hint = "name its functions in js_on_ directives"
	case e.Err == nil && !bound:
		b.warnf("W413", at, "%s exports nothing that is named as a hook is", file).Hint = "name functions connect, publish, play, unpublish and so on"
	}
	for _, name := range e.Names {
		if meant := misspelt(name); meant != "" {
			b.warnf("W415", at, "%s exports %s, which is no hook", file, name).Hint = fmt.Sprintf("did you mean %q?", meant)
		}
	}
}
