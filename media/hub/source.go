package hub

import (
	"sync"
	"sync/atomic"
	"time"

	"weir/media"
)

// pureAudio is after how many audio packets without video a stream counts as one
// without video; SRS's number.
const pureAudio = 115

// source is a stream while somebody uses it.
type source struct {
	hub  *Hub
	key  media.Key
	refs int // guarded by the hub's lock

	mu       sync.Mutex
	closed   bool // with the hub
	settings StreamSettings
	pub      *Publication
	subs     map[*Subscription]struct{}

	clock   clock
	headers media.Headers
	silent  int // audio packets since the newest video; more than pureAudio without video
	ring    ring
	gop     gop
	flusher flusher
	facts   facts
	mix     mix
	times   Times
	atc     bool // the publisher's metadata asks for its times

	logs      []*log
	audiences []*audience
	cursors   map[*cursor]struct{}
	more      chan struct{} // closed by the next flush; nil when no cursor waits

	left  atomic.Uint64 // how many publishers have left
	queue atomic.Int64  // how far players may lag, in nanoseconds of stream time
	most  atomic.Int64  // and in bytes

	noDelay atomic.Bool // players have TCP_NODELAY
}

func newSource(h *Hub, k media.Key) *source {
	s := &source{
		hub: h, key: k, silent: pureAudio + 1,
		subs: map[*Subscription]struct{}{}, cursors: map[*cursor]struct{}{},
	}
	s.flusher.fire, s.flusher.pulse = s.stalled, &h.pulse
	return s
}

// publish makes p the publisher.
func (s *source) publish(p *Publication, set StreamSettings) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return media.ErrShutdown
	case s.pub != nil:
		return media.ErrBusy
	}
	s.pub, s.atc = p, false
	s.set(set)
	s.headers = media.Headers{}
	s.silent = pureAudio + 1
	s.clock.restart()
	s.facts = facts{since: time.Now()}
	return nil
}

// unpublish ends p's turn, if it has not ended.
func (s *source) unpublish(p *Publication) {
	s.mu.Lock()
	if s.pub != p {
		s.mu.Unlock()
		return
	}
	s.unmix()
	s.pub = nil
	s.gop = gop{}
	s.ring.push(nil, 0)
	for _, l := range s.logs {
		l.unpublish()
	}
	s.left.Add(1)
	s.trim()
	s.flush()
	s.mu.Unlock()
	s.hub.release(s)
}

// shutdown ends all that use the source.
func (s *source) shutdown() {
	s.mu.Lock()
	s.closed = true
	pub := s.pub
	var subs []*Subscription
	for sub := range s.subs {
		subs = append(subs, sub)
	}
	s.mu.Unlock()
	if pub != nil {
		pub.End(media.ErrShutdown)
	}
	for _, sub := range subs {
		sub.End(media.ErrShutdown)
	}
}
