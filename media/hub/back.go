package hub

import (
	"errors"
	"slices"
	"time"

	"weir/media"
)

// leave follows the word of a player that it wants no more: its protocol gets the
// connection back if it asked, else it is closed.
func (s *shard) leave(p *player, reason error) {
	if !errors.Is(reason, media.ErrBack) || p.conn.Back == nil {
		s.end(p, ofPeer(reason), false)
		return
	}
	p.ending = true
	p.audience.remove(p)
	p.cut()
	p.returned = p.src.handBack(p)
	s.unblock(p)
	if p.socket.release() {
		s.finish(p)
	}
}

// handBack has p's subscription go on where p is, between two messages.
func (s *source) handBack(p *player) *media.Returned {
	s.mu.Lock()
	defer s.mu.Unlock()
	kind := media.Audio
	if s.hasVideo() {
		kind = media.Video
	}
	r := &media.Returned{
		Unsent: slices.Clone(p.pre), Begun: !p.first,
		Base: p.base - s.shown(kind, 0), Headers: p.log.headers,
	}
	if p.seg == nil {
		return r // it waits for a place to begin
	}
	seq, marked := p.next(s.ring.head)
	s.resume(&p.sub.cursor, seq)
	if marked || p.log.renew {
		p.sub.cursor.lead(p.log.headers, s.clock.now)
	}
	return r
}

// next is the number of the packet that p sends next, head when it has sent all, and
// whether headers stand ahead of it. The source's lock is held.
func (p *player) next(head uint64) (seq uint64, marked bool) {
	for seg, off := p.seg, p.off; seg != nil; seg, off = seg.next.Load(), 0 {
		marked = marked || seg != p.seg && seg.mark != nil
		if m := seg.message(off); m != nil {
			return m.seq, marked
		}
	}
	return head, marked
}

// goBack gives the subscription and the connection back.
func (p *player) goBack() {
	p.sub.mu.Lock()
	p.sub.player = nil
	p.sub.mu.Unlock()
	p.returned.Net = p.conn.Net
	_ = p.returned.Net.SetDeadline(time.Time{}) // a broken connection says so later
	p.conn.Back(*p.returned)
}
