package conf

import (
	"slices"
	"strings"

	"weir/confparse"
	"weir/js/hook"
)

// Hide is a js_hide directive: fields of a session that scripts see as "***".
type Hide struct {
	Fields []string // "query", "args.token", "headersIn.cookie"
}

// String is the directive's value as it would be written.
func (h Hide) String() string { return strings.Join(h.Fields, " ") }

// Usage is the syntax of js_hide.
func (*Hide) Usage() string { return "FIELD..." }

// Set decodes a js_hide directive.
func (h *Hide) Set(d *confparse.Directive) error {
	if len(d.Args) == 0 {
		return &fault{message: "takes fields of a session"}
	}
	for _, w := range d.Args {
		if !hook.CanHide(w.Value) {
			f := faultAt(w, "cannot hide %q", w.Value)
			fields := hook.Hideable()
			if near := confparse.Suggest(w.Value, fields); near != "" {
				return f.hinting("did you mean %q?", near)
			}
			return f.hinting("write %s", oneOf(slices.Sorted(slices.Values(fields))))
		}
		h.Fields = append(h.Fields, w.Value)
	}
	return nil
}

// Hidden are all fields that js_hide names.
func (s *Scripts) Hidden() hook.Hidden {
	var all hook.Hidden
	for _, h := range s.JSHide {
		all = append(all, h.Fields...)
	}
	return all
}
