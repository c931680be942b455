package rtmp

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp/chunk"
)

const ms = time.Millisecond

// shown is what a player sees of a message.
type shown struct {
	Type chunk.Type
	At   uint32
	Body string
}

func show(t *testing.T, b []byte) (out []shown) {
	t.Helper()
	var p chunk.Parser
	for {
		n, m, err := p.Parse(b)
		if err != nil {
			t.Fatal(err)
		}
		if m == nil {
			if n != len(b) {
				t.Fatalf("%d bytes are left", len(b)-n)
			}
			return out
		}
		if m.Stream != 1 {
			t.Errorf("message stream = %d, want 1", m.Stream)
		}
		b = b[n:]
		out = append(out, shown{m.Type, m.Timestamp, string(m.Body)})
	}
}

func TestFramerCountsFromThePlayersZero(t *testing.T) {
	audio := func(at time.Duration) *media.Packet {
		return &media.Packet{Kind: media.Audio, DTS: at, Body: []byte("a")}
	}
	video := func(at time.Duration) *media.Packet {
		return &media.Packet{Kind: media.Video, DTS: at, Body: []byte("v")}
	}
	data := func(at time.Duration) *media.Packet {
		return &media.Packet{Kind: media.Data, DTS: at, Body: []byte("d")}
	}
	other := func(of func(time.Duration) *media.Packet) *media.Packet {
		p := *of(0)
		p.Body = []byte("o")
		return &p
	}
	access := string(sampleAccess)
	tests := []struct {
		name    string
		headers media.Headers
		last    media.Clocks
		base    time.Duration
		packets []*media.Packet
		want    []shown
	}{
		{
			"both tracks",
			media.Headers{Metadata: data(0), Video: video(0), Audio: audio(0)},
			media.Clocks{Audio: 1000 * ms, Video: 1010 * ms, Data: 1000 * ms},
			1000 * ms,
			[]*media.Packet{audio(1023 * ms), video(1050 * ms), data(1060 * ms), video(1090 * ms), data(1100 * ms)},
			[]shown{{18, 0, "d"}, {9, 10, "v"}, {8, 0, "a"}, {8, 23, "a"}, {9, 50, "v"}, {18, 60, "d"}, {9, 90, "v"}, {18, 100, "d"}},
		},
		{
			"tracks without headers",
			media.Headers{},
			media.Clocks{Audio: 1000 * ms, Video: 1000 * ms, Data: 1000 * ms},
			1000 * ms,
			[]*media.Packet{audio(1023 * ms), video(1050 * ms), data(1060 * ms)},
			[]shown{{18, 0, access}, {18, 0, access}, {18, 0, access}, {8, 23, "a"}, {9, 50, "v"}, {18, 60, "d"}},
		},
		{
			"a track that was silent since before the player's zero",
			media.Headers{Video: video(0), Audio: audio(0)},
			media.Clocks{Audio: 990 * ms, Video: 1000 * ms, Data: 1000 * ms},
			1000 * ms,
			[]*media.Packet{audio(1013 * ms)},
			[]shown{{18, 0, access}, {9, 0, "v"}, {8, 0, "a"}, {18, 1<<32 - 10, access}, {8, 13, "a"}},
		},
		{
			"further tracks",
			media.Headers{Video: video(0), Audio: audio(0), Others: []*media.Packet{other(audio), other(video)}},
			media.Clocks{Audio: 1000 * ms, Video: 1010 * ms, Data: 1000 * ms},
			1000 * ms,
			[]*media.Packet{audio(1023 * ms), video(1050 * ms)},
			[]shown{{18, 0, access}, {9, 10, "v"}, {9, 10, "o"}, {8, 0, "a"}, {8, 0, "o"}, {8, 23, "a"}, {9, 50, "v"}},
		},
		{
			"absolute times: extended timestamps, and metadata at zero",
			media.Headers{Metadata: data(0), Video: video(0), Audio: audio(0)},
			media.Clocks{Audio: 5 * time.Hour, Video: 5 * time.Hour, Data: 5 * time.Hour},
			0,
			[]*media.Packet{video(10 * time.Hour), data(10 * time.Hour)},
			[]shown{{18, 0, "d"}, {4, 18000000, "\x00\x00\x00\x00\x00\x01"}, {9, 18000000, "v"}, {8, 18000000, "a"}, {9, 36000000, "v"}, {18, 36000000, "d"}},
		},
		{
			"a time goes back",
			media.Headers{Metadata: data(0), Video: video(0), Audio: audio(0)},
			media.Clocks{Audio: 100 * ms, Video: 100 * ms},
			0,
			[]*media.Packet{video(60 * ms)},
			[]shown{{18, 0, "d"}, {9, 100, "v"}, {8, 100, "a"}, {9, 60, "v"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := Framer{}
			b := f.Begin(nil, tt.headers, tt.last, tt.base, true)
			last := tt.last
			for _, p := range tt.packets {
				b = f.Append(b, p, last)
				switch p.Kind {
				case media.Audio:
					last.Audio = p.DTS
				case media.Video:
					last.Video = p.DTS
				case media.Data:
					last.Data = p.DTS
				}
			}
			if d := cmp.Diff(tt.want, show(t, b)); d != "" {
				t.Errorf("messages (-want +got):\n%s", d)
			}
		})
	}
}

func BenchmarkFramer(b *testing.B) {
	packets := mediatest.Stream{}.Until(2 * time.Second)
	for _, size := range []int{128, 60000} {
		b.Run(fmt.Sprintf("chunk=%d", size), func(b *testing.B) {
			f := Framer{ChunkSize: size}
			dst := make([]byte, 0, 1<<20)
			b.ReportAllocs()
			for b.Loop() {
				dst = dst[:0]
				for _, p := range packets {
					dst = f.Append(dst, p, media.Clocks{})
				}
			}
			b.SetBytes(int64(len(dst)))
		})
	}
}
