package mediatest

import (
	"weir/media"
	"weir/media/flv"
)

// Kinds of multitrack bodies (Enhanced RTMP v2, AvMultitrackType).
const (
	oneTrack             = 0
	manyTracksManyCodecs = 2
)

// Track returns p, whose body is an Enhanced one of a single track, as a packet of
// the track id.
func Track(id byte, p *media.Packet) *media.Packet {
	b := beginTracks(p, oneTrack)
	b = append(b, p.Body[1:5]...)
	b = append(b, id)
	return packet(p.Kind, p.DTS, append(b, p.Body[5:]...))
}

// Tracks returns packets of one kind and packet type as one of many tracks with a
// codec each, numbered by their order. Its time is that of the first.
func Tracks(packets ...*media.Packet) *media.Packet {
	b := beginTracks(packets[0], manyTracksManyCodecs)
	for id, p := range packets {
		n := len(p.Body) - 5
		b = append(b, p.Body[1:5]...)
		b = append(b, byte(id), byte(n>>16), byte(n>>8), byte(n)) //nolint:gosec // of our own making
		b = append(b, p.Body[5:]...)
	}
	return packet(packets[0].Kind, packets[0].DTS, b)
}

func beginTracks(p *media.Packet, many byte) []byte {
	multitrack := byte(5)
	if p.Kind == media.Video {
		multitrack = 6
	}
	return []byte{p.Body[0]&0xf0 | multitrack, many<<4 | p.Body[0]&0x0f}
}

// Timed returns p, whose body is an Enhanced one of a single track, with
// nanoseconds beside its time (TimestampOffsetNano).
func Timed(p *media.Packet) *media.Packet {
	const modEx = 7
	b := []byte{p.Body[0]&0xf0 | modEx, 2, 0, 0x10, 0, p.Body[0] & 0x0f}
	return packet(p.Kind, p.DTS, append(b, p.Body[1:]...))
}

// Colours returns the colour information of a track of H.265, for HDR.
func Colours() *media.Packet {
	b := append([]byte("\x94hvc1\x02"), amfName("colorInfo")...)
	b = append(append(b, 3), amfName("colorConfig")...)
	b = appendNumber(append(b, 3), "bitDepth", 10)
	return packet(media.Video, 0, append(b, 0, 0, 9, 0, 0, 9))
}

// Legacy returns a packet of H.265 in Enhanced form as AVC's form has it, with the
// codec id 12 that the specification has not.
func Legacy(p *media.Packet) *media.Packet {
	typ := byte(1)
	if p.Config {
		typ = 0
	}
	ms := p.CTS.Milliseconds()
	b := []byte{p.Body[0]&0x70 | 12, typ, byte(ms >> 16), byte(ms >> 8), byte(ms)}
	return packet(p.Kind, p.DTS, append(b, flv.Payload(p)...))
}
