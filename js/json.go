package js

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// jsonObject is an object of JSON in the order of its text: map[string]any has none.
type jsonObject []jsonMember

type jsonMember struct {
	name  string
	value any
}

// member is the value of a name, nil if there is none.
func (o jsonObject) member(name string) any {
	for i := len(o) - 1; i >= 0; i-- { // the last one holds
		if o[i].name == name {
			return o[i].value
		}
	}
	return nil
}

// text is a member that is a string, else "".
func (o jsonObject) text(name string) string {
	s, _ := o.member(name).(string)
	return s
}

// parseJSON reads a text: nil, bool, float64, string, []any or jsonObject. The error
// is an *Error with the place, but for the file's name.
func parseJSON(text string) (any, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	var whole json.RawMessage
	if err := json.Unmarshal([]byte(text), &whole); err != nil {
		return nil, jsonFault(text, err)
	}
	if jsonDepth(text) > maxJSON {
		return nil, &Error{Line: 1, Col: 1, Message: "JSON is nested too deep"}
	}
	d := json.NewDecoder(strings.NewReader(text))
	v, err := jsonValue(d)
	if err != nil {
		return nil, &Error{Line: 1, Col: 1, Message: fmt.Sprintf("broken JSON: %v", err)}
	}
	return v, nil
}

func jsonFault(text string, err error) *Error {
	e := &Error{Line: 1, Col: 1, Message: fmt.Sprintf("broken JSON: %v", err)}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return e
	}
	before := text[:min(max(int(syntax.Offset)-1, 0), len(text))]
	if strings.Contains(syntax.Error(), "unexpected end") {
		before = strings.TrimRight(text, " \t\r\n")
	}
	e.Line += strings.Count(before, "\n")
	e.Col += utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	return e
}

func jsonValue(d *json.Decoder) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('['):
		l := []any{}
		for d.More() {
			v, err := jsonValue(d)
			if err != nil {
				return nil, err
			}
			l = append(l, v)
		}
		_, err := d.Token()
		return l, err
	case json.Delim('{'):
		o := jsonObject{}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			v, err := jsonValue(d)
			if err != nil {
				return nil, err
			}
			o = append(o, jsonMember{name.(string), v})
		}
		_, err := d.Token()
		return o, err
	}
	return t, nil
}
