package ts

import (
	"fmt"

	"github.com/bluenviron/mediacommon/v2/pkg/codecs/ac3"
	"github.com/bluenviron/mediacommon/v2/pkg/codecs/eac3"
	"github.com/bluenviron/mediacommon/v2/pkg/codecs/mpeg1audio"
	"github.com/bluenviron/mediacommon/v2/pkg/codecs/mpeg4audio"
	"github.com/bluenviron/mediacommon/v2/pkg/formats/mpegts"
	"github.com/bluenviron/mediacommon/v2/pkg/formats/mpegts/codecs"
	"github.com/bluenviron/mediacommon/v2/pkg/formats/mpegts/substructs"

	"weir/media"
	"weir/media/flv"
)

const (
	adtsHeader   = 7
	maxADTSFrame = 1<<13 - 1 // ISO/IEC 14496-3, table 1.A.7: 13 bits of length
)

// Bare says whether a codec's frames say themselves what a decoder must know: it
// has no sequence header, or none that is needed, and NewWriter takes any frame.
func Bare(c media.Codec) bool { return c == media.MP3 || c == media.AC3 || c == media.EAC3 }

// newAudio takes a sequence header, or a frame of a bare codec.
func newAudio(p *media.Packet) (*audio, error) {
	b := flv.Payload(p)
	if b == nil {
		return nil, malformed("header without content")
	}
	c, err := newSound(p.Codec, b)
	if err != nil {
		return nil, err
	}
	a := &audio{codec: p.Codec, track: &mpegts.Track{Codec: c}}
	if p.Codec == media.MP3 {
		var h mpeg1audio.FrameHeader
		a.lsf = h.Unmarshal(b) == nil && h.MPEG2
	}
	return a, nil
}

func newSound(c media.Codec, b []byte) (codecs.Codec, error) {
	switch c {
	case media.AAC:
		return parseAAC(b)
	case media.Opus:
		return parseOpus(b)
	case media.MP3:
		return &codecs.MPEG1Audio{}, nil
	case media.AC3:
		return parseAC3(b)
	case media.EAC3:
		return parseEAC3(b)
	}
	return nil, fmt.Errorf("%w: %s", ErrUnsupported, c)
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

// parseOpus reads an identification header (RFC 7845, 5.1). Channels in another
// order than Vorbis's have no short name in a transport stream.
func parseOpus(b []byte) (*codecs.Opus, error) {
	if len(b) < 19 || string(b[:8]) != "OpusHead" {
		return nil, malformed("Opus header")
	}
	channels, family := b[9], b[18]
	if channels == 0 || channels > 8 || family > 1 || family == 0 && channels > 2 {
		return nil, fmt.Errorf("%w: Opus of %d channels in mapping family %d", ErrUnsupported, channels, family)
	}
	return &codecs.Opus{Desc: &substructs.OpusAudioDescriptor{ChannelConfigCode: channels}}, nil
}

// parseAC3 reads the head of a frame (ATSC A/52, 5.3).
func parseAC3(b []byte) (*codecs.AC3, error) {
	var sync ac3.SyncInfo
	if err := sync.Unmarshal(b); err != nil {
		return nil, fmt.Errorf("%w: AC-3 frame: %w", ErrMalformed, err)
	}
	var info ac3.BSI
	if err := info.Unmarshal(b[5:]); err != nil {
		return nil, fmt.Errorf("%w: AC-3 frame: %w", ErrMalformed, err)
	}
	return &codecs.AC3{SampleRate: sync.SampleRate(), ChannelCount: info.ChannelCount()}, nil
}

// parseEAC3 reads the head of a frame (ATSC A/52, annex E).
func parseEAC3(b []byte) (*codecs.EAC3, error) {
	var sync eac3.SyncInfo
	if err := sync.Unmarshal(b); err != nil {
		return nil, fmt.Errorf("%w: E-AC-3 frame: %w", ErrMalformed, err)
	}
	return &codecs.EAC3{SampleRate: sync.SampleRate(), ChannelCount: sync.ChannelCount()}, nil
}

// check refuses what the track cannot hold.
func (a *audio) check(frame []byte) error {
	if len(frame) > maxAudioFrame || a.codec == media.AAC && len(frame)+adtsHeader > maxADTSFrame {
		return malformed("frame of sound is too long")
	}
	var err error
	switch a.codec {
	case media.MP3:
		return checkMP3(frame)
	case media.AC3:
		_, err = parseAC3(frame)
	case media.EAC3:
		_, err = parseEAC3(frame)
	}
	return err
}

func checkMP3(frame []byte) error {
	var h mpeg1audio.FrameHeader
	if err := h.Unmarshal(frame); err != nil {
		return fmt.Errorf("%w: MP3 frame: %w", ErrMalformed, err)
	}
	return nil
}
