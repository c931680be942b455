package sandbox

import (
	"fmt"

	"weir/js"
)

// The body of a frameResult is a byte, and a result or an error; that of a
// frameAnswer a byte, and a value or an error.
const (
	isError byte = iota
	isValue
)

// appendOutcome appends what a call came to. A result that does not encode is an
// error.
func appendOutcome(b []byte, r js.Result, err error) []byte {
	start := len(b)
	if err == nil {
		if b, err = js.AppendResult(append(b, isValue), r); err == nil {
			return b
		}
	}
	return js.AppendError(append(b[:start], isError), err)
}

func decodeOutcome(b []byte) (r js.Result, err error) {
	failed, b, err := cutStatus(b)
	switch {
	case err != nil:
		return r, err
	case failed:
		return r, decodeError(b)
	}
	if r, err = js.DecodeResult(b); err != nil {
		return r, fmt.Errorf("%w: result: %w", js.ErrCrash, err)
	}
	return r, nil
}

func appendAnswer(b []byte, v js.Value, err error) []byte {
	start := len(b)
	if err == nil {
		if b, err = js.AppendValue(append(b, isValue), v); err == nil {
			return b
		}
	}
	return js.AppendError(append(b[:start], isError), err)
}

func decodeAnswer(b []byte) (js.Value, error) {
	failed, b, err := cutStatus(b)
	switch {
	case err != nil:
		return nil, err
	case failed:
		return nil, decodeError(b)
	}
	return js.DecodeValue(b)
}

func cutStatus(b []byte) (failed bool, rest []byte, err error) {
	if len(b) == 0 {
		return false, nil, fmt.Errorf("%w: %w: no status", js.ErrCrash, errFrame)
	}
	return b[0] == isError, b[1:], nil
}

// decodeError is the error that b encodes. There is one.
func decodeError(b []byte) error {
	was, err := js.DecodeError(b)
	switch {
	case err != nil:
		return fmt.Errorf("%w: error: %w", js.ErrCrash, err)
	case was == nil:
		return fmt.Errorf("%w: %w: no error", js.ErrCrash, errFrame)
	}
	return was
}
