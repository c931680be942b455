package web

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

func TestEnvelopes(t *testing.T) {
	for _, n := range []int{1, 125, 126, 1<<16 - 1, 1 << 16, 1 << 20} {
		body := bytes.Repeat([]byte{'x'}, n)
		for _, guess := range []int{0, n, 1 << 17} {
			write := func(dst []byte) []byte { return append(dst, body...) }
			chunk := chunks.put([]byte("ahead"), guess, write)
			if want := fmt.Sprintf("ahead%08x\r\n%s\r\n", n, body); string(chunk) != want {
				t.Errorf("chunk of %d bytes, guessed %d: %.20q", n, guess, chunk)
			}
			frame := frames.put([]byte("ahead"), guess, write)
			var head []byte
			switch {
			case n < 126:
				head = []byte{0x82, byte(n)}
			case n < 1<<16:
				head = binary.BigEndian.AppendUint16([]byte{0x82, 126}, uint16(n))
			default:
				head = binary.BigEndian.AppendUint64([]byte{0x82, 127}, uint64(n))
			}
			if !bytes.Equal(frame, append(append([]byte("ahead"), head...), body...)) {
				t.Errorf("frame of %d bytes, guessed %d: %.20q", n, guess, frame)
			}
		}
	}
	for _, e := range []envelope{chunks, frames} {
		if b := e.put([]byte("ahead"), 10, func(dst []byte) []byte { return dst }); string(b) != "ahead" {
			t.Errorf("an envelope of nothing is %q", b)
		}
	}
}

// What a client says comes in pieces of any size.
func TestListenerReadsPieces(t *testing.T) {
	long := append([]byte{0x82, 0xfe, 0x01, 0x00, 1, 2, 3, 4}, make([]byte, 256)...)
	ping := []byte{0x89, 0x82, 1, 2, 3, 4, 'h' ^ 1, 'i' ^ 2}
	said := append(append(append([]byte{0x01, 0x80, 0, 0, 0, 0}, ping...), append([]byte{0x80, 0x80, 0, 0, 0, 0}, long...)...), 0x88, 0x80, 0, 0, 0, 0)
	for size := 1; size <= len(said); size++ {
		var l listener
		var got []byte
		var err error
		for b := said; len(b) > 0 && err == nil; {
			n := min(size, len(b))
			var reply []byte
			reply, err = l.receive(b[:n])
			got, b = append(got, reply...), b[n:]
		}
		if want := "\x8a\x02hi\x88\x02\x03\xe8"; string(got) != want || !errors.Is(err, io.EOF) {
			t.Fatalf("in pieces of %d: replies %q, %v; want %q and EOF", size, got, err, want)
		}
	}
}

// A player that floods the server is ended, whatever it says.
func TestListenerEndsFloods(t *testing.T) {
	ping := []byte{0x89, 0x82, 1, 2, 3, 4, 'h' ^ 1, 'i' ^ 2}
	var l listener
	var reply []byte
	var err error
	said := 0
	for ; err == nil && said < 64<<20; said += 1000 * len(ping) {
		reply, err = l.receive(bytes.Repeat(ping, 1000))
	}
	if !errors.Is(err, errFlood) || said < saidAtOnce || !bytes.HasPrefix(reply, []byte{0x88, 18, 0x03, 0xf0}) {
		t.Errorf("after %d bytes: reply %q, %v", said, reply, err)
	}
}

// FuzzListener: nothing that a client says makes it hold or reply more than a few
// control frames, however it is cut.
func FuzzListener(f *testing.F) {
	f.Add([]byte{0x89, 0x82, 1, 2, 3, 4, 'h', 'i'}, 3)
	f.Add([]byte{0x88, 0x80, 0, 0, 0, 0}, 1)
	f.Add([]byte{0x82, 0xff, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 9}, 7)
	f.Fuzz(func(t *testing.T, b []byte, at int) {
		var whole, cut listener
		want, werr := whole.receive(b)
		at = min(max(0, at), len(b))
		got, err := cut.receive(b[:at])
		if err == nil {
			var more []byte
			more, err = cut.receive(b[at:])
			got = append(got, more...)
		}
		if fmt.Sprint(err) != fmt.Sprint(werr) {
			t.Errorf("whole %v, cut at %d %v", werr, at, err)
		}
		if len(want) > 3*(maxControl+2) || len(got) > 3*(maxControl+2) || cap(whole.payload) > 2*maxControl {
			t.Errorf("replies of %d and %d bytes, %d held", len(want), len(got), cap(whole.payload))
		}
	})
}

type copier struct{}

func (copier) Append(dst []byte, p *media.Packet, _ media.Clocks) []byte {
	return append(dst, p.Body...)
}

func (copier) Begin(dst []byte, _ media.Headers, _ media.Clocks, _ time.Duration, _ bool) []byte {
	return dst
}

func BenchmarkEnclosed(b *testing.B) {
	p := &media.Packet{Kind: media.Video, Body: make([]byte, 6000)}
	for name, f := range map[string]media.Framer{"plain": copier{}, "chunks": enclosed{copier{}, chunks}, "frames": enclosed{copier{}, frames}} {
		b.Run(name, func(b *testing.B) {
			dst := make([]byte, 0, 8192)
			b.ReportAllocs()
			b.SetBytes(int64(len(p.Body)))
			for b.Loop() {
				dst = f.Append(dst[:0], p, media.Clocks{})
			}
		})
	}
}
