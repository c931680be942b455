package ts

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/asticode/go-astits"

	"weir/media"
)

// mp3 is a frame of 24 kbit/s at 22.05 kHz, or with MPEG-1 of 128 at 44.1.
func mp3(at time.Duration, lsf bool) *media.Packet {
	b := append([]byte{0x2f, 0xff, 0xfb, 0x90, 0x64}, make([]byte, 413)...)
	if lsf {
		b = append([]byte{0x2b, 0xff, 0xf3, 0x30, 0xc4}, make([]byte, 74)...)
	}
	return &media.Packet{Kind: media.Audio, Codec: media.MP3, DTS: at, Body: b}
}

// Sound of low sampling frequencies has a stream type of its own, in every table.
func TestStreamTypeOfMP3(t *testing.T) {
	for _, tt := range []struct {
		name  string
		video *media.Packet
		lsf   bool
		want  astits.StreamType
	}{
		{"MPEG-1 beside video", avcHeader, false, typeMPEG1},
		{"MPEG-2 beside video", avcHeader, true, typeMPEG2},
		{"MPEG-1 alone", nil, false, typeMPEG1},
		{"MPEG-2 alone", nil, true, typeMPEG2},
	} {
		w := newWriter(t, media.Headers{Video: tt.video, Audio: mp3(0, tt.lsf)})
		b := write(t, w, frame(0, true, "\x65"), mp3(0, tt.lsf), mp3(time.Second, tt.lsf))
		b = append(b, write(t, w, frame(2*time.Second, true, "\x65"), mp3(2*time.Second, tt.lsf))...)
		tables, sound := 0, 0
		for d := astits.NewDemuxer(context.Background(), bytes.NewReader(b)); ; {
			data, err := d.NextData() // which checks the checksums
			if errors.Is(err, astits.ErrNoMorePackets) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", tt.name, err)
			}
			if data.PES != nil && data.PES.Header.StreamID != 0xe0 {
				sound += len(data.PES.Data)
			}
			if data.PMT == nil {
				continue
			}
			tables++
			es := data.PMT.ElementaryStreams
			if got := es[len(es)-1].StreamType; got != tt.want {
				t.Errorf("%s: stream type %#x, want %#x", tt.name, uint8(got), uint8(tt.want))
			}
		}
		if want := 3 * (len(mp3(0, tt.lsf).Body) - 1); tables < 2 || sound != want {
			t.Errorf("%s: %d tables and %d bytes of sound, want at least 2 and %d", tt.name, tables, sound, want)
		}
	}
}
