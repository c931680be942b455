package amf0

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestValuesSurviveAppendAndDecode(t *testing.T) {
	values := []any{
		nil,
		Undefined{},
		true, false, 0.0, -1.5, math.Inf(1), math.NaN(), "", "live", strings.Repeat("x", 70000),
		Object{},
		Object{{"b", 1.0}, {"a", "x"}, {"b", nil}},
		Array{{"width", 1920.0}},
		[]any{},
		[]any{"hvc1", Object{{"x", []any{1.0}}}},
		time.UnixMilli(1700000000123).UTC(), XML("<a/>"),
	}
	got, err := Decode(Append(nil, values...))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(values, got, cmpopts.EquateNaNs()); d != "" {
		t.Errorf("values (-want +got):\n%s", d)
	}
}

func TestDecode(t *testing.T) {
	tests := []struct {
		name string
		in   []byte
		want []any
	}{
		{"typed object", []byte("\x10\x00\x01C\x00\x01a\x05\x00\x00\x09"), []any{Object{{"a", nil}}}},
		{"unsupported", []byte{0x0d}, []any{Undefined{}}},
		{"array whose count lies", []byte("\x08\xff\xff\xff\xff\x00\x01a\x05\x00\x00\x09"), []any{Array{{"a", nil}}}},
		{"property without a name", []byte("\x03\x00\x00\x05\x00\x00\x09"), []any{Object{{"", nil}}}},
		{"date that is none", append([]byte{0x0b}, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0, 0, 0), []any{time.UnixMilli(0).UTC()}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Decode(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("values (-want +got):\n%s", d)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	tests := []struct {
		name string
		in   []byte
		want error
	}{
		{"reference", []byte{0x07, 0, 0}, ErrType},
		{"AMF 3", []byte{0x11, 0x01}, ErrType},
		{"movie clip", []byte{0x04}, ErrType},
		{"object end alone", []byte{0x09}, ErrType},
		{"deep objects", bytes.Repeat([]byte("\x03\x00\x01a"), 10000), ErrDepth},
		{"deep arrays", bytes.Repeat([]byte("\x0a\x00\x00\x00\x01"), 10000), ErrDepth},
		{"array of 4 billion", append([]byte{0x0a, 0xff, 0xff, 0xff, 0xff}, bytes.Repeat([]byte{5}, 5000)...), ErrElements},
		{"array of 4 billion without a value", []byte{0x0a, 0xff, 0xff, 0xff, 0xff}, ErrShort},
		{"many values", bytes.Repeat([]byte{5}, 5000), ErrElements},
		{"long string of 4 GiB", []byte{0x0c, 0xff, 0xff, 0xff, 0xff, 'a'}, ErrShort},
		{"object without an end", []byte("\x03\x00\x01a\x05"), ErrShort},
		{"short number", []byte{0, 1, 2}, ErrShort},
		{"short boolean", []byte{1}, ErrShort},
		{"short date", []byte{0x0b, 0, 0, 0, 0, 0, 0, 0, 0, 0}, ErrShort},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Decode(tt.in); !errors.Is(err, tt.want) {
				t.Errorf("error = %v, want %v", err, tt.want)
			}
		})
	}
}

func TestNextLeavesTheRest(t *testing.T) {
	v, rest, err := Next(Append(nil, "@setDataFrame", "onMetaData"))
	if v != "@setDataFrame" || !bytes.Equal(rest, Append(nil, "onMetaData")) || err != nil {
		t.Errorf("Next = %v, %q, %v", v, rest, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(Append(nil, "connect", 1, Object{{"app", "live"}, {"list", []any{"a", nil}}}, Array{{"x", true}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		values, err := Decode(b)
		if err != nil {
			return
		}
		again, err := Decode(Append(nil, values...))
		if err != nil {
			t.Fatalf("what was decoded does not survive: %v", err)
		}
		if d := cmp.Diff(values, again, cmpopts.EquateNaNs()); d != "" {
			t.Fatalf("values change (-once +twice):\n%s", d)
		}
	})
}
