package conf

import (
	"fmt"
	"strings"

	"weir/confparse"
)

// scope is where names of modules hold: the top level, or a vhost in it.
type scope struct {
	imports []Import
	used    []bool
	outer   *scope
}

func (s *scope) find(name string) (*scope, int) {
	for ; s != nil; s = s.outer {
		for n := range s.imports {
			if s.imports[n].Name == name {
				return s, n
			}
		}
	}
	return nil, 0
}

// checkModules checks the names of modules, each where it is written: a handler
// of the top level cannot name a module of a vhost.
func (d *decoder) checkModules(c *Config) {
	top := d.scope(c.JSImport, nil)
	c.written(func(v *VHost, handlers []*Handler) {
		if v == nil {
			d.uses(top, handlers, &c.Hooks.Module)
			return
		}
		inner := d.scope(v.JSImport, top)
		d.uses(inner, handlers, &v.Hooks.Module)
		d.unused(inner)
	})
	d.unused(top)
}

func (d *decoder) scope(imports []Import, outer *scope) *scope {
	s := &scope{used: make([]bool, len(imports)), outer: outer}
	for n, i := range imports {
		if other, at := s.find(i.Name); other != nil {
			d.errorf("E407", i.NameSpan, "a module is named %q already", i.Name).
				Notes = noteAt(other.imports[at].NameSpan, "first named here")
			s.used[n] = true
		}
		s.imports = imports[:n+1]
	}
	return s
}

func (d *decoder) uses(s *scope, handlers []*Handler, hooks *HooksModule) {
	for _, h := range handlers {
		if h.Script != nil {
			s.mention(h.Script.Body)
		} else if h.Func != "" {
			d.use(s, h.Module, h.Span)
		}
	}
	if hooks.Name != "" {
		d.use(s, hooks.Name, hooks.Span)
	}
}

// use marks the module that a directive names as used.
func (d *decoder) use(s *scope, module string, at confparse.Span) {
	if in, n := s.find(module); in != nil {
		in.used[n] = true
		return
	}
	hint := fmt.Sprintf("import it: js_import %s from %[1]s.js;", module)
	var names []string
	for ; s != nil; s = s.outer {
		for _, i := range s.imports {
			names = append(names, i.Name)
		}
	}
	if near := confparse.Suggest(module, names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	d.errorf("E403", at, "no module is named %q", module).Hint = hint
}

// mention marks the modules whose names stand in an inline script as used.
func (s *scope) mention(body string) {
	for ; s != nil; s = s.outer {
		for n, i := range s.imports {
			s.used[n] = s.used[n] || hasWord(body, i.Name)
		}
	}
}

// hasWord reports whether word stands in text by itself.
func hasWord(text, word string) bool {
	for {
		at := strings.Index(text, word)
		if at < 0 {
			return false
		}
		before, after := text[:at], text[at+len(word):]
		if !endsInName(before) && !beginsWithName(after) {
			return true
		}
		text = after
	}
}

func endsInName(s string) bool     { return s != "" && isNameByte(s[len(s)-1]) }
func beginsWithName(s string) bool { return s != "" && isNameByte(s[0]) }
func isNameByte(b byte) bool       { return b >= 0x80 || isIdentifier("_"+string(rune(b))) }

func (d *decoder) unused(s *scope) {
	for n, i := range s.imports {
		if !s.used[n] {
			d.warnf("W404", i.NameSpan, "module %q is imported and never used", i.Name)
		}
	}
}
