package hub

import (
	"time"

	"weir/media"
)

// maxReplies bounds what a player that asks without reading lets pile up.
const maxReplies = 64 << 10

// answer sends a reply between two messages.
func (p *player) answer(reply []byte) error {
	if p.owed += len(reply); p.owed > maxReplies {
		return media.ErrSlow
	}
	p.cut()
	p.pre = append(p.pre, reply...)
	if p.blocked {
		return nil
	}
	return p.push(p.shard.now)
}

// cut copies the rest of the message under way, so that off is between two.
func (p *player) cut() {
	if len(p.pre) > 0 || p.seg == nil {
		return
	}
	p.src.mu.Lock()
	end := p.seg.boundary(p.off)
	p.src.mu.Unlock()
	if end > p.off {
		p.pre = append([]byte(nil), p.seg.buf[p.off:end]...)
		p.off = end
	}
}

// goodbye returns what is to be sent last, and how long the connection may take to
// send it and what it took before.
func (p *player) goodbye(reason error) (last []byte, linger time.Duration) {
	if reason == media.ErrUnpublished {
		linger = p.conn.WriteDeadline // all that there is was promised
	}
	if p.conn.Goodbye == nil || p.blocked {
		return nil, linger
	}
	b := p.conn.Goodbye(reason)
	if len(b) == 0 {
		return nil, linger
	}
	p.cut()
	return append(p.pre, b...), max(linger, time.Second)
}
