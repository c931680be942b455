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
func (d *decoder) bindModules(c *Config, fsys fs.FS) {
	if fsys == nil {
		return
	}
	b := moduleBinder{decoder: d, fsys: fsys, exports: map[string][]string{}}
	b.bind(&c.Hooks, c.JSImport, nil)
	b.bindOne(&c.JSVHost, &c.JSVHost, hook.VHost, &c.Hooks.Module, c.JSImport, nil)
	for _, v := range c.VHosts {
		b.bind(&v.Hooks, v.JSImport, c.JSImport)
	}
}

type moduleBinder struct {
	*decoder
	fsys    fs.FS
	exports map[string][]string // by path
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
	i := slices.IndexFunc(imports, func(i Import) bool { return i.Name == m.Name })
	if i < 0 {
		imports = outer
		i = slices.IndexFunc(imports, func(i Import) bool { return i.Name == m.Name })
	}
	if i < 0 || imports[i].Path == "" {
		return nil // has a finding
	}
	file := imports[i].Path
	names, ok := b.exports[file]
	if !ok {
		names = b.look(file, m.Span)
		b.exports[file] = names
	}
	return names
}

// look finds the exports of a file. Its faults are found again when it is compiled.
func (b *moduleBinder) look(file string, at confparse.Span) []string {
	names, err := js.Exports(b.fsys, file)
	bound := slices.ContainsFunc(hook.Points, func(p hook.Point) bool { return p.Export != "" && slices.Contains(names, p.Export) })
	switch {
	case errors.Is(err, js.ErrHidden):
		b.errorf("E412", at, "%s: %v", file, err).Hint = "export functions by name, or name them in js_on_ directives"
	case err == nil && !bound:
		b.warnf("W413", at, "%s exports nothing that is named as a hook is", file).Hint = "name functions connect, publish, play, unpublish and so on"
	}
	for _, name := range names {
		if meant := misspelt(name); meant != "" {
			b.warnf("W415", at, "%s exports %s, which is no hook", file, name).Hint = fmt.Sprintf("did you mean %q?", meant)
		}
	}
	return names
}
