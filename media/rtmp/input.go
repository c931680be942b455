package rtmp

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"time"

	"weir/media"
	"weir/media/rtmp/chunk"
)

const (
	readBuffer    = 4 << 10  // while commands are exchanged
	publishBuffer = 16 << 10 // while media comes
	maxAhead      = 64 << 10 // read while the router thinks
)

var (
	errTimeout  = errors.New("peer is silent for too long")
	errGathered = errors.New("what has gathered is to be read")
	errNudged   = errors.New("look at the sessions") // an interrupt that ends nothing
)

// input is what a peer sends, under a deadline. Another goroutine may interrupt
// the read that waits.
type input struct {
	chunk.Reader
	net  net.Conn
	from io.Reader // the same
	info *media.Connection
	merge

	mu     sync.Mutex
	until  time.Time // zero for never
	armed  deadline
	early  time.Time // a read that waits ends then, if it is not zero
	reason error     // of an interrupt, given out until it is cleared
}

// deadline is what the connection's is known to be.
type deadline struct {
	time.Time // zero for none
	known     bool
}

// holds says whether reads need no other deadline: one that comes too early is seen
// to then. So it is not moved with each packet.
func (d deadline) holds(until time.Time) bool {
	return d.known && (d.Equal(until) || !d.IsZero() && d.Before(until))
}

func newInput(c net.Conn, info *media.Connection) *input {
	in := &input{net: c, from: quietly(c), info: info}
	if h, ok := in.from.(interface{ hush(bytes int) }); ok {
		in.hush = h.hush
	}
	in.Source, in.rouse = in, in.wakened
	in.Resize(readBuffer)
	in.SetLimits(talkLimits)
	return in
}

// talkLimits hold while nothing but commands is to come.
var talkLimits = chunk.Limits{Message: maxCommand, Video: maxCommand, Partial: 4 * maxCommand}

// Read reads from the connection and counts.
func (in *input) Read(b []byte) (int, error) {
	early := in.pause(in.deadline)
	n, err := in.read(b, early)
	if errors.Is(err, errGathered) {
		n, err = in.read(b, time.Time{})
	}
	in.took(n, len(b))
	in.info.BytesIn.Add(uint64(n)) //nolint:gosec // not negative
	return n, err
}

// read reads until the deadline, or with errGathered to a time ahead of it.
func (in *input) read(b []byte, early time.Time) (int, error) {
	for {
		if err := in.arm(early); err != nil {
			return 0, err
		}
		n, err := in.from.Read(b)
		if n == 0 && errors.Is(err, os.ErrDeadlineExceeded) {
			if err = in.expired(); err == nil {
				continue
			}
		}
		return n, err //nolint:wrapcheck // wrapped with the session's end
	}
}

// wait sets when reads end by errTimeout: after d from now, or never for zero.
func (in *input) wait(d time.Duration) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.until = time.Time{}
	if d > 0 {
		in.until = time.Now().Add(d)
	}
}

func (in *input) waitUntil(t time.Time) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.until = t
}

func (in *input) deadline() time.Time {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.until
}

// arm sets when the next read ends: by then, if that is not zero, or by the deadline.
func (in *input) arm(early time.Time) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.reason != nil {
		return in.reason
	}
	if in.early = early; !early.IsZero() {
		in.wake(early, in.rouse)
	}
	if in.armed.holds(in.until) {
		return nil
	}
	in.armed = deadline{in.until, true}
	return in.net.SetReadDeadline(in.until) //nolint:wrapcheck // wrapped with the session's end
}

// wakened ends a read that was to end by now.
func (in *input) wakened() {
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.early.IsZero() && !time.Now().Before(in.early) {
		in.cut()
	}
}

// cut ends a read that waits. The lock is held.
func (in *input) cut() {
	in.armed.known = false
	_ = in.net.SetReadDeadline(time.Unix(1, 0)) // a closed connection ends reads as well
}

// expired returns why a read has ended; nil when it is to go on.
func (in *input) expired() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.armed.known = false
	switch {
	case in.reason != nil:
		return in.reason
	case !in.early.IsZero():
		return errGathered
	case !in.until.IsZero() && !time.Now().Before(in.until):
		return errTimeout
	}
	return nil
}

// interrupt ends reads with a reason, unless they end with another already.
func (in *input) interrupt(reason error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.reason == nil || errors.Is(in.reason, errNudged) {
		in.reason = reason
		in.cut()
	}
}

// clear lets reads go on after an interrupt for that reason.
func (in *input) clear(reason error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if errors.Is(in.reason, reason) {
		in.reason = nil
	}
}

// ahead reads without parsing until it may not hold more or an error comes: so a
// peer that leaves is noticed, and what it sends early is kept.
func (in *input) ahead() error {
	for len(in.Pending()) < maxAhead {
		if err := in.Fill(); err != nil {
			return err //nolint:wrapcheck // wrapped with the session's end
		}
	}
	return nil
}
