package conf

import (
	"strings"

	"weir/confparse"
)

// formats are those that need no log_format.
var formats = []LogFormat{
	{Name: CombinedFormat, Text: `$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"`},
	{Name: SessionFormat, Text: `$remote_addr [$time_local] $protocol $kind "$vhost/$app/$stream" $status $bytes_received $bytes_sent $session_time "$reason" "$http_referer" "$http_user_agent" $session_id`},
}

// LogFormat is a log_format directive: "log_format NAME [escape=...] TEXT...;".
type LogFormat struct {
	Name   string
	Text   string // with $variables
	Escape string // "default", "json" or "none"
	Span   confparse.Span
}

// String is the directive's value as it would be written.
func (f LogFormat) String() string { return f.Name + " escape=" + f.escape() + " '" + f.Text + "'" }

func (f LogFormat) escape() string {
	if f.Escape == "" {
		return "default"
	}
	return f.Escape
}

// Usage is the syntax of log_format.
func (*LogFormat) Usage() string { return "NAME [escape=default | json | none] TEXT..." }

// Set decodes a log_format directive. Several texts are one.
func (f *LogFormat) Set(d *confparse.Directive) error {
	if len(d.Args) < 2 {
		return (&fault{message: "takes a name and a text"}).hinting("usage: log_format %s", f.Usage())
	}
	f.Name, f.Span = d.Args[0].Value, d.Args[0].Span
	for i, w := range d.Args[1:] {
		escape, ok := strings.CutPrefix(w.Value, "escape=")
		switch {
		case ok && i == 0 && (escape == "default" || escape == "json" || escape == "none"):
			f.Escape = escape
		case ok && i == 0:
			return faultAt(w, "escapes as default, json or none")
		default:
			f.Text += w.Value
		}
	}
	if _, err := f.parts(); err != "" {
		return faultAt(d.Args[1], "%s", err)
	}
	return nil
}

// LogPart is a piece of a line: text, or a variable's value.
type LogPart struct{ Text, Variable string }

// Parts are what a line of the format consists of.
func (f LogFormat) Parts() []LogPart {
	parts, _ := f.parts() // Set has looked
	return parts
}

func (f LogFormat) parts() (parts []LogPart, wrong string) {
	rest := f.Text
	for {
		text, after, ok := strings.Cut(rest, "$")
		if text != "" {
			parts = append(parts, LogPart{Text: text})
		}
		if !ok {
			return parts, ""
		}
		name := ""
		if inner, braced := strings.CutPrefix(after, "{"); braced {
			if name, after, ok = strings.Cut(inner, "}"); !ok {
				return nil, "a variable's name in braces has no end"
			}
		} else {
			n := strings.IndexFunc(after, func(r rune) bool {
				return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
			})
			if n < 0 {
				n = len(after)
			}
			name, after = after[:n], after[n:]
		}
		if name == "" {
			return nil, "a variable has no name"
		}
		parts, rest = append(parts, LogPart{Variable: name}), after
	}
}
