package ts

import (
	"errors"
	"fmt"

	"weir/media"
)

// What a packet can be refused for.
var (
	// ErrUnsupported says that the transport stream cannot carry the packet's codec or form.
	ErrUnsupported = errors.New("not supported in MPEG-TS")
	// ErrMalformed says that the packet is not what its codec's specification wants.
	ErrMalformed = errors.New("malformed")
)

func malformed(what string) error { return fmt.Errorf("%w: %s", ErrMalformed, what) }

// Packet types of AVCPACKET and of Enhanced RTMP's tag bodies.
const (
	sequenceStart = 0
	codedFrames   = 1
	sequenceEnd   = 2
	codedFramesX  = 3 // without a composition time
)

const (
	enhancedVideo = 0x80 // the bit that says so in a video body's first byte
	enhancedAudio = 9    // the sound format that says so
)

// payload returns what follows the codec's header bytes in p's body: a decoder
// configuration if p is one, else coded frames. It is nil for a body that says
// only that the sequence ends (FLV specification E.4.2, E.4.3; Enhanced RTMP v2).
func payload(p *media.Packet) ([]byte, error) {
	if len(p.Body) == 0 {
		return nil, malformed("empty tag")
	}
	typ, n := byte(codedFrames), 1
	switch b := p.Body; {
	case p.Kind == media.Video && b[0]&enhancedVideo != 0:
		typ, n = b[0]&0x0f, 5
		if typ == codedFrames {
			n = 8
		}
	case p.Kind == media.Audio && b[0]>>4 == enhancedAudio:
		typ, n = b[0]&0x0f, 5
	case p.Kind == media.Audio && p.Codec == media.MP3:
	case len(b) < 2:
		return nil, malformed("short tag")
	case p.Kind == media.Audio:
		typ, n = b[1], 2
	default:
		typ, n = b[1], 5
	}
	if typ == sequenceEnd {
		return nil, nil
	}
	if typ > codedFramesX || (typ == sequenceStart) != p.Config {
		return nil, fmt.Errorf("%w: tag of type %d", ErrUnsupported, typ)
	}
	if len(p.Body) < n {
		return nil, malformed("short tag")
	}
	return p.Body[n:], nil
}
