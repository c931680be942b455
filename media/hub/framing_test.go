package hub

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"weir/media"
)

// testFramer writes records: a byte of kind, and, little endian, a time in
// milliseconds and the body with its length. As in RTMP, a packet's time is the
// distance from its track's last one, and Begin gives each track its own.
type testFramer struct{ variant int }

const (
	recordBegin = 'B' // its body is the headers' bodies; a time for each track is ahead
	recordFirst = 'F'
	recordReply = 'R'
	recordBye   = 'G'
)

func (testFramer) Append(dst []byte, p *media.Packet, last media.Clocks) []byte {
	delta := p.DTS - *clockOf(&last, trackOf(p.Kind))
	if delta < 0 {
		panic(fmt.Sprintf("%v at %v goes back by %v", p.Kind, p.DTS, -delta))
	}
	return record(dst, byte(p.Kind), delta, p.Body)
}

func (testFramer) Begin(dst []byte, h media.Headers, last media.Clocks, base time.Duration, first bool) []byte {
	kind := byte(recordBegin)
	if first {
		kind = recordFirst
	}
	var body []byte
	for _, t := range eachTrack {
		at := *clockOf(&last, t) - base
		if at < 0 {
			panic(fmt.Sprintf("track %d begins %v before its player's zero", t, -at))
		}
		body = binary.LittleEndian.AppendUint32(body, uint32(at.Milliseconds()))
	}
	for p := range h.All() {
		body = append(body, p.Body...)
	}
	return record(dst, kind, 0, body)
}

func record(dst []byte, kind byte, t time.Duration, body []byte) []byte {
	dst = append(dst, kind)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(t.Milliseconds()))
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(body)))
	return append(dst, body...)
}

// got is a record as a player understands it: with the player's own time.
type got struct {
	Kind byte
	At   time.Duration
	Body string
}

// reader reads records.
type reader struct {
	r     io.Reader
	times [3]time.Duration
}

// next returns the next record. An error other than io.EOF means that it is torn.
func (r *reader) next() (got, error) {
	var head [9]byte
	if _, err := io.ReadFull(r.r, head[:]); err != nil {
		return got{}, err
	}
	body := make([]byte, binary.LittleEndian.Uint32(head[5:]))
	if _, err := io.ReadFull(r.r, body); err != nil {
		return got{}, fmt.Errorf("torn record: %w", err)
	}
	g := got{Kind: head[0], Body: string(body)}
	ms := time.Duration(binary.LittleEndian.Uint32(head[1:])) * time.Millisecond
	switch g.Kind {
	case recordBegin, recordFirst:
		for i := range r.times {
			r.times[i] = time.Duration(binary.LittleEndian.Uint32(body[4*i:])) * time.Millisecond
		}
		g.Body = string(body[12:])
	case byte(media.Audio), byte(media.Video), byte(media.Data):
		for i, t := range eachTrack {
			if t == trackOf(media.Kind(g.Kind)) {
				r.times[i] += ms
				g.At = r.times[i]
			}
		}
	case recordReply, recordBye:
	default:
		return g, fmt.Errorf("no record begins with %d", g.Kind)
	}
	return g, nil
}
