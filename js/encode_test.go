package js

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// values are one of each kind.
var values = []Value{
	nil, true, false, 1.5, math.Inf(-1), int64(math.MinInt64), "", "кам\x00",
	[]byte{},
	[]byte{0, 255},
	[]Value{},
	[]Value{nil, []Value{int64(1)}},
	map[string]Value{},
	map[string]Value{"a": map[string]Value{"b": 0.0}},
	&Object{Class: "C", Fields: []Value{"x", &Object{Class: "D"}}, Data: []Value{nil}},
}

func TestEncoding(t *testing.T) {
	for _, v := range values {
		b, err := AppendValue(nil, v)
		if err != nil {
			t.Errorf("AppendValue(%v) = %v", v, err)
			continue
		}
		got, err := DecodeValue(b)
		if diff := cmp.Diff(v, got); err != nil || diff != "" {
			t.Errorf("DecodeValue = %v (-want +got):\n%s", err, diff)
		}
	}
	call := Call{Unit: "u", Func: Func{Module: "m", Name: "n"}, Args: values, Origin: Origin{VHost: "v", Session: "s"}, Budget: Budget{Wall: time.Second, CPU: -1}}
	b, err := AppendCall(nil, call)
	if err != nil {
		t.Fatal(err)
	}
	gotCall, err := DecodeCall(b)
	if diff := cmp.Diff(call, gotCall); err != nil || diff != "" {
		t.Errorf("DecodeCall = %v (-want +got):\n%s", err, diff)
	}
	result := Result{Value: "x", Effects: []Effect{{Name: "deny", Args: values}, {Name: "allow"}}, Data: values, Ran: time.Second}
	if b, err = AppendResult(nil, result); err != nil {
		t.Fatal(err)
	}
	gotResult, err := DecodeResult(b)
	if diff := cmp.Diff(result, gotResult); err != nil || diff != "" {
		t.Errorf("DecodeResult = %v (-want +got):\n%s", err, diff)
	}
}

func TestEncodingRefuses(t *testing.T) {
	var deep Value
	for range MaxDepth + 1 {
		deep = []Value{deep}
	}
	tests := []struct {
		name string
		v    Value
		want error
	}{
		{"deep", deep, errDeep},
		{"large", make([]byte, MaxSize+1), errLarge},
		{"foreign", struct{}{}, nil},
	}
	for _, tt := range tests {
		_, err := AppendValue(nil, tt.v)
		if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

// What is decoded takes no more memory than can be foreseen, though each of its
// values takes a byte or two only.
func TestPartsAreBounded(t *testing.T) {
	many := func(tag byte, n int, part ...byte) []byte {
		return append(binary.AppendUvarint([]byte{tag}, uint64(n)), bytes.Repeat(part, n)...)
	}
	const n = maxParts + 1
	result := append([]byte{tagNil}, many(0, n, 0, 0)[1:]...) // effects without name and arguments
	if _, err := DecodeResult(append(result, 0, 0)); !errors.Is(err, errLarge) {
		t.Errorf("effects: %v, want %v", err, errLarge)
	}
	list := many(tagArray, n, tagMap, 0)
	list = append(binary.AppendUvarint([]byte{tagArray}, n+1), list[len(list)-2*n:]...)
	if _, err := DecodeValue(list); !errors.Is(err, errLarge) {
		t.Errorf("objects: %v, want %v", err, errLarge)
	}
	if _, err := AppendValue(nil, make([]Value, n)); !errors.Is(err, errLarge) {
		t.Errorf("encoding: %v, want %v", err, errLarge)
	}
}

// Who sends errors cuts them; who gets them relies on nobody.
func TestErrorsAreBounded(t *testing.T) {
	head := func(text int, flags ...byte) []byte {
		b := append(binary.AppendUvarint([]byte{0}, uint64(text)), bytes.Repeat([]byte("x"), text)...)
		return append(b, flags...)
	}
	list := func(n int) []byte {
		return append(binary.AppendUvarint(head(0, 0, 1), uint64(n)), append(make([]byte, 10*n), 0)...)
	}
	for name, tt := range map[string]struct {
		b    []byte
		want error
	}{
		"a text":        {head(maxErrorText, 0, 0, 0), nil},
		"a longer text": {head(maxErrorText+1, 0, 0, 0), errLarge},
		"many":          {list(maxErrors), nil},
		"more":          {list(maxErrors + 1), errLarge},
	} {
		if _, err := DecodeError(tt.b); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, v := range values {
		b, err := AppendValue(nil, v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		_, _ = DecodeCall(b)   // must not panic
		_, _ = DecodeResult(b) // must not panic
		v, err := DecodeValue(b)
		if err != nil {
			return
		}
		again, err := AppendValue(nil, v)
		if err != nil {
			t.Fatalf("AppendValue of what was decoded: %v", err)
		}
		if _, err := DecodeValue(again); err != nil {
			t.Fatalf("DecodeValue(%x): %v", again, err)
		}
	})
}

// What compiles is a function's body and no more, whatever it says; what does
// not has an error with a place in it.
func FuzzInline(f *testing.F) {
	for _, s := range []string{"", "return 1", "} evil {", "}}); (function(){return function(){", "let a; let a", "/*", "`${", "a => {", "// x", "\n}\n{", "'", "кам("} {
		f.Add(s, 3, 10)
		f.Add(s, 1, 12)
	}
	f.Fuzz(func(t *testing.T, body string, line, col int) {
		if line < 1 || line > 1000 || col < 1 || col > 1000 || len(body) > 1000 {
			return
		}
		_, errs := newBundler(nil, Options{}).inline(Inline{ID: "x", Params: []string{"s"}, Body: body, At: Place{"c", line, col}}, scope{})
		for _, err := range errs {
			if err.File != "c" || err.Line < line || err.Col < 1 || err.Line == line && err.Col < col {
				t.Errorf("error at %s:%d:%d is not in the body", err.File, err.Line, err.Col)
			}
		}
	})
}
