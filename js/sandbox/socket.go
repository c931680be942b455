package sandbox

import (
	"errors"
	"io"
	"net"
	"os"
	"sync/atomic"
	"syscall"
	"time"
)

// socket is a worker's connection to the server, as its loop reads it: with or
// without waiting, until a time, or until another goroutine wakes it.
type socket struct {
	conn *net.UnixConn
	raw  syscall.RawConn

	until time.Time   // the deadline of reads
	stale bool        // another may be set
	woken atomic.Bool // since waitUntil looked last
	haste haste
}

func newSocket(c *net.UnixConn) (*socket, error) {
	raw, err := c.SyscallConn()
	return &socket{conn: c, raw: raw}, err
}

// Read implements io.Reader. It waits.
func (s *socket) Read(b []byte) (int, error) { return s.read(b, true) }

// read reads what there is. With wait it waits for that, until the deadline or a
// wake; without, neither keeps it from reading.
func (s *socket) read(b []byte, wait bool) (n int, err error) {
	var failed error
	if wait {
		begun := time.Now()
		failed = s.raw.Read(func(fd uintptr) bool {
			look := func() bool {
				n, err = readNow(fd, b)
				return !errors.Is(err, syscall.EAGAIN)
			}
			return look() || s.haste.isWorth() && s.haste.look(look)
		})
		s.haste.came(time.Since(begun))
	} else {
		failed = s.raw.Control(func(fd uintptr) { n, err = readNow(fd, b) })
	}
	switch {
	case failed != nil:
		return 0, failed
	case err != nil:
		return 0, err
	case n == 0:
		return 0, io.EOF
	}
	return n, nil
}

// wake has a read that waits, or the next one, return at once.
func (s *socket) wake() {
	s.woken.Store(true)
	_ = s.conn.SetReadDeadline(time.Unix(1, 0)) // of a closed socket, nobody waits
}

// waitUntil prepares a read that waits until due, or for ever if that is zero. It
// reports false if there was a wake.
func (s *socket) waitUntil(due time.Time) bool {
	if s.stale || !s.until.Equal(due) {
		if err := s.conn.SetReadDeadline(due); err != nil {
			return true // the read says why
		}
		s.until, s.stale = due, false
	}
	if s.woken.Swap(false) {
		s.stale = true
		return false
	}
	return true
}

// isPause reports whether a read has ended without its socket having failed.
func (s *socket) isPause(err error) bool {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		s.stale = true // it may be that of a wake
		return true
	}
	return errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EINTR)
}
