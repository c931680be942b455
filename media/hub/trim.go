package hub

// trim forgets what no reader can ask for.
func (s *source) trim() {
	keep := s.ring.head
	if s.gop.valid && s.settings.GOPCache {
		keep = s.gop.start
	}
	from := keep
	for c := range s.cursors {
		if !c.waiting {
			from = min(from, c.at)
		}
	}
	s.ring.drop(from)
	for s.ring.tail < keep && s.crowded() {
		s.ring.drop(s.ring.tail + 1)
	}
}

// crowded says whether the ring has more than lagging outputs may keep.
func (s *source) crowded() bool {
	p := s.ring.at(s.ring.tail)
	return s.ring.bytes > 2*s.settings.GOPMaxBytes || s.ring.len() > 4*s.settings.GOPMaxFrames ||
		p != nil && s.clock.now-p.DTS > s.settings.QueueLength
}
