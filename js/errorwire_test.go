package js

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// failures are one of each kind that a Call or Inspect has.
var failures = []error{
	nil,
	ErrTimeout, ErrCPU, ErrMemory, ErrOverload, ErrCrash, ErrClosed, context.Canceled,
	errors.New("no function a.b"),
	&Error{Message: "Error: x"},
	&Error{File: "a.js", Line: 3, Col: 7, Message: "Error: x", Stack: "at a.js:3:7\nat b.js:1:1"},
	&Error{File: "srs.conf", Line: 1, Col: 1, Message: "no", Early: true, Module: "m", Export: "e"},
	&spentError{ErrCPU, &Error{File: "a.js", Line: 3, Col: 7, Message: ErrCPU.Error()}},
	errStuck,
	fmt.Errorf("%w: another call broke it: %v", ErrCrash, ErrCPU),
	&Throw{Class: "TypeError", Message: "no", Code: "ENOENT"},
	Errors{{File: "a.js", Line: 1, Col: 1, Message: "x"}, {Message: "y"}},
	fmt.Errorf("inspect: %w", Errors{{Message: "y"}}),
}

// traits are what callers can tell of an error.
func traits(err error) []any {
	if err == nil {
		return nil
	}
	var at *Error
	var list Errors
	var thrown *Throw
	l := []any{err.Error(), errors.As(err, &at), at, errors.As(err, &list), list, errors.As(err, &thrown), thrown}
	for _, s := range sentinels {
		l = append(l, errors.Is(err, s))
	}
	return l
}

func TestErrorEncoding(t *testing.T) {
	for _, err := range failures {
		got, bad := DecodeError(AppendError(nil, err))
		if diff := cmp.Diff(traits(err), traits(got)); bad != nil || diff != "" {
			t.Errorf("DecodeError of %v: %v (-want +got):\n%s", err, bad, diff)
		}
	}
}

func TestErrorEncodingIsBounded(t *testing.T) {
	long := strings.Repeat("é", 1<<20)
	if b := AppendError(nil, &Error{Message: long, Stack: long}); len(b) > 4*maxErrorText {
		t.Errorf("a long error has %d bytes", len(b))
	}
	if b := AppendError(nil, make(Errors, 0)); len(b) > 100 {
		t.Errorf("an empty list has %d bytes", len(b))
	}
}

func FuzzDecodeError(f *testing.F) {
	for _, err := range failures {
		f.Add(AppendError(nil, err))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		err, bad := DecodeError(b)
		if bad != nil {
			return
		}
		again, bad := DecodeError(AppendError(nil, err))
		if diff := cmp.Diff(traits(err), traits(again)); bad != nil || diff != "" {
			t.Errorf("again: %v (-want +got):\n%s", bad, diff)
		}
	})
}
