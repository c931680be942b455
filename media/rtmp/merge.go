package rtmp

import "time"

// mergeBelow is the least that a read takes of a connection on which more may wait;
// SRS's number.
const mergeBelow = 4 << 10

// merge lets what a publisher sends gather between two reads. Reads that take much
// are not put off: there is more.
type merge struct {
	gather time.Duration // zero for not at all
	all    bool          // the newest read took all that there was
}

func (m *merge) took(n int) { m.all = n < mergeBelow }

// pause waits ahead of a read that must be over by until; half of that time is left
// to the peer.
func (m *merge) pause(until time.Time) {
	if m.gather == 0 || !m.all {
		return
	}
	wait := m.gather
	if !until.IsZero() {
		wait = min(wait, time.Until(until)/2)
	}
	time.Sleep(wait)
}
