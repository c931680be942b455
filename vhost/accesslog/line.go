package accesslog

import (
	"strconv"
	"unicode/utf8"

	"weir/conf"
)

// Log writes a line of the format to a file. It does not wait.
func (f *Files) Log(name string, form *conf.LogFormat, get func(name string) (string, bool)) {
	f.Write(name, Line(form, get))
}

// Line is a line of the format, its end included. get finds the variables; what it
// does not find is "-", and nothing in JSON.
func Line(f *conf.LogFormat, get func(name string) (string, bool)) []byte {
	var b []byte
	for _, p := range f.Parts() {
		if p.Variable == "" {
			b = append(b, p.Text...)
			continue
		}
		v, ok := get(p.Variable)
		switch {
		case f.Escape == "json":
			b = appendJSON(b, v)
		case !ok || v == "":
			b = append(b, '-')
		case f.Escape == "none":
			b = append(b, v...)
		default:
			b = appendEscaped(b, v)
		}
	}
	return append(b, '\n')
}

// appendEscaped writes quotes, backslashes and what is not printable ASCII as \xXX,
// as nginx does.
func appendEscaped(b []byte, s string) []byte {
	const digits = "0123456789ABCDEF"
	for i := range len(s) {
		c := s[i]
		if c == '"' || c == '\\' || c < ' ' || c > '~' {
			b = append(b, '\\', 'x', digits[c>>4], digits[c&15])
			continue
		}
		b = append(b, c)
	}
	return b
}

// appendJSON writes what stands within the quotes of a JSON string.
func appendJSON(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r < ' ':
			b = append(b, `\u00`...)
			if r < 16 {
				b = append(b, '0')
			}
			b = strconv.AppendInt(b, int64(r), 16)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}
