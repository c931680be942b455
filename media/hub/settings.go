package hub

import (
	"maps"
	"slices"
	"time"

	"weir/media"
)

// StreamSettings say how a stream is kept and sent. They are taken when a
// publisher begins, and by the first subscriber of a stream that has none; see
// Hub.Apply for streams that are there already.
type StreamSettings struct {
	// GOPCache lets players start at once with the newest group of pictures;
	// without it they wait for the next keyframe.
	GOPCache bool
	// GOPMaxFrames bounds the group that is kept, in packets. When it is exceeded
	// the group is dropped, and players start at the next keyframe. Zero means
	// 2500, SRS's default.
	GOPMaxFrames int
	// GOPMaxBytes bounds it in bytes, and with it what lagging players and outputs
	// can hold: twice as much. Zero means 32 MiB.
	GOPMaxBytes int
	// QueueLength is how far a player may lag, in stream time, before it skips to
	// the newest keyframe. Zero means 30 s, SRS's default.
	QueueLength time.Duration

	// Times are the times that players are given.
	Times Times
	// AutoATC gives players the publisher's times when its metadata asks for that by
	// bravo_atc.
	AutoATC bool
	// Mix puts audio and video in the order of their times.
	Mix bool
	// ReduceHeaders drops sequence headers that repeat the one before.
	ReduceHeaders bool

	// MWLatency is how much stream time gathers before players are sent what is
	// new. Zero sends each frame at once.
	MWLatency time.Duration
	// MWMessages is how many packets gather as well, at least; but what is there
	// when MWLatency and 200 ms have passed on the clock is sent.
	MWMessages int
	// SendInterval is the least time between two sends, on the clock.
	SendInterval time.Duration
	// MinLatency sends each frame at once, whatever MWLatency and MWMessages say, and
	// sets TCP_NODELAY.
	MinLatency bool
	// NoDelay sets TCP_NODELAY on players that are plain TCP connections.
	NoDelay bool
}

func (s StreamSettings) withDefaults() StreamSettings {
	if s.GOPMaxFrames <= 0 {
		s.GOPMaxFrames = 2500
	}
	if s.GOPMaxBytes <= 0 {
		s.GOPMaxBytes = 32 << 20
	}
	if s.QueueLength <= 0 {
		s.QueueLength = 30 * time.Second
	}
	if s.MinLatency {
		s.MWLatency, s.MWMessages = 0, 0
	}
	return s
}

// Apply gives living streams other settings: of returns those of a stream, or false
// to leave it as it is. It is called without locks.
func (h *Hub) Apply(of func(media.Key) (StreamSettings, bool)) {
	h.mu.Lock()
	sources := make([]*source, 0, len(h.sources))
	for _, s := range h.sources {
		sources = append(sources, s)
	}
	h.mu.Unlock()
	for _, s := range sources {
		if set, ok := of(s.key); ok {
			s.apply(set.withDefaults())
		}
	}
}

// apply takes other settings under a stream, and its players.
func (s *source) apply(set StreamSettings) {
	was := s.noDelay.Load()
	s.change(set)
	if s.noDelay.Load() == was {
		return
	}
	s.mu.Lock()
	subs := slices.Collect(maps.Keys(s.subs))
	s.mu.Unlock()
	for _, sub := range subs {
		sub.mu.Lock()
		p := sub.player
		sub.mu.Unlock()
		if p != nil {
			p.shard.post(event{player: p, what: tuned})
		}
	}
}

func (s *source) change(set StreamSettings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.set(set)
	if s.gop.valid && s.gop.start < s.ring.tail { // it was not kept
		s.gop = gop{}
	}
	if !set.Mix && s.pub != nil {
		s.unmix()
	}
	s.trim()
}

// set makes set the source's settings. The source's lock is held.
func (s *source) set(set StreamSettings) {
	s.settings = set
	s.queue.Store(int64(set.QueueLength))
	s.most.Store(int64(2 * set.GOPMaxBytes))
	s.noDelay.Store(set.NoDelay || set.MinLatency)
	s.retime()
}
