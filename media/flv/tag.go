package flv

import (
	"errors"
	"fmt"
	"time"

	"weir/media"
)

// What a tag body may be refused for. A receiver drops the tag and goes on.
var (
	ErrEmpty = errors.New("empty tag body")
	ErrShort = errors.New("tag body ends within its header")
)

// Packet looks at the first bytes of a tag body, which is an RTMP message's
// payload too, and returns a packet that keeps body without a copy. The error
// wraps ErrEmpty or ErrShort.
//
// Key and Config speak of track 0 alone when a body has other tracks (Enhanced
// RTMP v2, multitrack): they decide where a player begins. Of a data body nothing
// is looked at.
func Packet(kind media.Kind, dts time.Duration, body []byte) (*media.Packet, error) {
	h, err := parse(kind, body)
	if err != nil {
		return nil, fmt.Errorf("flv %v tag: %w", kind, err)
	}
	return &media.Packet{
		Kind: kind, Codec: h.codec, Key: h.key, Config: h.config,
		DTS: dts, CTS: h.cts, Body: body,
	}, nil
}

// Payload returns what follows the header bytes in p's body: NAL units with
// lengths, an AAC frame, a decoder configuration record, an AMF0 message. It is
// nil for a body without media (a command, an end of sequence), one of several
// tracks, and one that Packet refuses.
func Payload(p *media.Packet) []byte {
	h, err := parse(p.Kind, p.Body)
	if err != nil || h.size == 0 && p.Kind != media.Data {
		return nil
	}
	return p.Body[h.size:]
}

// header is what the first bytes of a tag body say.
type header struct {
	codec       media.Codec
	key, config bool
	cts         time.Duration
	size        int // bytes ahead of the payload; 0 when there is no one payload
}

func parse(kind media.Kind, b []byte) (header, error) {
	if len(b) == 0 {
		return header{}, ErrEmpty
	}
	switch kind {
	case media.Video:
		if b[0]&exVideo != 0 {
			return parseEx(media.Video, b)
		}
		return parseVideo(b)
	case media.Audio:
		if b[0]>>4 == soundEx {
			return parseEx(media.Audio, b)
		}
		return parseAudio(b)
	case media.Data:
		return header{}, nil
	}
	return header{}, fmt.Errorf("type %d carries no media", kind)
}
