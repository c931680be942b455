package ts

import (
	"time"

	"github.com/bluenviron/mediacommon/v2/pkg/formats/mpegts"

	"weir/media"
)

const (
	maxAudioGroup = 32 << 10     // bytes; a PES packet of audio has 16 bits of length
	maxAudioFrame = 1<<16 - 4096 // bytes; so much of that is left to a frame alone
)

// audio is the audio track. It groups frames: each PES packet costs a
// header, and where there is no video the tables.
type audio struct {
	codec  media.Codec
	lsf    bool // MP3 of low sampling frequencies
	track  *mpegts.Track
	span   time.Duration // how long a group may be
	frames [][]byte
	size   int           // of the frames, in bytes
	first  time.Duration // DTS of the group
}

// full says whether a frame of this size and time begins another group.
func (a *audio) full(size int, dts time.Duration) bool {
	return len(a.frames) > 0 && (dts < a.first || dts-a.first >= a.span || a.size+size > maxAudioGroup)
}

func (a *audio) add(frame []byte, dts time.Duration) {
	if len(a.frames) == 0 {
		a.first = dts
	}
	a.frames = append(a.frames, frame)
	a.size += len(frame) + adtsHeader
}

func (a *audio) reset() {
	clear(a.frames)
	a.frames, a.size = a.frames[:0], 0
}
