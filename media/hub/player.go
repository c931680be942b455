package hub

import (
	"sync/atomic"
	"time"

	"weir/media"
)

// player is a connection and its cursor into a log. It belongs to its shard's
// goroutine once it has joined.
type player struct {
	// What each flush needs stands together: with many players the processor's caches
	// hold none of it.
	log     *log
	seg     *segment // nil while it waits for a place to begin
	off     int
	pre     []byte // sent ahead of the log; off is between two messages while there is some
	socket  socket
	shard   *shard
	src     *source
	count   *atomic.Uint64 // of bytes, the subscription's; may be nil
	left    uint64         // how many publishers had left when it subscribed
	seen    time.Duration  // stream time at which it was known not to lag
	moved   time.Time      // when the connection took something
	finite  bool           // it ends with its publication
	blocked bool           // the connection takes nothing
	first   bool           // it has not begun yet
	waits   bool           // it has found no place to begin
	ending  bool
	silent  uint8       // rounds of ask without a sign of life
	heard   atomic.Bool // since the newest round

	sub      *Subscription
	conn     media.Conn // without its Hello
	audience *audience
	index    int           // in audience
	since    uint64        // the earliest packet that it may begin at
	owed     int           // bytes of replies in pre
	base     time.Duration // its zero
	reason   error
	returned *media.Returned // what is given back at the end; nil if the connection is closed
}

// push sends all that there is, until the connection takes no more. The error is
// media.ErrUnpublished when nothing is to follow; others are the connection's.
func (p *player) push(now time.Time) error {
	for {
		over := p.unpublished()
		rest := p.unread()
		if len(p.pre)+len(rest) == 0 {
			p.seen = time.Duration(p.log.now.Load())
			if over {
				return media.ErrUnpublished
			}
			return nil
		}
		all := len(p.pre) + len(rest)
		n, err := p.socket.send(p.pre, rest)
		if n > 0 {
			p.sent(n)
			p.moved = now
		}
		switch {
		case err != nil && err != errAgain:
			return err
		case err == errAgain || n < all:
			p.block(now)
			return nil
		}
	}
}

// unpublished says whether the player must end with what is in the log: its
// publisher has left.
func (p *player) unpublished() bool {
	return p.finite && p.src.left.Load() != p.left
}

// sent moves the cursor by n bytes.
func (p *player) sent(n int) {
	if p.count != nil {
		p.count.Add(uint64(n)) //nolint:gosec // not negative
	}
	p.shard.sent += uint64(n) //nolint:gosec // not negative
	if ahead := min(n, len(p.pre)); ahead > 0 {
		n -= ahead
		if p.pre = p.pre[ahead:]; len(p.pre) == 0 {
			p.pre, p.owed = nil, 0
		}
	}
	p.off += n
}

func (p *player) block(now time.Time) {
	if !p.blocked {
		p.blocked = true
		p.moved = now
	}
	p.socket.await()
}

// unread returns what p has not sent of its segment, moving on to the next one
// when that is all.
func (p *player) unread() []byte {
	if p.seg == nil && (!p.first && len(p.pre) > 0 || !p.begin()) { // after a jump one thing follows the other
		return nil
	}
	for {
		next := p.seg.next.Load() // before n, which then is final
		if n := int(p.seg.n.Load()); p.off < n {
			return p.seg.buf[p.off:n]
		}
		if next == nil || !p.enter(next) {
			return nil
		}
	}
}

// enter goes on with the next segment, with new headers when it has a mark.
func (p *player) enter(next *segment) bool {
	if m := next.mark; m != nil {
		if m.publisher && p.unpublished() {
			return false
		}
		p.base = min(p.base, m.zero)
		p.pre = p.log.framer.Begin(p.pre, m.headers, m.last, p.base, false)
	}
	p.seg, p.off = next, 0
	return true
}

// begin puts p ahead of the newest keyframe, or of the first one that it has waited
// for, if it may begin there.
func (p *player) begin() bool {
	at := p.log.place.Load()
	if first := p.log.opening.place.Load(); p.waits && first != nil && first.seq >= p.since {
		at = first
	}
	none := at == nil || at.seq < p.since || p.unpublished()
	p.log.opening.wait(p, none)
	if none {
		return false
	}
	if p.first || at.base < p.base {
		p.base = at.base
	}
	p.pre = p.log.framer.Begin(p.pre, at.headers, at.last, p.base, p.first)
	p.seg, p.off, p.first = at.seg, at.off, false
	p.seen = time.Duration(p.log.now.Load())
	return true
}
