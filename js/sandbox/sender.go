package sandbox

import (
	"fmt"
	"net"
	"sync"
	"syscall"
)

// sender writes frames to a worker for any number of goroutines. Whoever comes
// first writes for all who come meanwhile, and none waits for a worker that does
// not read: what the socket does not take, run writes.
type sender struct {
	conn *net.UnixConn
	raw  syscall.RawConn
	full chan struct{} // run is to go on

	mu      sync.Mutex
	queue   []byte // to be written
	spare   []byte // the queue before, to be used again
	writing bool
	rest    []byte // what the socket did not take
}

func newSender(c *net.UnixConn) (*sender, error) {
	raw, err := c.SyscallConn()
	if err != nil {
		return nil, err
	}
	return &sender{conn: c, raw: raw, full: make(chan struct{}, 1)}, nil
}

// push queues a frame; flush is to follow. It reports false when too much waits.
func (s *sender) push(k kind, id uint32, body ...[]byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) > maxQueue {
		return false
	}
	s.queue = appendFrame(s.queue, k, id, body...)
	return true
}

// send is push and flush.
func (s *sender) send(k kind, id uint32, body ...[]byte) bool {
	ok := s.push(k, id, body...)
	s.flush()
	return ok
}

// flush writes what is queued, unless somebody does already.
func (s *sender) flush() {
	s.mu.Lock()
	if s.writing {
		s.mu.Unlock()
		return
	}
	s.writing = true
	for len(s.queue) > 0 {
		b := s.next()
		s.mu.Unlock()
		n := s.try(b)
		s.mu.Lock()
		if n < len(b) {
			s.rest = b[n:] // still writing: run goes on
			s.mu.Unlock()
			s.full <- struct{}{}
			return
		}
		s.reuse(b)
	}
	s.writing = false
	s.mu.Unlock()
}

// next takes the queue. The lock is held.
func (s *sender) next() []byte {
	b := s.queue
	s.queue, s.spare = s.spare[:0], nil
	return b
}

// reuse keeps a buffer for later. The lock is held.
func (s *sender) reuse(b []byte) {
	if cap(b) <= keepSize {
		s.spare = b[:0]
	}
}

// try writes what the socket takes at once. An error is for run to find.
func (s *sender) try(b []byte) (n int) {
	_ = s.raw.Write(func(fd uintptr) bool {
		n, _ = writeNow(fd, b)
		return true
	})
	return n
}

// run writes what others could not, until quit closes or a write fails.
func (s *sender) run(quit <-chan struct{}) error {
	for {
		select {
		case <-quit:
			return nil
		case <-s.full:
		}
		s.mu.Lock()
		b := s.rest
		s.rest = nil
		for len(b) > 0 {
			s.mu.Unlock()
			if _, err := s.conn.Write(b); err != nil {
				return fmt.Errorf("write to worker: %w", err)
			}
			s.mu.Lock()
			b = s.next()
		}
		s.writing = false
		s.mu.Unlock()
	}
}
