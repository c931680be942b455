package hub

import (
	"context"
	"fmt"
	"sync/atomic"

	"weir/media"
)

// Subscription implements media.Subscription.
type Subscription struct {
	ending
	src     *source
	options SubscribeOptions
	jumps   atomic.Uint64

	// Guarded by ending's lock.
	player *player
	over   bool

	cursor cursor // of Next; guarded by the source's lock
	left   uint64 // how many publishers had left when it began
}

var _ media.Subscription = (*Subscription)(nil)

// subscribe notes sub; false says that the hub was shut down.
func (s *source) subscribe(sub *Subscription, set StreamSettings) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.subs[sub] = struct{}{}
	sub.left = s.left.Load()
	sub.cursor.left = sub.left
	if s.pub == nil && len(s.subs) == 1 {
		s.set(set)
	}
	if sub.options.FromHere {
		s.know(&sub.cursor)
	}
	return !s.closed
}

// Key implements media.Subscription.
func (s *Subscription) Key() media.Key { return s.src.key }

// Jumps is how often its player has lagged and gone on at the newest keyframe.
func (s *Subscription) Jumps() uint64 { return s.jumps.Load() }

// Attach implements media.Subscription.
func (s *Subscription) Attach(c media.Conn, f media.Framer) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.reason != nil:
		return s.reason
	case s.over || s.player != nil:
		return errClosed
	}
	p, err := s.src.attach(s, c, f)
	if err != nil {
		return fmt.Errorf("play %s: %w", s.Key(), err)
	}
	s.player = p
	return nil
}

// Next implements media.Subscription. The first packets, and the first after
// ErrUnpublished or a jump, are the headers, stamped with the time of the frame
// that follows them.
func (s *Subscription) Next(ctx context.Context, into []*media.Packet) (int, error) {
	for {
		if err := s.state(); err != nil {
			return 0, err
		}
		n, more, err := s.src.read(&s.cursor, into)
		if err != nil && s.options.EndWithPublication {
			s.End(err)
		}
		if n > 0 || err != nil || len(into) == 0 {
			return n, err
		}
		select {
		case <-more:
		case <-s.Done():
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

func (s *Subscription) state() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reason == nil && (s.over || s.player != nil) {
		return errClosed
	}
	return s.reason
}

// End ends the subscription for the server: Done is closed and Err is the reason.
// A player is sent its goodbye and closed; whoever calls Next must still Close.
func (s *Subscription) End(reason error) {
	if !s.end(reason) {
		return
	}
	s.mu.Lock()
	p := s.player
	s.mu.Unlock()
	if p != nil {
		p.shard.post(event{player: p, what: ended, reason: s.Err()})
	}
}

// Close implements media.Subscription. It closes a player that was attached.
func (s *Subscription) Close(reason error) {
	s.mu.Lock()
	p := s.player
	s.mu.Unlock()
	if p != nil {
		p.shard.post(event{player: p, what: gone, reason: reason})
		return
	}
	s.finish(reason)
}

// finish gives the subscription back and returns why it ended: the server's reason
// before the peer's.
func (s *Subscription) finish(reason error) error {
	s.mu.Lock()
	over := s.over
	s.over = true
	if s.reason != nil {
		reason = s.reason
	}
	s.mu.Unlock()
	if over {
		return reason
	}
	s.src.unsubscribe(s)
	if s.options.OnClose != nil {
		s.options.OnClose(reason)
	}
	return reason
}

func (s *source) unsubscribe(sub *Subscription) {
	s.mu.Lock()
	delete(s.subs, sub)
	delete(s.cursors, &sub.cursor)
	sub.cursor.known = true // a Next under way is not to make it so
	s.trim()
	s.mu.Unlock()
	s.hub.release(s)
}
