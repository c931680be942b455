package hub

import (
	"time"

	"weir/media"
)

// gop is the newest group of pictures: where a reader can begin. Without video it
// is what was sent since some audio packet.
type gop struct {
	valid   bool
	start   uint64 // sequence number
	time    time.Duration
	headers media.Headers // ahead of it
	packets int
	bytes   int
}

// begin makes the group start at p.
func (g *gop) begin(seq uint64, p *media.Packet, h media.Headers) {
	*g = gop{valid: true, start: seq, time: p.DTS, headers: h}
}

// add counts p in and says whether the group is within its bounds. When it is
// not, it is no longer valid.
func (g *gop) add(p *media.Packet, s *StreamSettings) bool {
	g.packets++
	g.bytes += len(p.Body)
	if g.valid && (g.packets > s.GOPMaxFrames || g.bytes > s.GOPMaxBytes) {
		*g = gop{}
		return false
	}
	return true
}
