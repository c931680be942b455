package hub

import "time"

const (
	// late is how far behind its time a flush was not found when it was looked for:
	// it was waited for.
	late = 3 * time.Millisecond
	// probing is the part of a flush's distance by which the next is looked for
	// earlier, twice as much each time it was there: a publisher is found out that has
	// become faster.
	probing, mostProbing = 256, 8
	// unread is how long a publisher is not read at most: it sends commands, too.
	unread = 500 * time.Millisecond
)

// forecast tells when a stream's next flush is to be expected, for its publisher to
// be read then and not before. The source's lock guards it.
type forecast struct {
	known bool          // a flush was waited for
	zero  time.Time     // when a packet of stream time zero would have come
	step  time.Duration // stream time between the newest two flushes
	probe time.Duration // by how much the next is looked for earlier
	next  time.Time     // when it is
}

// flushed notes a flush at dts, step behind the last, that came now.
func (f *forecast) flushed(p *pulse, now time.Time, dts, step time.Duration, set *StreamSettings) {
	f.step = min(max(step, set.least()), 2*set.MWLatency)
	waited := !f.next.IsZero() && now.Sub(f.next) > late
	switch zero := now.Add(-dts); {
	case waited, zero.Before(f.zero):
		f.zero, f.probe = zero, f.step/probing
	default:
		f.zero = f.zero.Add(-f.probe)
		f.probe = min(2*f.probe, f.step/mostProbing)
	}
	f.known = f.known || waited
	f.next = now
	if f.known && set.MWLatency >= beside {
		wait := min(f.zero.Add(dts+f.step).Sub(now), unread)
		f.next = p.start.Add(p.next(now.Add(wait)))
	}
}

// Due is when the next packet is expected that makes players be sent something:
// until then what the publisher sends may as well gather. It is past while any
// packet may.
func (p *Publication) Due() time.Time {
	s := p.src
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.flusher.forecast.next
}

// Wake calls f at t, or up to 5 ms later together with others, while the hub runs. It
// must not wait.
func (p *Publication) Wake(t time.Time, f func()) { p.src.hub.pulse.at(t, f) }
