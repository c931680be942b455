//go:build linux

package main

import (
	"time"

	"weir/media"
)

// player is what one player has received.
type player struct {
	audience *audience
	begin    time.Duration // of its connection, by now

	first  time.Duration // of its first stamped frame; 0 before
	last   time.Duration // of the newest
	seq    uint64        // of the newest
	bytes  int64         // in the window, as all that follow
	frames int64
	missed int64
	stalls int64
}

// message books a message of n bytes that begins with head and was complete at a time.
func (p *player) message(at time.Duration, kind media.Kind, n int, head []byte) {
	p.bytes += int64(n)
	if kind != media.Video {
		return
	}
	if s, _, ok := findStamp(head); ok {
		p.frame(at, s)
		p.audience.latency(at - s.sent)
	}
}

// frame books a stamped frame.
func (p *player) frame(at time.Duration, s stamp) {
	a := p.audience
	if p.first == 0 {
		p.first = at
		a.Playing++
		a.firsts = append(a.firsts, milliseconds(at-p.begin))
	}
	if a.open {
		p.frames++
		if p.seq != 0 && s.seq > p.seq+1 {
			p.missed += int64(s.seq - p.seq - 1) //nolint:gosec // frames of one run
		}
		if p.last != 0 && at-p.last > a.stall {
			p.stalls++
		}
	}
	p.seq, p.last = max(p.seq, s.seq), at
}
