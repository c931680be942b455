package conf

import (
	"slices"

	"weir/js/hook"
)

// checkSets finds variables that are given twice in one place.
func (d *decoder) checkSets(c *Config) {
	d.checkNames(c.Sets, c.JSVars)
	for _, v := range c.VHosts {
		d.checkNames(v.Sets, v.JSVars)
	}
}

func (d *decoder) checkNames(sets []SetVariable, vars []Variable) {
	first := map[string]Variable{}
	all := slices.Clone(vars)
	for _, s := range sets {
		all = append(all, Variable{Name: s.Name, Span: s.NameSpan})
	}
	slices.SortStableFunc(all, func(a, b Variable) int { return a.Span.Start.Offset - b.Span.Start.Offset })
	for _, v := range all {
		if other, ok := first[v.Name]; ok {
			d.errorf("E203", v.Span, "variable $%s is defined twice", v.Name).Notes = noteAt(other.Span, "first defined here")
			continue
		}
		first[v.Name] = v
		if hook.IsVariable(v.Name) {
			d.warnf("W416", v.Span, "$%s hides the server's own variable of that name", v.Name).Hint = "give it another name"
		}
	}
}

// unservedHooks are bound and do not run yet, with what lacks.
var unservedHooks = map[string]string{
	hook.DVR.Directive:     "streams are not recorded",
	hook.Forward.Directive: "streams are not pushed to other servers",
	hook.HLSKey.Directive:  "segments are not encrypted",
}

// checkUnserved warns of hooks that never run.
func (d *decoder) checkUnserved(c *Config) {
	c.written(func(v *VHost, handlers []*Handler) {
		for _, h := range handlers {
			why, ok := unservedHooks[h.Directive]
			if x := d.places[h]; ok && h.IsSet() && x != nil && x.Name.Value == h.Directive {
				d.warnf("W301", x.Name.Span, "not served: %s: %s", h.Directive, why)
			}
		}
	})
}
