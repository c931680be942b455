package sandbox

import (
	"fmt"

	"weir/js"
)

// question is what scripts ask of the server: js.Host.Ask, on the wire.
type question struct {
	origin js.Origin
	op     string
	args   []js.Value
}

func (q question) append(b []byte) ([]byte, error) {
	o := q.origin
	return js.AppendValue(b, []js.Value{o.VHost, o.Directive, o.Handler, o.Session, q.op, q.args})
}

func decodeQuestion(b []byte) (q question, err error) {
	l, err := decodeList(b, 6)
	if err != nil {
		return q, err
	}
	o := &q.origin
	if err := readTexts(l, &o.VHost, &o.Directive, &o.Handler, &o.Session, &q.op); err != nil {
		return q, err
	}
	q.args, _ = l[5].([]js.Value) // null: none
	return q, nil
}

// message is js.Host.Log, on the wire.
type message struct {
	origin js.Origin
	level  js.Level
	text   string
}

func (m message) append(b []byte) ([]byte, error) {
	o := m.origin
	return js.AppendValue(b, []js.Value{o.VHost, o.Directive, o.Handler, o.Session, m.text, int64(m.level)})
}

func decodeMessage(b []byte) (m message, err error) {
	l, err := decodeList(b, 6)
	if err != nil {
		return m, err
	}
	o := &m.origin
	if err := readTexts(l, &o.VHost, &o.Directive, &o.Handler, &o.Session, &m.text); err != nil {
		return m, err
	}
	level, ok := l[5].(int64)
	if !ok {
		return m, errFrame
	}
	m.level = js.Level(level)
	return m, nil
}

func decodeList(b []byte, n int) ([]js.Value, error) {
	v, err := js.DecodeValue(b)
	if err != nil {
		return nil, err
	}
	l, ok := v.([]js.Value)
	if !ok || len(l) != n {
		return nil, fmt.Errorf("%w: no list of %d", errFrame, n)
	}
	return l, nil
}

// readTexts sets texts to the first elements of l.
func readTexts(l []js.Value, texts ...*string) error {
	for i, t := range texts {
		s, ok := l[i].(string)
		if !ok {
			return errFrame
		}
		*t = s
	}
	return nil
}
