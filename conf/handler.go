package conf

import (
	"reflect"
	"strings"

	"weir/confparse"
	"weir/js"
)

// Handler is what a js_on_* directive binds: an export of an imported module,
// an inline script, or nothing.
type Handler struct {
	Module, Func string            // of "module.function"
	Script       *confparse.Script // of an inline block
	ID           string            // of an inline block: its place, "srs.conf:12", unique in the file
	Off          bool              // of "off": nothing, and no inheritance

	Directive string         // "js_on_publish"; "" when neither set nor inherited
	Span      confparse.Span // of the argument, or of the script
}

// IsSet reports whether a script is bound.
func (h Handler) IsSet() bool { return h.Script != nil || h.Func != "" }

// Ref names the bound function in its vhost's unit; zero when none is bound.
func (h Handler) Ref() js.Func {
	return js.Func{Module: h.Module, Name: h.Func, Inline: h.ID}
}

// String names the handler: "module.function", an inline script's ID, "off", or
// "" when it was not set.
func (h Handler) String() string {
	switch {
	case h.Off:
		return "off"
	case h.IsSet():
		return h.Ref().String()
	}
	return ""
}

// Usage is the syntax of the js_on_* directives.
func (*Handler) Usage() string { return "module.function | { JavaScript } | off" }

// Set decodes a js_on_* directive.
func (h *Handler) Set(d *confparse.Directive) error {
	if f := h.set(d, h.Usage()); f != nil {
		return f
	}
	return nil
}

func (h *Handler) set(d *confparse.Directive, usage string) error {
	h.Directive = d.Name.Value
	for _, w := range d.Args {
		if strings.Contains(w.Value, "=") {
			return faultAt(w, "does not know %q", w.Value).hinting("usage: %s %s", d.Name.Value, usage)
		}
	}
	if d.Script != nil {
		if len(d.Args) > 0 {
			return faultAt(d.Args[0], "takes a function or an inline block, not both")
		}
		h.Script, h.Span = d.Script, d.Script.Span
		return nil
	}
	w, err := oneArg(d)
	if err != nil {
		return err.hinting("usage: %s %s", d.Name.Value, usage)
	}
	h.Span = w.Span
	if strings.EqualFold(w.Value, "off") {
		h.Off = true
		return nil
	}
	module, function, _ := strings.Cut(w.Value, ".")
	if !isIdentifier(module) || !isIdentifier(function) {
		return faultAt(w, "names a function as module.function, not %q", w.Value).
			hinting("usage: %s %s", d.Name.Value, usage)
	}
	h.Module, h.Func = module, function
	return nil
}

// needed refuses "off" where nothing is inherited.
func (h *Handler) needed() error {
	if h.Off {
		return &fault{at: h.Span, message: "takes a function, and cannot be off"}
	}
	return nil
}

// handler is the handler itself, for what has one in it.
func (h *Handler) handler() *Handler { return h }

// around is how the directive's value is written around its handler.
func (h Handler) around(handler string) string { return handler }

// binding is a directive's value that binds a handler.
type binding interface{ handler() *Handler }

var bindingType = reflect.TypeFor[binding]()

// bindsHandler says whether a directive of type t, or of values of it, may have a
// script for a block.
func bindsHandler(t reflect.Type) bool { return reflect.PointerTo(t).Implements(bindingType) }
