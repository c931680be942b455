package hub

import (
	"time"

	"weir/media"
)

// cursor is where a reader of packets stands.
type cursor struct {
	known   bool            // the source knows it
	waiting bool            // for a place to begin
	at      uint64          // the next packet
	ahead   []*media.Packet // headers that come first
	left    uint64          // how many publishers' leaving it knows of
}

// read copies packets for c. When there are none, more is closed once there may be.
func (s *source) read(c *cursor, into []*media.Packet) (n int, more <-chan struct{}, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !c.known {
		s.know(c)
	}
	if !c.waiting && c.at < s.ring.tail { // it lags
		s.hub.Counters.Jumps.Add(1)
		c.waiting = true
	}
	if c.waiting {
		if left := s.left.Load(); left != c.left {
			c.left = left
			s.place(c)
			return 0, nil, media.ErrUnpublished
		}
		s.place(c)
	}
	if n, err = s.copy(c, into); n > 0 || err != nil {
		return n, nil, err
	}
	if s.more == nil {
		s.more = make(chan struct{})
	}
	return 0, s.more, nil
}

func (s *source) know(c *cursor) {
	s.cursors[c] = struct{}{}
	c.known = true
	s.place(c)
}

// copy copies the packets at c, up to the end of their publisher's.
func (s *source) copy(c *cursor, into []*media.Packet) (int, error) {
	n := copy(into, c.ahead)
	c.ahead = c.ahead[n:]
	if c.waiting {
		return 0, nil
	}
	for ; n < len(into) && c.at < s.ring.head; n++ {
		p := s.ring.at(c.at)
		if p == nil && n > 0 {
			break
		}
		c.at++
		if p == nil {
			c.left++
			s.place(c)
			return 0, media.ErrUnpublished
		}
		into[n] = p
	}
	return n, nil
}

// place lets c begin with the newest group of pictures, or wait for the next.
func (s *source) place(c *cursor) {
	c.waiting, c.ahead = true, nil
	if s.gop.valid && s.gop.start >= s.ring.tail {
		c.left = s.left.Load()
		c.begin(&s.gop)
	}
}

// beginCursors lets those that wait begin with a group that has just begun.
func (s *source) beginCursors() {
	for c := range s.cursors {
		if c.waiting && c.left == s.left.Load() { // else it must be told first
			c.begin(&s.gop)
		}
	}
}

func (c *cursor) begin(g *gop) {
	c.waiting, c.at = false, g.start
	c.lead(g.headers, g.time)
}

// lead has headers come first, stamped with a time.
func (c *cursor) lead(h media.Headers, at time.Duration) {
	for p := range h.All() {
		q := *p
		q.DTS = at
		c.ahead = append(c.ahead, &q)
	}
}

// resume lets c go on at a packet, ahead of which it knows of every publisher's leaving.
func (s *source) resume(c *cursor, seq uint64) {
	s.cursors[c] = struct{}{}
	c.known, c.waiting, c.at, c.left = true, false, seq, s.left.Load()
	for at := max(seq, s.ring.tail); at < s.ring.head; at++ {
		if s.ring.at(at) == nil {
			c.left--
		}
	}
}
