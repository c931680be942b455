//go:build linux

package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"weir/media"
)

// A frame that is lost counts as missed, in chunks of HTTP or without.
func TestHolesAreCounted(t *testing.T) {
	src, err := standard.source()
	if err != nil {
		t.Fatal(err)
	}
	plain := flvOf(src, func(seq int) bool { return seq == 50 || seq == 51 || seq == 100 })
	for name, answer := range map[string][]byte{
		"plain":   append([]byte("HTTP/1.1 200 OK\r\n\r\n"), plain...),
		"chunked": append([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), chunked(plain)...),
	} {
		t.Run(name, func(t *testing.T) {
			a := &audience{stall: never}
			p := a.join()
			tags := newFLVStream(func(kind media.Kind, n int, head []byte) { p.message(time.Second, kind, n, head) })
			h := &httpStream{each: tags.feed}
			a.start(0)
			for i := 0; i < len(answer); i += 777 {
				if err := h.feed(answer[i:min(len(answer), i+777)]); err != nil {
					t.Fatal(err)
				}
			}
			a.shut(time.Second)
			if a.Missed != 3 || a.Gappy != 1 || a.Frames != 240-3 || a.Playing != 1 {
				t.Errorf("missed %d frames (%d players), saw %d, %d playing", a.Missed, a.Gappy, a.Frames, a.Playing)
			}
		})
	}
}

// flvOf is a source as an FLV stream, without the frames that are lost.
func flvOf(src *source, lost func(seq int) bool) []byte {
	b := []byte("FLV\x01\x05\x00\x00\x00\x09\x00\x00\x00\x00")
	seq := 0
	for _, f := range src.frames {
		if f.stamp >= 0 {
			seq++
			stamp{uint64(seq), 0}.put(f.body[f.stamp:])
			if lost(seq) {
				continue
			}
		}
		n := len(f.body)
		b = append(b, byte(f.kind), byte(n>>16), byte(n>>8), byte(n), byte(f.at>>16), byte(f.at>>8), byte(f.at), byte(f.at>>24), 0, 0, 0)
		b = append(b, f.body...)
		b = binary.BigEndian.AppendUint32(b, uint32(n+11))
	}
	return b
}

func chunked(b []byte) []byte {
	var out bytes.Buffer
	for len(b) > 0 {
		n := min(len(b), 1000)
		fmt.Fprintf(&out, "%x;x=y\r\n%s\r\n", n, b[:n])
		b = b[n:]
	}
	return out.Bytes()
}

func FuzzHTTPStream(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nFLV\r\n0\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 404 Not Found\r\n\r\n"))
	f.Fuzz(func(_ *testing.T, b []byte) {
		tags := newFLVStream(func(media.Kind, int, []byte) {})
		h := &httpStream{each: tags.feed}
		_ = h.feed(b) // must return
	})
}

// A file's frames get room for a stamp each, and its headers stand ahead of them.
func TestFLVFileIsASource(t *testing.T) {
	src, err := standard.source()
	if err != nil {
		t.Fatal(err)
	}
	name := t.TempDir() + "/a.flv"
	writeFile(t, name, flvOf(src, func(int) bool { return false }))
	got, err := readFLV(name)
	if err != nil {
		t.Fatal(err)
	}
	stamps := 0
	for _, f := range got.frames {
		if f.stamp >= 0 {
			stamps++
		}
	}
	if len(got.frames) != len(src.frames) || stamps != 240 {
		t.Errorf("%d frames, %d with stamps, of %d", len(got.frames), stamps, len(src.frames))
	}
	if _, err := readFLV(t.TempDir() + "/none"); err == nil {
		t.Error("a file that is not there is no source")
	}
}

// A stream in chunks ends with the last one, which is no fault.
func TestLastChunkIsTheEnd(t *testing.T) {
	var got []byte
	h := httpStream{each: func(b []byte) { got = append(got, b...) }}
	err := h.feed([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nFLV\r\n0\r\n\r\n"))
	if !errors.Is(err, io.EOF) || string(got) != "FLV" {
		t.Errorf("%q, %v, want FLV and the end", got, err)
	}
}
