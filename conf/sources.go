package conf

import (
	"weir/confparse"
	"weir/js"
)

// sessionParams are the parameters of an inline script: the session.
var sessionParams = []string{"s"}

// Sources returns what the scripts of each vhost consist of, for those that bind
// any; the unit's name is the vhost's.
func (c *Config) Sources() []js.Source {
	var all []js.Source
	for _, v := range c.VHosts {
		if s := v.source(); len(s.Inline)+len(s.Uses) > 0 {
			all = append(all, s)
		}
	}
	return all
}

func (v *VHost) source() js.Source {
	s := js.Source{Unit: v.Name}
	for _, i := range v.JSImport {
		s.Imports = append(s.Imports, js.Import{Name: i.Name, File: i.File, Dirs: i.Dirs, At: placeOf(i.Span)})
	}
	for _, h := range v.Handlers() {
		switch {
		case h.Script != nil:
			s.Inline = append(s.Inline, js.Inline{ID: h.ID, Params: sessionParams, Body: h.Script.Body, At: placeOf(h.Span)})
		case h.Func != "":
			s.Uses = append(s.Uses, js.Use{Func: h.Ref(), At: placeOf(h.Span)})
		}
	}
	return s
}

func placeOf(s confparse.Span) js.Place {
	return js.Place{File: s.Start.File, Line: s.Start.Line, Col: s.Start.Col}
}
