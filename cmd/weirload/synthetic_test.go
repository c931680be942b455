//go:build linux

package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSyntheticRate(t *testing.T) {
	for _, s := range []synthetic{standard, {kbps: 4000, fps: 60, gop: 8}, {kbps: 300, fps: 25, gop: 1, audio: true}} {
		src, err := s.source()
		if err != nil {
			t.Fatal(err)
		}
		if got := src.kbps() / float64(s.kbps); got < .97 || got > 1.03 {
			t.Errorf("%+v has %.0f kbit/s", s, src.kbps())
		}
	}
	for _, s := range []synthetic{{kbps: 1000, fps: 30, gop: 3}, {kbps: 1000, gop: 2}, {kbps: 64, fps: 1, gop: 1, audio: true}} {
		if _, err := s.source(); err == nil {
			t.Errorf("%+v is no stream", s)
		}
	}
}

func TestStampIsFoundAgain(t *testing.T) {
	want := stamp{seq: 77, sent: now()}
	b := make([]byte, 10+stampSize+5)
	want.put(b[10:])
	got, rest, ok := findStamp(append([]byte(stampMark+"no stamp, though it begins as one, "), b...))
	if !ok || len(rest) != 5 {
		t.Fatalf("found %v, %d bytes behind it", ok, len(rest))
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(stamp{})); diff != "" {
		t.Error(diff)
	}
	if _, _, ok := findStamp(b[:10+stampSize-1]); ok {
		t.Error("a stamp that is cut off was found")
	}
}
