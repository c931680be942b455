package hub

import "weir/media"

// write takes a packet from p, unless p is not the publisher.
func (s *source) write(p *Publication, pkt *media.Packet) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pub != p {
		return false
	}
	if t := s.clock.time(pkt); t != pkt.DTS {
		q := *pkt
		q.DTS = t
		pkt = &q
	}
	s.hub.Counters.received(pkt)
	s.facts.note(pkt)
	start, urgent := s.group(pkt)
	for _, l := range s.logs {
		s.log(l, pkt, start)
	}
	s.trim()
	s.send(pkt, urgent)
	return true
}

// group puts p into the ring and its group of pictures. It says whether readers
// can begin at p, and whether those that came before had to wait for it.
func (s *source) group(p *media.Packet) (start, urgent bool) {
	had := s.gop.valid
	s.watch(p)
	s.headers.Take(p)
	seq := s.ring.push(p)
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
	case p.Kind == media.Audio:
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
		l.place.Store(nil)
	}
}
