package hub

import "weir/media"

// ring holds a stream's newest packets, by sequence numbers that never repeat. A
// nil packet stands where a publisher left.
type ring struct {
	packets []*media.Packet // its length is a power of two
	tail    uint64          // the oldest
	head    uint64          // the next
	bytes   int             // of the packets' bodies
}

func (r *ring) len() int { return int(r.head - r.tail) } //nolint:gosec // bounded by memory

func (r *ring) at(seq uint64) *media.Packet { return r.packets[seq&uint64(len(r.packets)-1)] }

// push adds p and returns its number.
func (r *ring) push(p *media.Packet) uint64 {
	if r.len() == len(r.packets) {
		r.grow()
	}
	r.packets[r.head&uint64(len(r.packets)-1)] = p
	if p != nil {
		r.bytes += len(p.Body)
	}
	r.head++
	return r.head - 1
}

func (r *ring) grow() {
	old := *r
	r.packets = make([]*media.Packet, max(16, 2*len(old.packets)))
	for seq := old.tail; seq < old.head; seq++ {
		r.packets[seq&uint64(len(r.packets)-1)] = old.at(seq)
	}
}

// drop forgets the packets before seq.
func (r *ring) drop(seq uint64) {
	for ; r.tail < min(seq, r.head); r.tail++ {
		p := &r.packets[r.tail&uint64(len(r.packets)-1)]
		if *p != nil {
			r.bytes -= len((*p).Body)
		}
		*p = nil
	}
}
