package rtmp

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/media"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

func TestClockUnwraps(t *testing.T) {
	const day = 24 * 3600 * 1000
	tests := []struct {
		name string
		in   []uint32
		want []time.Duration // ms
	}{
		{"from anywhere", []uint32{5000, 5040}, []time.Duration{5000, 5040}},
		{"around", []uint32{1<<32 - 40, 0, 40}, []time.Duration{1<<32 - 40, 1 << 32, 1<<32 + 40}},
		{"around and back", []uint32{1<<32 - 40, 10, 1<<32 - 20, 30}, []time.Duration{1<<32 - 40, 1<<32 + 10, 1<<32 - 20, 1<<32 + 30}},
		{"an hour back", []uint32{2 * day, 2*day - 3600000}, []time.Duration{2 * day, 2*day - 3600000}},
		{"a day ahead", []uint32{0, day}, []time.Duration{0, day}},
		{"not before zero", []uint32{0, 1<<32 - 1, 5}, []time.Duration{0, 0, 5}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var c clock
			var got []time.Duration
			for _, ts := range tt.in {
				got = append(got, c.at(ts)/time.Millisecond)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("times (-want +got):\n%s", d)
			}
		})
	}
}

func TestAggregateIsSplit(t *testing.T) {
	tag := func(kind byte, ts uint32, body string) []byte {
		b := []byte{kind, 0, 0, byte(len(body)), byte(ts >> 16), byte(ts >> 8), byte(ts), byte(ts >> 24), 0, 0, 0}
		return append(append(b, body...), 0, 0, 0, byte(len(body)+11))
	}
	m := &chunk.Message{Type: chunk.Aggregate, Stream: 1, Timestamp: 1000, Body: bytes.Join([][]byte{
		tag(8, 0x01000000, "a"), tag(22, 0, "no"), tag(9, 0x01000028, "v"), {9, 0, 0, 9, 0},
	}, nil)}
	want := []chunk.Message{
		{Type: chunk.Audio, Stream: 1, Timestamp: 1000, Body: []byte("a")},
		{Type: chunk.Video, Stream: 1, Timestamp: 1040, Body: []byte("v")},
	}
	var got []chunk.Message
	for p := range parts(m) {
		got = append(got, p)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("parts (-want +got):\n%s", d)
	}
}

// FuzzMessages reads a body as everything that it could be.
func FuzzMessages(f *testing.F) {
	f.Add(amf0.Append(nil, "@setDataFrame", "onMetaData", amf0.Array{}))
	f.Add(amf0.Append(nil, "publish", 3, nil, "cam"))
	f.Add([]byte{8, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12})
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, kind := range []chunk.Type{chunk.CommandAMF0, chunk.CommandAMF3, chunk.DataAMF0, chunk.DataAMF3, chunk.Aggregate, chunk.UserControl} {
			m := &chunk.Message{Type: kind, Body: b}
			if c, err := parseCommand(m); err == nil {
				parseAddress(c.object().String("app"), c.object().String("tcUrl")).stream(c.text(1))
			}
			dataBody(m)
			pong(m)
			for p := range parts(m) {
				if len(p.Body) > len(b) {
					t.Fatal("a part is longer than the whole")
				}
			}
		}
	})
}

// FuzzReceiver hears what a player says after it was attached.
func FuzzReceiver(f *testing.F) {
	f.Add(appendMessages(nil, 128, event(eventPing, 7), number(chunk.Acknowledgement, 9)), 3)
	f.Fuzz(func(t *testing.T, b []byte, piece int) {
		r := receiver{info: &media.Connection{}, size: 128}
		r.SetLimits(talkLimits)
		piece = 1 + piece&0xff
		for len(b) > 0 {
			n := min(piece, len(b))
			reply, err := r.receive(b[:n])
			if len(reply) > 18*(n+chunk.MaxHeader) {
				t.Fatalf("%d bytes are answered by %d", n, len(reply))
			}
			if err != nil {
				return
			}
			if b = b[n:]; len(r.rest) >= chunk.MaxHeader {
				t.Fatalf("%d bytes are kept", len(r.rest))
			}
		}
	})
}
