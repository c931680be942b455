package conf

import (
	"path"
	"strings"

	"weir/confparse"
)

// Preload is a js_preload_object directive: "js_preload_object FILE.json;" or
// "js_preload_object NAME from FILE.json;". It is looked up as an Import is.
type Preload struct{ Import }

// Usage is the syntax of js_preload_object.
func (*Preload) Usage() string { return "[NAME from] FILE.json" }

// Set decodes a js_preload_object directive.
func (p *Preload) Set(d *confparse.Directive) error {
	if f := p.words(d, p.Usage()); f != nil {
		return f
	}
	if path.Ext(p.File) != ".json" {
		return &fault{at: p.Span, message: "takes a .json file"}
	}
	if f := p.checkName(d); f != nil {
		return f
	}
	return nil
}

// HooksModule is a js_hooks directive: the name of an import, or off.
type HooksModule struct {
	Name string // "" for none
	Span confparse.Span
}

// String is the module's name.
func (m HooksModule) String() string { return m.Name }

// Usage is the syntax of js_hooks.
func (*HooksModule) Usage() string { return "MODULE" }

// Set decodes a js_hooks directive.
func (m *HooksModule) Set(d *confparse.Directive) error {
	w, f := oneArg(d)
	if f != nil {
		return f.hinting("usage: js_hooks %s", m.Usage())
	}
	if !isIdentifier(w.Value) {
		return faultAt(w, "takes the name of a module, not %q", w.Value)
	}
	m.Name, m.Span = w.Value, w.Span
	return nil
}

// checkPreloads finds names that are taken.
func (d *decoder) checkPreloads(c *Config) {
	check := func(list []Preload, imports ...[]Import) {
		first := map[string]Preload{}
		for _, p := range list {
			if other, ok := first[p.Name]; ok {
				d.errorf("E407", p.NameSpan, "an object is named %q already", p.Name).Notes = noteAt(other.NameSpan, "first named here")
				continue
			}
			first[p.Name] = p
			for _, i := range join(imports[0], imports[1]) {
				if i.Name == p.Name {
					d.errorf("E407", p.NameSpan, "a module is named %q already", p.Name).Notes = noteAt(i.NameSpan, "named here")
				}
			}
		}
	}
	check(c.JSPreload, c.JSImport, nil)
	for _, v := range c.VHosts {
		check(v.JSPreload, v.JSImport, c.JSImport)
	}
}

// nameOf is the name that a file gives what is in it.
func nameOf(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }
