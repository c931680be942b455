package hub

import (
	"time"

	"weir/media"
)

// check looks at a blocked player: it is media.ErrSlow when nothing moved for its
// write deadline; if it lags, it is made to skip.
func (p *player) check(now time.Time) error {
	if now.Sub(p.moved) > p.conn.WriteDeadline {
		return media.ErrSlow
	}
	if p.seg != nil && p.lags() {
		p.jump()
	}
	return nil
}

// lags says whether p is further behind than it may be, in time or in bytes.
func (p *player) lags() bool {
	if p.log.written.Load()-p.position() > p.src.most.Load() {
		return true
	}
	now, queue := time.Duration(p.log.now.Load()), time.Duration(p.src.queue.Load())
	if now-p.seen <= queue {
		return false
	}
	p.seen = p.time(now)
	return now-p.seen > queue
}

// time is that of the message which p sends next; now when it has sent all.
func (p *player) time(now time.Duration) time.Duration {
	p.src.mu.Lock()
	defer p.src.mu.Unlock()
	for seg, off := p.seg, p.off; seg != nil; seg, off = seg.next.Load(), 0 {
		if m := seg.message(off); m != nil {
			return m.dts
		}
	}
	return now
}

// position is the number of the log's byte that p sends next.
func (p *player) position() int64 { return p.seg.start + int64(p.off) }

// jump skips to what is the newest keyframe once the message under way is sent. When p
// has come past that already, it waits for the next one.
func (p *player) jump() {
	p.cut()
	p.shard.hub.Counters.Jumps.Add(1)
	p.sub.jumps.Add(1)
	at := p.log.place.Load()
	if at != nil && at.seg.start+int64(at.off) <= p.position() {
		p.since = at.seq + 1
	}
	p.seg = nil
}
