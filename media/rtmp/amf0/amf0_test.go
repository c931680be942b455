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
		{"AMF 3 scalars", []byte("\x11\x00\x11\x01\x11\x02\x11\x03\x11\x04\x07\x11\x04\xff\xff\xff\xff\x11\x05\x40\x00\x00\x00\x00\x00\x00\x00\x11\x06\x05ab"), []any{Undefined{}, nil, false, true, 7.0, -1.0, 2.0, "ab"}},
		{"AMF 3 array", []byte("\x11\x09\x05\x01\x04\x01\x04\x02"), []any{[]any{1.0, 2.0}}},
		{"AMF 3 array with names", []byte("\x11\x09\x01\x03a\x04\x01\x01"), []any{Array{{"a", 1.0}}}},
		{"AMF 3 object", []byte("\x11\x0a\x0b\x01\x03a\x04\x01\x03b\x06\x00\x01"), []any{Object{{"a", 1.0}, {"b", "a"}}}},
		{"AMF 3 objects of a class", []byte("\x11\x09\x05\x01\x0a\x13\x03C\x03a\x04\x01\x0a\x01\x04\x02"), []any{[]any{Object{{"a", 1.0}}, Object{{"a", 2.0}}}}},
		{"AMF 3 date, XML, bytes", []byte("\x11\x08\x01\x00\x00\x00\x00\x00\x00\x00\x00\x11\x0b\x09<a/>\x11\x0c\x05hi"), []any{time.UnixMilli(0).UTC(), XML("<a/>"), "hi"}},
		{"AMF 3 between AMF 0", []byte("\x05\x11\x04\x01\x05"), []any{nil, 1.0, nil}},
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
		{"AMF 3 vector", []byte{0x11, 0x0d, 1, 0}, ErrType},
		{"AMF 3 object that came before", []byte("\x11\x09\x03\x01\x09\x00"), ErrType},
		{"AMF 3 string that did not come before", []byte{0x11, 6, 2}, ErrType},
		{"AMF 3 class that did not come before", []byte{0x11, 0x0a, 5}, ErrType},
		{"AMF 3 externalizable", []byte("\x11\x0a\x07\x03C"), ErrType},
		{"AMF 3 deep arrays", append([]byte{0x11}, bytes.Repeat([]byte("\x09\x03\x01"), 10000)...), ErrDepth},
		{"AMF 3 array of 268 million", append([]byte("\x11\x09\xff\xff\xff\xff\x01"), bytes.Repeat([]byte{1}, 5000)...), ErrElements},
		{"AMF 3 class of 33 million names", append([]byte("\x11\x0a\xff\xff\xff\xfb\x01"), bytes.Repeat([]byte{1}, 5000)...), ErrElements},
		{"AMF 3 string that is named again and again", append(append([]byte("\x11\x09\xbe\x41\x01\x06\x82\x80\x01"), bytes.Repeat([]byte{'x'}, 1<<14)...), bytes.Repeat([]byte{6, 0}, 4000)...), ErrElements},
		{"AMF 3 class whose name is used again and again", append(append(append([]byte("\x11\x09\x9f\x21\x01\x0a\x13\x01\x82\x80\x01"), bytes.Repeat([]byte{'x'}, 1<<14)...), 1), bytes.Repeat([]byte{0x0a, 1, 1}, 1999)...), ErrElements},
		{"AMF 3 strings of many values", bytes.Repeat(append(append([]byte("\x11\x09\x7b\x01\x06\xa0\x01"), bytes.Repeat([]byte{'x'}, 1<<11)...), bytes.Repeat([]byte{6, 0}, 60)...), 20), ErrElements},
		{"AMF 3 string longer than the rest", []byte{0x11, 6, 0xff, 0xff, 0xff, 0xff}, ErrShort},
		{"AMF 3 alone", []byte{0x11}, ErrShort},
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
	f.Add([]byte("\x11\x09\x05\x01\x0a\x13\x03C\x03a\x04\x01\x0a\x01\x06\x00"))
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
