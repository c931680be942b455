package hook

import (
	"slices"
	"strings"

	"weir/js"
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

// mask is what scripts see of what is hidden.
const mask = "***"

// Hidden are fields that scripts do not see: those of js_hide. An argument is
// hidden in every query and URL, too, and a header in the property that shows it.
type Hidden []string

// has says whether a field is hidden.
func (h Hidden) has(field string) bool { return slices.Contains(h, field) }

// arg says whether the argument of a query is hidden.
func (h Hidden) arg(name string) bool { return h.has("args") || h.has("args."+name) }

// header says whether a header is hidden; name is in lower case.
func (h Hidden) header(name string) bool {
	return h.has("headersIn") || slices.ContainsFunc(h, func(f string) bool { return strings.EqualFold(f, "headersIn."+name) })
}

// field masks a value of a field.
func (h Hidden) field(name string, v js.Value) js.Value {
	switch {
	case h.has(name),
		name == "pageUrl" && h.header("referer"),
		name == "userAgent" && h.header("user-agent"):
		return mask
	}
	text, isText := v.(string)
	values, isMap := v.(map[string]any)
	switch {
	case name == "query" && isText:
		return h.query(text)
	case name == "headers":
		return h.pairs(v)
	case (name == "url" || name == "tcUrl" || name == "target") && isText:
		return h.url(text)
	case name == "args" && isMap:
		return masked(values, h.arg)
	case name == "headersIn" && isMap:
		return masked(values, h.header)
	}
	return v
}

// pairs masks values that stand behind their names.
func (h Hidden) pairs(v js.Value) js.Value {
	list, _ := v.([]any)
	for i := 0; i+1 < len(list); i += 2 {
		if name, _ := list[i].(string); h.header(strings.ToLower(name)) {
			list[i+1] = mask
		}
	}
	return v
}

// masked are values of which some are hidden.
func masked(values map[string]any, hides func(string) bool) map[string]any {
	all := make(map[string]any, len(values))
	for name, v := range values {
		if hides(name) {
			v = mask
		}
		all[name] = v
	}
	return all
}

// url masks what is hidden in a URL's query.
func (h Hidden) url(text string) string {
	base, query, has := strings.Cut(text, "?")
	if !has {
		return text
	}
	if h.has("query") {
		return base + "?" + mask
	}
	return base + "?" + h.query(query)
}

// query masks the hidden arguments of a raw query.
func (h Hidden) query(text string) string {
	args := strings.Split(text, "&")
	for i, arg := range args {
		if name, _, has := strings.Cut(arg, "="); has && h.arg(unescape(name)) {
			args[i] = name + "=" + mask
		}
	}
	return strings.Join(args, "&")
}

// Object masks what is hidden in an object, and in those within it, and returns
// it.
func (h Hidden) Object(o *js.Object) *js.Object {
	if o == nil || len(h) == 0 {
		return o
	}
	for i, m := range fieldsOf(o.Class) {
		if i >= len(o.Fields) {
			break
		}
		if inner, ok := o.Fields[i].(*js.Object); ok {
			h.Object(inner)
			continue
		}
		o.Fields[i] = h.field(m.Name, o.Fields[i])
	}
	return o
}

// fieldsOf are the fields of a class that has something to hide.
func fieldsOf(class string) []js.Member {
	switch class {
	case "Session":
		return members(sessionFields)
	case "Connection":
		return members(connectionFields)
	case "Stream":
		return members(streamFields)
	case "Publisher":
		return members(publisherFields)
	case "Client":
		return members(clientFields)
	case "Request", "Answered", "Reply":
		return members(requestFields)
	}
	return nil
}
