package mediatest

import (
	"context"

	"weir/media"
)

type subscription struct {
	*ending
	key     media.Key
	session *media.Session
	stream  *stream

	ahead []*media.Packet // headers that Next gives out ahead of the stream
	at    int             // of the next packet
}

var _ media.Subscription = (*subscription)(nil)

func (s *subscription) Key() media.Key { return s.key }

func (s *subscription) Close(reason error) { s.close(reason, func() {}) }

// join is called under the router's lock.
func (s *subscription) join() {
	s.at = s.stream.newest()
	h := s.stream.headers(s.at)
	for _, p := range []*media.Packet{h.Metadata, h.Video, h.Audio} {
		if p != nil {
			s.ahead = append(s.ahead, p)
		}
	}
}

func (s *subscription) Next(ctx context.Context, into []*media.Packet) (int, error) {
	n := copy(into, s.ahead)
	if s.ahead = s.ahead[n:]; n > 0 {
		return n, nil
	}
	for {
		s.router.mu.Lock()
		n, err := s.read(into)
		changed := s.router.changed
		s.router.mu.Unlock()
		if n > 0 || err != nil {
			return n, err
		}
		select {
		case <-changed:
		case <-s.done:
			return 0, s.err
		case <-ctx.Done():
			return 0, ctx.Err() //nolint:wrapcheck // as the contract's ctx
		}
	}
}

// read is called under the router's lock.
func (s *subscription) read(into []*media.Packet) (int, error) {
	n := 0
	for n < len(into) && s.at < len(s.stream.packets) {
		p := s.stream.packets[s.at]
		if p == nil && n > 0 {
			break
		}
		s.at++
		if p == nil {
			return 0, media.ErrUnpublished
		}
		into[n] = p
		n++
	}
	return n, nil
}
