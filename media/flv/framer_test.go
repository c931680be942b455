package flv

import (
	"errors"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/media"
)

func TestFramerBegin(t *testing.T) {
	meta, video, audio := must(t, media.Data, 0, "m"), must(t, media.Video, 0, "\x17\x00\x00\x00\x00c"), must(t, media.Audio, 0, "\xaf\x00\x12\x10")
	other := must(t, media.Video, 0, "\x96\x00hvc1\x01c")
	at := func(p *media.Packet) *media.Packet { c := *p; c.DTS = 5 * time.Second; return &c }
	last := media.Clocks{Audio: 4980 * time.Millisecond, Video: 5 * time.Second}
	tests := []struct {
		name  string
		in    media.Headers
		flags byte
		want  []*media.Packet
	}{
		{"both", media.Headers{Metadata: meta, Video: video, Audio: audio}, 5, []*media.Packet{meta, at(video), at(audio)}},
		{"video", media.Headers{Video: video}, 1, []*media.Packet{at(video)}},
		{"audio", media.Headers{Audio: audio}, 4, []*media.Packet{at(audio)}},
		{"further tracks last", media.Headers{Video: video, Audio: audio, Others: []*media.Packet{other}}, 5, []*media.Packet{at(video), at(audio), at(other)}},
		{"a further track alone", media.Headers{Others: []*media.Packet{other}}, 1, []*media.Packet{at(other)}},
		{"sound without a header", media.Headers{Video: video, HasVideo: true, HasAudio: true}, 5, []*media.Packet{at(video)}},
		{"none known", media.Headers{}, 5, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := Framer{}.Begin(nil, tt.in, last, time.Second, true)
			if b[4] != tt.flags {
				t.Errorf("flags = %d, want %d", b[4], tt.flags)
			}
			got, err := readAll(b)
			if !errors.Is(err, io.EOF) {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("Begin (-want +got):\n%s", d)
			}
			var jump []*media.Packet
			for _, p := range tt.want {
				jump = append(jump, at(p)) // within a file metadata has its time too
			}
			got, err = readAll(append(AppendHeader(nil, true, true), Framer{}.Begin(nil, tt.in, last, time.Second, false)...))
			if !errors.Is(err, io.EOF) {
				t.Fatal(err)
			}
			if d := cmp.Diff(jump, got); d != "" {
				t.Errorf("Begin of a jump (-want +got):\n%s", d)
			}
		})
	}
}

func TestTracksOfTheConfiguration(t *testing.T) {
	video, audio := must(t, media.Video, 0, "\x17\x00\x00\x00\x00c"), must(t, media.Audio, 0, "\xaf\x00\x12\x10")
	h := media.Headers{Video: video, Audio: audio}
	tests := []struct {
		name   string
		tracks media.Tracks
		in     media.Headers
		flags  byte
		want   []*media.Packet // of the headers, twice
	}{
		{"guessed", media.Tracks{NoAudio: true}, h, 5, []*media.Packet{video, audio}},
		{"nothing to guess from", media.Tracks{NoAudio: true}, media.Headers{}, 1, nil},
		{"fixed", media.Tracks{Fixed: true}, media.Headers{Video: video}, 5, []*media.Packet{video}},
		{"no audio", media.Tracks{Fixed: true, NoAudio: true}, h, 1, []*media.Packet{video}},
		{"no video", media.Tracks{Fixed: true, NoVideo: true}, h, 4, []*media.Packet{audio}},
		{"no audio announced", media.Tracks{Fixed: true, NoAudio: true, Keep: true}, h, 1, []*media.Packet{video, audio}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := Framer{tt.tracks}
			b := f.Begin(nil, tt.in, media.Clocks{}, 0, true)
			for p := range tt.in.All() {
				b = f.Append(b, p, media.Clocks{})
			}
			if b[4] != tt.flags {
				t.Errorf("flags = %d, want %d", b[4], tt.flags)
			}
			got, err := readAll(b)
			if !errors.Is(err, io.EOF) {
				t.Fatal(err)
			}
			if d := cmp.Diff(append(tt.want, tt.want...), got); d != "" {
				t.Errorf("tags (-want +got):\n%s", d)
			}
		})
	}
}

func BenchmarkFramerAppend(b *testing.B) {
	p := must(b, media.Video, 0, "\x17\x01\x00\x00\x00"+string(make([]byte, 6000)))
	dst := make([]byte, 0, 8192)
	b.ReportAllocs()
	b.SetBytes(int64(len(p.Body)))
	for b.Loop() {
		dst = Framer{}.Append(dst[:0], p, media.Clocks{})
	}
}
