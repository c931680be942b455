package hook

import (
	"slices"
	"strings"
)

// hideable are the fields of a session that js_hide may name; of the first two,
// one argument or header, too.
var hideable = []string{
	"args", "headersIn", "query", "url", "tcUrl", "pageUrl", "swfUrl", "flashVer", "userAgent",
	"remoteAddress", "remotePort", "localPort",
}

// Hideable lists what js_hide may name, "args.NAME" and "headersIn.NAME" apart.
func Hideable() []string { return slices.Clone(hideable) }

// CanHide says whether js_hide may name a field.
func CanHide(field string) bool {
	whole, name, part := strings.Cut(field, ".")
	if part {
		return name != "" && (whole == "args" || whole == "headersIn")
	}
	return slices.Contains(hideable, field)
}
