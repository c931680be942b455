package hub

import (
	"time"

	"weir/media"
)

// log writes p, the ring's newest packet, to l.
func (s *source) log(l *log, p *media.Packet, start bool) {
	switch {
	case l.begun():
		l.write(p, s.ring.slot(s.ring.head-1).shown, s.ring.head-1, start)
	case start:
		s.seed(l)
	}
}

// seed begins l with the group of pictures.
func (s *source) seed(l *log) {
	first := s.ring.slot(s.gop.start)
	at, open := first.shown, tracksOf(s.gop.headers)
	for _, t := range eachTrack[:2] { // data has no say in where time begins
		if c := s.clock.track(kindOf(t)); c.seen && first.DTS-c.out <= fresh {
			at = min(at, s.firstOf(t, s.shown(kindOf(t), c.out)))
			open |= t
		}
	}
	l.begin(s.gop.headers, at, first.shown-first.DTS, open)
	for seq := s.gop.start; seq < s.ring.head; seq++ {
		k := s.ring.slot(seq)
		l.write(k.Packet, k.shown, seq, seq == s.gop.start)
	}
}

// firstOf returns the time at which players are given the first packet of a track in
// the group of pictures, or now when the group has none.
func (s *source) firstOf(t tracks, now time.Duration) time.Duration {
	for seq := s.gop.start; seq < s.ring.head; seq++ {
		if k := s.ring.slot(seq); trackOf(k.Kind) == t && !k.Config && !k.Info {
			return k.shown
		}
	}
	return now
}
