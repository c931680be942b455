package conf

import "weir/confparse"

// Handler is what a js_on_* directive binds: an export of an imported module,
// an inline script, or nothing.
type Handler struct {
	Module, Func string            // of "module.function"
	Script       *confparse.Script // of an inline block
	Off          bool              // of "off": nothing, and no inheritance

	Directive string // "js_on_publish"; "" when not set
	Span      confparse.Span
}

// IsSet reports whether a script is bound.
func (h Handler) IsSet() bool { return h.Script != nil || h.Func != "" }

// Import is a js_import directive: "js_import FILE;" or "js_import NAME from FILE;".
type Import struct {
	Name, File string
	Span       confparse.Span
}

// Zone is a js_shared_dict_zone directive:
// "js_shared_dict_zone zone=NAME:SIZE [timeout=T] [type=string|number] [evict];".
type Zone struct {
	Name    string
	Size    int64  // bytes
	Timeout int64  // of an entry, in milliseconds; 0: none
	Type    string // "string" or "number"
	Evict   bool
	Span    confparse.Span
}

// Listen is an address to listen at.
type Listen struct {
	Addr string // "host:port", host may be empty
	Span confparse.Span
}
