package chunk

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func u32(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }

func control(t Type, body []byte) []byte {
	return Append(nil, Header{ChunkStream: ControlStream, Type: t}, body, DefaultSize)
}

func filled(n int) []byte { return bytes.Repeat([]byte("x"), n) }

// parseAll feeds b in pieces of at most n bytes.
func parseAll(p *Parser, b []byte, n int) (out []Message, err error) {
	var pending []byte
	for len(b) > 0 {
		k := min(n, len(b))
		pending, b = append(pending, b[:k]...), b[k:]
		for {
			used, m, err := p.Parse(pending)
			pending = pending[used:]
			if err != nil {
				return out, err
			}
			if m == nil {
				break
			}
			out = append(out, *m)
		}
		if len(pending) >= MaxHeader {
			return out, errors.New("parser left more than a header")
		}
	}
	return out, nil
}

func TestParse(t *testing.T) {
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	long := filled(300)
	video := func(ts uint32, body []byte) Message {
		return Message{Type: Video, Stream: 1, Timestamp: ts, ChunkStream: 6, Body: body}
	}
	head := func(ts uint32) Header { return Header{ChunkStream: 6, Type: Video, Stream: 1, Timestamp: ts} }
	tests := []struct {
		name string
		in   []byte
		want []Message
	}{
		{"type 0", Append(nil, head(7), long, 128), []Message{video(7, long)}},
		{"type 1 adds its delta", join(
			Append(nil, head(7), long, 128),
			Append(nil, Header{Delta: true, ChunkStream: 6, Type: Video, Timestamp: 40}, []byte("b"), 128),
		), []Message{video(7, long), video(47, []byte("b"))}},
		{"type 2 keeps length, type 3 keeps delta", join(
			Append(nil, head(7), []byte("a"), 128), []byte{0x86, 0, 0, 40, 'b'}, []byte{0xc6, 'c'},
		), []Message{video(7, []byte("a")), video(47, []byte("b")), video(87, []byte("c"))}},
		{"chunk size grows", join(control(SetChunkSize, u32(4096)), Append(nil, head(0), long, 4096)), []Message{video(0, long)}},
		{"chunk size of one", join(control(SetChunkSize, u32(1)), Append(nil, head(0), []byte("abc"), 1)), []Message{video(0, []byte("abc"))}},
		{"chunk size beyond any message", join(control(SetChunkSize, u32(0x7fffffff)), Append(nil, head(0), long, MaxSize)), []Message{video(0, long)}},
		{"ids of two and three bytes", join(
			Append(nil, Header{ChunkStream: 64, Type: Audio}, long, 128),
			Append(nil, Header{ChunkStream: 320, Type: Audio}, long, 128),
			Append(nil, Header{ChunkStream: 65599, Type: Audio}, long, 128),
		), []Message{
			{Type: Audio, ChunkStream: 64, Body: long}, {Type: Audio, ChunkStream: 320, Body: long}, {Type: Audio, ChunkStream: 65599, Body: long},
		}},
		{"extended timestamp repeated", Append(nil, head(0x01000000), long, 128), []Message{video(0x01000000, long)}},
		{"extended timestamp not repeated", join(
			[]byte{6, 0xff, 0xff, 0xff, 0, 1, 44, 9, 1, 0, 0, 0, 1, 0, 0, 0}, long[:128], []byte{0xc6}, long[128:256], []byte{0xc6}, long[256:],
		), []Message{video(0x01000000, long)}},
		{"extended timestamp not repeated ahead of a body that looks like it", join(
			[]byte{6, 0xff, 0xff, 0xff, 0, 0, 131, 9, 1, 0, 0, 0, 1, 0, 0, 0}, long[:128], []byte{0xc6}, []byte{1, 0, 9},
			Append(nil, head(5), []byte("next"), 128),
		), []Message{video(0x01000000, append(bytes.Clone(long[:128]), 1, 0, 9)), video(5, []byte("next"))}},
		{"extended delta in type 3 that begins a message", join(
			Append(nil, head(1), []byte("a"), 128),
			[]byte{0x86, 0xff, 0xff, 0xff, 1, 0, 0, 0, 'b'}, []byte{0xc6, 1, 0, 0, 0, 'c'},
		), []Message{video(1, []byte("a")), video(0x01000001, []byte("b")), video(0x02000001, []byte("c"))}},
		{"timestamp wraps", join(
			Append(nil, head(0xffffffff), []byte("a"), 128), Append(nil, Header{Delta: true, ChunkStream: 6, Type: Video, Timestamp: 2}, []byte("b"), 128),
		), []Message{video(0xffffffff, []byte("a")), video(1, []byte("b"))}},
		{"chunk streams interleave", join(
			Append(nil, head(0), long[:200], 128)[:12+128],
			Append(nil, Header{ChunkStream: 4, Type: Audio, Stream: 1}, []byte("au"), 128),
			[]byte{0xc6}, long[:72],
		), []Message{{Type: Audio, Stream: 1, ChunkStream: 4, Body: []byte("au")}, video(0, long[:200])}},
		{"abort drops what has come", join(
			Append(nil, head(0), long, 128)[:12+128], control(Abort, u32(6)), Append(nil, head(3), []byte("new"), 128),
		), []Message{video(3, []byte("new"))}},
		{"abort of an unknown chunk stream", join(control(Abort, u32(77)), Append(nil, head(3), []byte("n"), 128)), []Message{video(3, []byte("n"))}},
		{"empty message", Append(nil, head(3), nil, 128), []Message{video(3, nil)}},
		{"librtmp's ping on chunk stream 2", []byte{0x42, 0, 0, 0, 0, 0, 2, 4, 0, 7}, []Message{{Type: UserControl, ChunkStream: 2, Body: []byte{0, 7}}}},
		{"type 1 restates a message under way", join(
			Append(nil, head(9), long[:200], 128)[:12+128], []byte{0x46, 0, 0, 0, 0, 0, 200, 9}, long[:72],
		), []Message{video(9, long[:200])}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, piece := range []int{len(tt.in), 1, 7} {
				var p Parser
				got, err := parseAll(&p, tt.in, piece)
				if err != nil {
					t.Fatalf("pieces of %d: %v", piece, err)
				}
				if d := cmp.Diff(tt.want, got); d != "" {
					t.Errorf("pieces of %d: messages (-want +got):\n%s", piece, d)
				}
				if p.partial != 0 {
					t.Errorf("pieces of %d: %d bytes are still counted as unfinished", piece, p.partial)
				}
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	head := func(id uint32, typ Type, n int) []byte {
		b := Append(nil, Header{ChunkStream: id, Type: typ}, nil, 128)
		h := len(b) - 11
		b[h+3], b[h+4], b[h+5] = byte(n>>16), byte(n>>8), byte(n)
		return b
	}
	var streams, partial []byte
	for id := uint32(3); id < 100; id++ {
		streams = append(append(streams, head(id, Audio, 1000)...), filled(128)...)
	}
	partial = control(SetChunkSize, u32(4<<20-1))
	for id := uint32(3); id < 20; id++ {
		partial = append(append(partial, head(id, Audio, 4<<20)...), filled(4 << 20)[1:]...)
	}
	tests := []struct {
		name string
		in   []byte
		want error
	}{
		{"type 1 first", []byte{0x46, 0, 0, 0, 0, 0, 1, 9, 'x'}, ErrHeader},
		{"type 2 first", []byte{0x86, 0, 0, 0, 'x'}, ErrHeader},
		{"type 3 first", []byte{0xc6, 'x'}, ErrHeader},
		{"long audio", head(4, Audio, 4<<20+1), ErrTooLong},
		{"long command", head(3, CommandAMF0, 16<<20-1), ErrTooLong},
		{"type 0 midway", append(append(head(6, Video, 300), filled(128)...), head(6, Video, 300)...), ErrMidway},
		{"type 1 with a new length midway", append(append(head(6, Video, 300), filled(128)...), 0x46, 0, 0, 0, 0, 0xff, 0xff, 9), ErrMidway},
		{"type 1 with a new type midway", append(append(head(6, Video, 300), filled(128)...), 0x46, 0, 0, 0, 0, 1, 44, 8), ErrMidway},
		{"many chunk streams", streams, ErrStreams},
		{"much unfinished", partial, ErrPartial},
		{"chunk size 0", control(SetChunkSize, u32(0)), ErrChunkSize},
		{"chunk size with the high bit", control(SetChunkSize, u32(0x80000001)), ErrChunkSize},
		{"chunk size of three bytes", control(SetChunkSize, []byte{0, 1, 0}), ErrChunkSize},
		{"chunk size without a body", control(SetChunkSize, nil), ErrChunkSize},
		{"short abort", control(Abort, []byte{1}), ErrAbort},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var p Parser
			if _, err := parseAll(&p, tt.in, 1<<20); !errors.Is(err, tt.want) {
				t.Errorf("error = %v, want %v", err, tt.want)
			}
		})
	}
}

// A peer that announces much and sends little must not make us hold much.
func TestParserHoldsWhatWasSent(t *testing.T) {
	var p Parser
	in := control(SetChunkSize, u32(1))
	for id := byte(3); id < 60; id++ {
		in = append(in, id, 0, 0, 0, 0xff, 0xff, 0xff, byte(Video), 0, 0, 0, 0, 'x')
	}
	if _, err := parseAll(&p, in, len(in)); err != nil {
		t.Fatal(err)
	}
	if p.partial > 57*16<<10 {
		t.Errorf("holds %d bytes for 57 messages of each of which one byte came", p.partial)
	}
}

func FuzzParser(f *testing.F) {
	f.Add(Append(control(SetChunkSize, u32(64)), Header{ChunkStream: 6, Type: Video, Timestamp: 0x1000000}, filled(300), 64), 3)
	f.Add([]byte{0xc6, 1, 2, 3}, 1)
	f.Fuzz(func(t *testing.T, b []byte, piece int) {
		limits := Limits{Message: 1 << 10, Video: 4 << 10, Streams: 8, Partial: 8 << 10}
		var whole, pieces Parser
		whole.SetLimits(limits)
		pieces.SetLimits(limits)
		want, wantErr := parseAll(&whole, b, len(b)+1)
		got, gotErr := parseAll(&pieces, b, 1+(piece&0xff))
		if !errors.Is(gotErr, wantErr) {
			t.Fatalf("in pieces: %v, whole: %v", gotErr, wantErr)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("whole and in pieces differ (-whole +pieces):\n%s", d)
		}
		if whole.partial > limits.Partial || whole.partial < 0 {
			t.Fatalf("holds %d bytes", whole.partial)
		}
	})
}

func BenchmarkReader(b *testing.B) {
	for _, bench := range []struct {
		name       string
		size, body int
	}{{"body=300/chunk=128", 128, 300}, {"body=20000/chunk=4096", 4096, 20000}, {"body=200000/chunk=4096", 4096, 200000}} {
		b.Run(bench.name, func(b *testing.B) {
			message := Append(nil, Header{ChunkStream: 6, Type: Video, Stream: 1}, filled(bench.body), bench.size)
			source := &loop{b: message}
			r := Reader{Source: io.MultiReader(bytes.NewReader(control(SetChunkSize, u32(uint32(bench.size)))), source)}
			r.Resize(64 << 10)
			b.SetBytes(int64(bench.body))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := r.Next(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// loop is a source that repeats b.
type loop struct {
	b   []byte
	pos int
}

func (l *loop) Read(p []byte) (int, error) {
	n := copy(p, l.b[l.pos:])
	l.pos = (l.pos + n) % len(l.b)
	return n, nil
}

// Bodies of audio share an allocation, and nothing else: what is appended to one does
// not show in the next.
func TestBodiesOfAudioAreTheCallers(t *testing.T) {
	var b []byte
	for i := range 100 {
		b = Append(b, Header{ChunkStream: 4, Type: Audio, Stream: 1}, bytes.Repeat([]byte{byte(i)}, 1+10*i), 60000)
	}
	var p Parser
	p.SetLimits(Limits{})
	if err := p.SetChunkSize(60000); err != nil {
		t.Fatal(err)
	}
	var bodies [][]byte
	for len(b) > 0 {
		n, m, err := p.Parse(b)
		if err != nil {
			t.Fatal(err)
		}
		if b = b[n:]; m != nil {
			bodies = append(bodies, m.Body)
		}
	}
	for _, body := range bodies {
		_ = append(body, 0xff)
	}
	for i, body := range bodies {
		if want := bytes.Repeat([]byte{byte(i)}, 1+10*i); !bytes.Equal(body, want) {
			t.Fatalf("body %d is % x…", i, body[:1])
		}
	}
}
