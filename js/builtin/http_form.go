package builtin

import (
	"errors"
	"net/url"
	"strings"

	"weir/js"
)

// Why a body is no form.
var (
	errFormType     = &js.Throw{Class: "TypeError", Message: "unsupported content type"}
	errFormBoundary = &js.Throw{Class: "TypeError", Message: "multipart boundary is required"}
	errFormKeys     = errors.New("maxKeys limit exceeded")
	errFormEscape   = errors.New("malformed percent escape")
)

// form is a list of fields: [name, value], the value of a file {name}.
type form struct {
	fields  []any
	maxKeys int
}

func (f *form) add(name string, value js.Value) error {
	if len(f.fields) >= f.maxKeys {
		return errFormKeys
	}
	f.fields = append(f.fields, []any{name, value})
	return nil
}

// readForm reads a request's body that is a form, by its content type.
func readForm(contentType string, body []byte, maxKeys int) (js.Value, error) {
	kind, params, err := formParams(contentType)
	if err != nil {
		return nil, err
	}
	f := form{fields: []any{}, maxKeys: maxKeys}
	switch strings.ToLower(kind) {
	case "application/x-www-form-urlencoded":
		err = f.urlencoded(string(body))
	case "multipart/form-data":
		boundary, ok := params["boundary"]
		switch {
		case !ok:
			return nil, errFormBoundary
		case boundary == "" || len(boundary) > 200:
			return nil, errors.New("invalid multipart boundary")
		}
		err = f.multipart(string(body), boundary)
	default:
		return nil, errFormType
	}
	return f.fields, err
}

func (f *form) urlencoded(body string) error {
	for field := range strings.SplitSeq(body, "&") {
		if field == "" {
			continue
		}
		name, value, _ := strings.Cut(field, "=")
		n, err := url.QueryUnescape(name)
		if err != nil {
			return errFormEscape
		}
		v, err := url.QueryUnescape(value)
		if err != nil {
			return errFormEscape
		}
		if err := f.add(n, v); err != nil {
			return err
		}
	}
	return nil
}

// formParams takes a header's value apart: its first word and its parameters, by
// names in lower case (RFC 9110, 5.6.6).
func formParams(value string) (word string, params map[string]string, err error) {
	word, rest, _ := strings.Cut(value, ";")
	word = strings.Trim(word, " \t")
	more := strings.Contains(value, ";")
	params = map[string]string{}
	for more {
		rest = strings.TrimLeft(rest, " \t")
		if rest == "" {
			break
		}
		name, after, ok := strings.Cut(rest, "=")
		name = strings.ToLower(name)
		if !ok || !isFormToken(name) {
			return "", nil, errors.New("malformed parameter")
		}
		v, left, err := formValue(after)
		if err != nil {
			return "", nil, err
		}
		if _, twice := params[name]; twice {
			return "", nil, errors.New("duplicate " + name + " parameter")
		}
		params[name] = v
		left = strings.TrimLeft(left, " \t")
		if left != "" && left[0] != ';' {
			return "", nil, errFormTrailing
		}
		rest, more = strings.CutPrefix(left, ";")
	}
	return word, params, nil
}

var errFormTrailing = errors.New("malformed parameter")

// formValue reads a parameter's value, a quoted string or a word.
func formValue(s string) (value, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		i := strings.IndexAny(s, " \t;")
		if i < 0 {
			i = len(s)
		}
		if i == 0 {
			return "", "", errors.New("empty parameter value")
		}
		return s[:i], s[i:], nil
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:], nil
		case s[i] == '\\' && i+1 < len(s):
			i++
		}
		b.WriteByte(s[i])
	}
	return "", "", errors.New("unterminated quoted parameter")
}

func isFormToken(s string) bool {
	return s != "" && !strings.ContainsAny(s, " \t\"(),/:;<=>?@[\\]{}")
}
