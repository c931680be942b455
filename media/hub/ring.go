package hub

import (
	"time"

	"weir/media"
)

// ring holds a stream's newest packets, by sequence numbers that never repeat. A
// nil packet stands where a publisher left.
type ring struct {
	packets []kept // its length is a power of two
	tail    uint64 // the oldest
	head    uint64 // the next
	bytes   int    // of the packets' bodies
}

func (r *ring) len() int { return int(r.head - r.tail) } //nolint:gosec // bounded by memory

// kept is a packet, and the time at which players are given it.
type kept struct {
	*media.Packet
	shown time.Duration
}

func (r *ring) at(seq uint64) *media.Packet { return r.slot(seq).Packet }

func (r *ring) slot(seq uint64) *kept { return &r.packets[seq&uint64(len(r.packets)-1)] }

// push adds p and returns its number.
func (r *ring) push(p *media.Packet, shown time.Duration) uint64 {
	if r.len() == len(r.packets) {
		r.grow()
	}
	*r.slot(r.head) = kept{p, shown}
	if p != nil {
		r.bytes += len(p.Body)
	}
	r.head++
	return r.head - 1
}

func (r *ring) grow() {
	old := *r
	r.packets = make([]kept, max(16, 2*len(old.packets)))
	for seq := old.tail; seq < old.head; seq++ {
		*r.slot(seq) = *old.slot(seq)
	}
}

// drop forgets the packets before seq.
func (r *ring) drop(seq uint64) {
	for ; r.tail < min(seq, r.head); r.tail++ {
		k := r.slot(r.tail)
		if k.Packet != nil {
			r.bytes -= len(k.Body)
		}
		*k = kept{}
	}
}
