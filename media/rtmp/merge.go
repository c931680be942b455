package rtmp

import "time"

// muchGathered is what is read ahead of its time, in bytes: a socket's buffer has
// room for more.
const muchGathered = 64 << 10

// merge lets what a publisher sends gather between two reads: until there are so
// many bytes, or for so long. Reads that leave something are followed by others at
// once.
type merge struct {
	gather func() (wait time.Duration, bytes int) // at present; nil and zero for not at all
	hush   func(bytes int)                        // has the socket tell only of so many; nil when it cannot
	all    bool                                   // the newest read took all that there was
}

func (m *merge) took(n, of int) { m.all = n < of }

// pause returns when a read ends that finds too little; zero for never. Such times
// are the same for all publishers, who wake the runtime together. A read must be over
// by the deadline, if that is not zero: half of the time is left to the peer.
func (m *merge) pause(deadline func() time.Time) time.Time {
	if m.gather == nil || !m.all {
		return time.Time{}
	}
	wait, bytes := m.gather()
	if wait == 0 {
		m.listen()
		return time.Time{}
	}
	now := time.Now()
	at := now.Truncate(wait).Add(wait)
	until := deadline()
	if half := now.Add(until.Sub(now) / 2); !until.IsZero() && half.Before(at) {
		at = half
	}
	switch {
	case m.hush != nil && bytes > 0:
		m.hush(bytes)
	case m.hush != nil:
		m.hush(muchGathered)
	case bytes > 0: // it would cost more than it saves
		return time.Time{}
	default:
		time.Sleep(at.Sub(now))
		return time.Time{}
	}
	return at
}

// listen has the socket tell of all that comes.
func (m *merge) listen() {
	if m.hush != nil {
		m.hush(1)
	}
}
