package conf

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"weir/confparse"
)

// locateModules gives every import the directories where it is looked for, and
// its path if fsys, which may be nil, has it.
func (d *decoder) locateModules(c *Config, fsys fs.FS) {
	base := path.Dir(c.File.Name)
	outer := append(directories(base, c.JSPath), base)
	d.locate(c.JSImport, outer, fsys)
	for _, v := range c.VHosts {
		d.locate(v.JSImport, append(directories(base, v.JSPath), outer...), fsys)
	}
}

func directories(base string, paths []string) []string {
	dirs := make([]string, 0, len(paths)+1)
	for _, p := range paths {
		if !path.IsAbs(p) {
			p = path.Join(base, p)
		}
		dirs = append(dirs, p)
	}
	return dirs
}

func (d *decoder) locate(imports []Import, dirs []string, fsys fs.FS) {
	for n := range imports {
		i := &imports[n]
		i.Dirs = dirs
		if fsys == nil {
			continue
		}
		var err error
		if i.Path, err = i.find(fsys); err != nil {
			d.errorf("E402", i.Span, "module %q: %v", i.File, err).Hint = "looked for " + oneOf(i.candidates())
		}
	}
}

func (i *Import) find(fsys fs.FS) (string, error) {
	for _, p := range i.candidates() {
		info, err := fs.Stat(fsys, p)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return "", err
		case info.IsDir():
			return "", fmt.Errorf("%s is a directory", p)
		default:
			return p, nil
		}
	}
	return "", errors.New("there is no such file")
}

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
	d.uses(top, &c.Hooks)
	for _, v := range c.VHosts {
		inner := d.scope(v.JSImport, top)
		d.uses(inner, &v.Hooks)
		d.unused(inner)
	}
	d.unused(top)
}

func (d *decoder) scope(imports []Import, outer *scope) *scope {
	s := &scope{used: make([]bool, len(imports)), outer: outer}
	for n, i := range imports {
		if other, at := s.find(i.Name); other != nil {
			d.errorf("E407", i.NameSpan, "a module is named %q already", i.Name).
				Notes = noteAt(other.imports[at].NameSpan, "first named here")
		}
		s.imports = imports[:n+1]
	}
	return s
}

func (d *decoder) uses(s *scope, hooks *Hooks) {
	for _, h := range hooks.Handlers() {
		if h.Script != nil {
			s.mention(h.Script.Body)
			continue
		}
		if h.Func == "" {
			continue
		}
		if in, n := s.find(h.Module); in != nil {
			in.used[n] = true
		} else {
			d.unknownModule(s, h)
		}
	}
}

func (d *decoder) unknownModule(s *scope, h *Handler) {
	hint := fmt.Sprintf("import it: js_import %s from %[1]s.js;", h.Module)
	var names []string
	for ; s != nil; s = s.outer {
		for _, i := range s.imports {
			names = append(names, i.Name)
		}
	}
	if near := confparse.Suggest(h.Module, names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	d.errorf("E403", h.Span, "no module is named %q", h.Module).Hint = hint
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

// nameInline gives inline scripts their IDs. Two on one line are told apart by
// the column; one that is included twice keeps its name, being the same.
func (d *decoder) nameInline(c *Config) {
	taken := map[string]confparse.Pos{}
	name := func(h *Handler) {
		at := h.Span.Start
		h.ID = fmt.Sprintf("%s:%d", at.File, at.Line)
		if other, ok := taken[h.ID]; ok && other != at {
			h.ID = fmt.Sprintf("%s:%d", h.ID, at.Col)
		}
		taken[h.ID] = at
	}
	c.eachHooks(func(hooks *Hooks) {
		for _, h := range hooks.Handlers() {
			if h.Script != nil {
				name(h)
			}
		}
	})
}
