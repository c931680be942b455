package js

import (
	"context"
	"errors"
	"strings"
)

// Bounds of an encoded error.
const (
	maxErrorText = 64 << 10 // bytes of one of its texts
	maxErrors    = 1000     // in an Errors
)

// sentinels are the errors that are told from others by errors.Is, in the order
// of the encoding's bits.
var sentinels = []error{
	ErrTimeout, ErrCPU, ErrMemory, ErrOverload, ErrCrash, ErrClosed,
	context.Canceled, context.DeadlineExceeded, ErrAbsent, ErrHidden,
}

// AppendError appends the encoding of what a Call failed with, or Inspect: its
// text, what errors.Is finds in it of this package's sentinels and context's, and
// what errors.As finds: *Error, Errors and *Throw. Texts are cut at 64 KB.
func AppendError(b []byte, err error) []byte {
	e := encoder{b: b, limit: len(b) + MaxSize}
	bits := 0
	for i, s := range sentinels {
		if errors.Is(err, s) {
			bits |= 1 << i
		}
	}
	e.count(bits)
	text := ""
	if err != nil {
		text = err.Error()
	}
	e.clipped(text)
	var at *Error
	if e.has(errors.As(err, &at)) {
		e.error(at)
	}
	var list Errors
	if e.has(errors.As(err, &list)) {
		list = list[:min(len(list), maxErrors)]
		e.count(len(list))
		for _, l := range list {
			e.error(l)
		}
	}
	var thrown *Throw
	if e.has(errors.As(err, &thrown)) {
		e.clipped(thrown.Class)
		e.clipped(thrown.Message)
		e.clipped(thrown.Code)
	}
	return e.b
}

func (e *encoder) has(is bool) bool {
	if is {
		e.tag(1)
	} else {
		e.tag(0)
	}
	return is
}

// clipped is a text within its bound.
func (e *encoder) clipped(s string) {
	if len(s) > maxErrorText {
		s = strings.ToValidUTF8(s[:maxErrorText], "")
	}
	e.text(s)
}

func (e *encoder) error(err *Error) {
	for _, s := range []string{err.File, err.Message, err.Stack, err.Module, err.Export, err.Hint, string(err.Trap)} {
		e.clipped(s)
	}
	e.count(max(err.Line, 0))
	e.count(max(err.Col, 0))
	e.has(err.Early)
}

// DecodeError reads what AppendError wrote, all of b: was is the error, or nil.
func DecodeError(b []byte) (was, err error) {
	d := decoder{b: b}
	bits := d.number()
	text := d.clipped()
	var causes []error
	for i, s := range sentinels {
		if bits&(1<<i) != 0 {
			causes = append(causes, s)
		}
	}
	if d.has() {
		causes = append(causes, d.error())
	}
	if d.has() {
		var list Errors
		n := d.count()
		if n > maxErrors {
			d.fail(errLarge)
		}
		for range n {
			if d.err != nil {
				break
			}
			list = append(list, d.error())
		}
		causes = append(causes, list)
	}
	if d.has() {
		causes = append(causes, &Throw{Class: d.clipped(), Message: d.clipped(), Code: d.clipped()})
	}
	if err := d.end(); err != nil {
		return nil, err
	}
	switch {
	case text == "" && len(causes) == 0:
		return nil, nil
	case len(causes) == 1 && causes[0].Error() == text:
		return causes[0], nil
	}
	return &causedError{text, causes}, nil
}

// causedError is an error from elsewhere.
type causedError struct {
	text   string
	causes []error
}

func (e *causedError) Error() string { return e.text }

func (e *causedError) Unwrap() []error { return e.causes }

func (d *decoder) has() bool {
	b := d.take(1)
	return b != nil && b[0] != 0
}

// number is one of at most 31 bits.
func (d *decoder) number() int {
	n := d.uint64()
	if n > 1<<31-1 {
		d.fail(errMalformed)
		return 0
	}
	return int(n)
}

// clipped is a text that was written as such.
func (d *decoder) clipped() string {
	b := d.take(d.count())
	if len(b) > maxErrorText {
		d.fail(errLarge)
		return ""
	}
	return string(b)
}

func (d *decoder) error() *Error {
	e := &Error{}
	for _, s := range []*string{&e.File, &e.Message, &e.Stack, &e.Module, &e.Export, &e.Hint} {
		*s = d.clipped()
	}
	e.Trap = Trap(d.clipped())
	e.Line, e.Col = d.number(), d.number()
	e.Early = d.has()
	return e
}
