package flv

import (
	"bytes"
	"errors"
	"io"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/media"
)

func must(t testing.TB, kind media.Kind, ms int64, body string) *media.Packet {
	t.Helper()
	p, err := Packet(kind, time.Duration(ms)*time.Millisecond, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// readAll returns what a Reader makes of b, and the error that ended it.
func readAll(b []byte) (packets []*media.Packet, err error) {
	r := NewReader(bytes.NewReader(b))
	for {
		p, err := r.ReadPacket()
		if err != nil {
			return packets, err
		}
		packets = append(packets, p)
	}
}

func TestReaderReadsWhatWasAppended(t *testing.T) {
	want := []*media.Packet{
		must(t, media.Data, 0, "\x02\x00\x01x"),
		must(t, media.Video, 0, "\x17\x00\x00\x00\x00c"),
		must(t, media.Video, 0xffffff, "\x17\x01\x00\x00\x28n"),
		must(t, media.Audio, 0x1000001, "\xaf\x01"+strings.Repeat("f", 100_000)),
		must(t, media.Audio, 1<<30, "\xaf\x01f"),
		must(t, media.Audio, 5<<29, "\xaf\x01f"),
		must(t, media.Audio, math.MaxUint32, "\xaf\x01f"),
		must(t, media.Audio, math.MaxUint32+21, "\xaf\x01f"), // after 49 days
		must(t, media.Video, math.MaxUint32-4, "\x27\x01\x00\x00\x00n"),
	}
	b := AppendHeader(nil, true, true)
	for _, p := range want {
		b = AppendTag(b, p)
	}
	got, err := readAll(b)
	if !errors.Is(err, io.EOF) {
		t.Fatalf("ReadPacket at the end: %v, want EOF", err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("packets (-want +got):\n%s", d)
	}
}

func TestReaderPassesOverForeignTags(t *testing.T) {
	b := AppendHeader(nil, true, true)
	b = AppendTag(b, &media.Packet{Kind: 15, Body: []byte("amf3")})
	b = AppendTag(b, &media.Packet{Kind: media.Audio | tagFiltered, Body: []byte("secret")})
	b = AppendTag(b, &media.Packet{Kind: media.Audio})
	b = AppendTag(b, &media.Packet{Kind: media.Video, Body: []byte("\x17")})
	want := []*media.Packet{must(t, media.Audio, 40, "\xaf\x01f")}
	b = AppendTag(b, want[0])
	got, err := readAll(b)
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("packets (-want +got):\n%s", d)
	}
}

func TestReaderRefuses(t *testing.T) {
	head := string(AppendHeader(nil, true, true))
	tests := []struct {
		name, in string
		want     error
	}{
		{"nothing", "", io.ErrUnexpectedEOF},
		{"text", "HTTP/1.1 200 OK", ErrFormat},
		{"short offset", "FLV\x01\x05\x00\x00\x00\x08\x00\x00\x00\x00", ErrFormat},
		{"far offset", "FLV\x01\x05\x7f\x00\x00\x09\x00\x00\x00\x00", ErrFormat},
		{"header alone", head, io.EOF},
		{"reserved bits", head + "\xff          ", ErrFormat},
		{"tag header cut", head + "\x09\x00", io.ErrUnexpectedEOF},
		{"body cut", head + "\x09\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00abc", io.ErrUnexpectedEOF},
		{"trailer cut", head + "\x09\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00a\x00", io.ErrUnexpectedEOF},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := readAll([]byte(tt.in)); !errors.Is(err, tt.want) {
				t.Errorf("error = %v, want %v", err, tt.want)
			}
		})
	}
	r := NewReader(strings.NewReader(head + "\x09\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00"))
	r.MaxBody = 4
	if _, err := r.ReadPacket(); !errors.Is(err, ErrFormat) {
		t.Errorf("beyond MaxBody: %v, want ErrFormat", err)
	}
}

func TestReaderAllocatesForWhatCame(t *testing.T) {
	in := string(AppendHeader(nil, true, true)) + "\x09\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00a"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _ = readAll([]byte(in))
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 256<<10 {
		t.Errorf("%d bytes allocated for a tag of which one byte came", n)
	}
}

func FuzzReader(f *testing.F) {
	b := AppendHeader(nil, true, true)
	b = AppendTag(b, must(f, media.Video, 0, "\x17\x00\x00\x00\x00c"))
	b = AppendTag(b, must(f, media.Audio, 3, "\xaf\x01f"))
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		packets, _ := readAll(b)
		want := AppendHeader(nil, true, true)
		for _, p := range packets {
			want = AppendTag(want, p)
		}
		packets, _ = readAll(want)
		got := AppendHeader(nil, true, true)
		for _, p := range packets {
			got = AppendTag(got, p)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("what was read does not survive (-want +got):\n%s", d)
		}
	})
}
