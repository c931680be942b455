package hub

import (
	"time"

	"weir/media"
)

// write takes a packet from p, unless p is not the publisher.
func (s *source) write(p *Publication, pkt *media.Packet) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pub != p {
		return false
	}
	t := s.clock.time(pkt)
	shown := s.shown(pkt.Kind, t)
	if t != pkt.DTS {
		q := *pkt
		q.DTS = t
		pkt = &q
	}
	s.hub.Counters.received(pkt)
	s.facts.note(pkt)
	s.hear(pkt)
	switch {
	case s.settings.ReduceHeaders && repeats(&s.headers, pkt):
	case s.settings.Mix:
		s.mixed(kept{pkt, shown})
	default:
		s.pass(pkt, shown)
	}
	return true
}

// pass hands p to the readers.
func (s *source) pass(p *media.Packet, shown time.Duration) {
	start, urgent := s.group(p, shown)
	for _, l := range s.logs {
		s.log(l, p, start)
	}
	s.trim()
	s.send(p, urgent)
}

// group puts p into the ring and its group of pictures. It says whether readers
// can begin at p, and whether those that came before had to wait for it.
func (s *source) group(p *media.Packet, shown time.Duration) (start, urgent bool) {
	had := s.gop.valid
	s.watch(p)
	s.headers.Take(p)
	seq := s.ring.push(p, shown)
	if start = s.starts(p); start {
		s.gop.begin(seq, p, s.headers)
		s.beginCursors()
	}
	if !s.gop.add(p, &s.settings) {
		s.unplace()
		start = false
	}
	return start, start && !(had && s.settings.GOPCache)
}

// watch notices when a stream's video appears or ends: with video only keyframes
// of its first track are places to begin at.
func (s *source) watch(p *media.Packet) {
	was := s.hasVideo()
	switch {
	case p.Kind == media.Video && p.Track == 0:
		s.silent = 0
	case p.Kind == media.Audio && p.Track == 0:
		s.silent = min(s.silent+1, pureAudio+1)
	}
	if was != s.hasVideo() {
		s.gop = gop{}
		s.unplace()
	}
}

func (s *source) hasVideo() bool { return s.silent <= pureAudio }

// starts says whether readers can begin at p.
func (s *source) starts(p *media.Packet) bool {
	switch {
	case p.Config, p.Info:
		return false
	case s.hasVideo():
		return p.Kind == media.Video && p.Key
	default:
		return p.Kind == media.Audio && (!s.gop.valid || p.DTS-s.gop.time >= max(s.settings.MWLatency, maxStep))
	}
}

// unplace leaves players nowhere to begin until the next start.
func (s *source) unplace() {
	for _, l := range s.logs {
		l.unplace()
	}
}
