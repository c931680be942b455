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
	ErrForm  = errors.New("tag body of a form that there is not")
)

// Packet looks at the first bytes of a tag body, which is an RTMP message's
// payload too, and returns a packet that keeps body without a copy. The error
// wraps ErrEmpty, ErrShort or ErrForm.
//
// What it says of a body with several tracks (Enhanced RTMP v2, multitrack) is of
// track 0, or of that with the lowest number, which Track is; a keyframe is track
// 0's alone, since it decides where a player begins. Of a data body nothing is
// looked at.
func Packet(kind media.Kind, dts time.Duration, body []byte) (*media.Packet, error) {
	h, err := parse(kind, body)
	if err != nil {
		return nil, fmt.Errorf("flv %v tag: %w", kind, err)
	}
	return &media.Packet{
		Kind: kind, Codec: h.codec, Key: h.key, Config: h.config, Info: h.info, Track: h.track,
		DTS: dts, CTS: h.cts, Body: body,
	}, nil
}

// Payload returns what follows the header bytes in p's body: NAL units with
// lengths, an AAC frame, a decoder configuration record, an AMF0 message; of
// several tracks that of p.Track. It is nil for a body without media (a command,
// colours, an end of sequence), and one that Packet refuses.
func Payload(p *media.Packet) []byte {
	h, err := parse(p.Kind, p.Body)
	if err != nil || h.to == 0 {
		return nil
	}
	return p.Body[h.from:h.to]
}

// header is what the first bytes of a tag body say.
type header struct {
	codec             media.Codec
	track             byte
	key, config, info bool
	cts               time.Duration
	from, to          int // of the payload; to is 0 when there is none
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
		return header{to: len(b)}, nil
	}
	return header{}, fmt.Errorf("type %d carries no media", kind)
}
