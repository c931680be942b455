package ts

import (
	"fmt"
	"time"

	"github.com/bluenviron/mediacommon/v2/pkg/codecs/mpeg1audio"
	"github.com/bluenviron/mediacommon/v2/pkg/codecs/mpeg4audio"
	"github.com/bluenviron/mediacommon/v2/pkg/formats/mpegts"
	"github.com/bluenviron/mediacommon/v2/pkg/formats/mpegts/codecs"

	"weir/media"
)

const (
	adtsHeader    = 7
	maxADTSFrame  = 1<<13 - 1 // ISO/IEC 14496-3, table 1.A.7: 13 bits of length
	maxAudioGroup = 32 << 10  // bytes; a PES packet of audio has 16 bits of length
)

// audio is the audio track. It groups frames: each PES packet costs a
// header, and where there is no video the tables.
type audio struct {
	codec  media.Codec
	track  *mpegts.Track
	span   time.Duration // how long a group may be
	frames [][]byte
	size   int           // of the frames, in bytes
	first  time.Duration // DTS of the group
}

// newAudio takes a sequence header, or for MP3, which has none, any packet.
func newAudio(p *media.Packet) (*audio, error) {
	b, err := payload(p)
	if err != nil {
		return nil, err
	}
	switch p.Codec {
	case media.AAC:
		c, err := parseAAC(b)
		return &audio{codec: p.Codec, track: &mpegts.Track{Codec: c}}, err
	case media.MP3:
		return &audio{codec: p.Codec, track: &mpegts.Track{Codec: &codecs.MPEG1Audio{}}}, nil
	}
	return nil, fmt.Errorf("%w: %s", ErrUnsupported, p.Codec)
}

// parseAAC reads an AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) and checks
// that ADTS can say the same.
func parseAAC(b []byte) (*codecs.MPEG4Audio, error) {
	c := &codecs.MPEG4Audio{}
	if err := c.Unmarshal(b); err != nil {
		return nil, fmt.Errorf("%w: AudioSpecificConfig: %w", ErrMalformed, err)
	}
	probe := mpeg4audio.ADTSPackets{{Type: c.Type, SampleRate: c.SampleRate, ChannelConfig: c.ChannelConfig, AU: b}}
	if _, err := probe.Marshal(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	return c, nil
}

// check refuses what the track cannot hold.
func (a *audio) check(frame []byte) error {
	if a.codec == media.AAC {
		if len(frame)+adtsHeader > maxADTSFrame {
			return malformed("AAC frame is too long")
		}
		return nil
	}
	var h mpeg1audio.FrameHeader
	if err := h.Unmarshal(frame); err != nil {
		return fmt.Errorf("%w: MP3 frame: %w", ErrMalformed, err)
	}
	if h.MPEG2 {
		return fmt.Errorf("%w: MP3 of MPEG-2", ErrUnsupported)
	}
	return nil
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
