package conf

import (
	"weir/confparse"
	"weir/js"
	"weir/js/hook"
)

// Sources returns what the scripts of each vhost consist of, for those that bind
// any; the unit's name is the vhost's, and "" for what is of none.
func (c *Config) Sources() []js.Source {
	var all []js.Source
	add := func(unit string, set *Scripts, h *Hooks, handlers []*Handler) {
		s := source(set, handlers)
		s.Unit = unit
		if len(s.Inline)+len(s.Uses) > 0 || h.Module.Name != "" { // whose faults are to be found
			all = append(all, s)
		}
	}
	add("", &c.Scripts, &c.Hooks, c.Handlers())
	for _, v := range c.VHosts {
		add(v.Name, &v.Scripts, &v.Hooks, v.Hooks.Handlers())
	}
	return all
}

// models are js_vm's values.
var models = map[string]js.Model{"vhost": js.PerUnit, "shared": js.Shared, "directive": js.PerDirective, "call": js.PerCall}

func source(set *Scripts, handlers []*Handler) js.Source {
	s := js.Source{VM: models[set.JSVM], Workers: set.JSWorkers}
	for _, i := range set.JSImport {
		s.Imports = append(s.Imports, js.Import{Name: i.Name, File: i.File, Dirs: i.Dirs, At: placeOf(i.Span)})
	}
	for _, p := range set.JSPreload {
		s.Preloads = append(s.Preloads, js.Preload{Name: p.Name, File: p.File, Dirs: p.Dirs, At: placeOf(p.Span)})
	}
	for _, h := range handlers {
		p, _ := hook.Lookup(h.Directive)
		switch {
		case h.Script != nil:
			s.Inline = append(s.Inline, js.Inline{ID: h.ID, Params: p.Params(), Sync: p.Sync, Body: h.Script.Body, At: placeOf(h.Span)})
		case h.Func != "":
			s.Uses = append(s.Uses, js.Use{Func: h.Ref(), Sync: p.Sync, At: placeOf(h.Span)})
		}
	}
	return s
}

func placeOf(s confparse.Span) js.Place {
	return js.Place{File: s.Start.File, Line: s.Start.Line, Col: s.Start.Col}
}
