package rtmp

import "time"

// muchGathered is what is read ahead of its time, in bytes: a socket's buffer has
// room for more.
const muchGathered = 64 << 10

// deaf is how long a connection gathers that cannot tell how much there is: its
// buffer must not run full.
const deaf = 20 * time.Millisecond

// soon is what is not worth waiting for.
const soon = time.Millisecond

// merge lets what a publisher sends gather between two reads: until there are so
// many bytes, or to a time. Reads that leave something are followed by others at
// once.
type merge struct {
	gather func() time.Time        // until when, at present; nil and the past for not at all
	wake   func(time.Time, func()) // calls a function then
	rouse  func()                  // the function; made once
	hush   func(bytes int)         // has the socket tell only of so many; nil when it cannot
	all    bool                    // the newest read took all that there was
}

func (m *merge) took(n, of int) { m.all = n < of }

// pause returns when a read ends that finds too little; zero for never. A read must
// be over by the deadline, if that is not zero: half of the time is left to the peer.
func (m *merge) pause(deadline func() time.Time) time.Time {
	if m.gather == nil || !m.all {
		return time.Time{}
	}
	now, at := time.Now(), m.gather()
	until := deadline()
	if half := now.Add(until.Sub(now) / 2); !until.IsZero() && half.Before(at) {
		at = half
	}
	switch {
	case at.Sub(now) < soon:
		m.listen()
		return time.Time{}
	case m.hush == nil:
		time.Sleep(min(at.Sub(now), deaf))
		return time.Time{}
	}
	m.hush(muchGathered)
	return at
}

// listen has the socket tell of all that comes.
func (m *merge) listen() {
	if m.hush != nil {
		m.hush(1)
	}
}
