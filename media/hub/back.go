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
	p.returned = p.back()
	s.unblock(p)
	if p.socket.release() {
		s.finish(p)
	}
}

// back says where the protocol goes on: behind the message under way.
func (p *player) back() *media.Returned {
	p.cut()
	return &media.Returned{
		Unsent: slices.Clone(p.pre), Begun: !p.first, Base: p.base,
		Next: p.time(time.Duration(p.log.now.Load()) + 1),
	}
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
