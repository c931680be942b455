package sandbox

import (
	"net"
	"sync"
	"syscall"
)

// outbox is what a worker has not written yet. It lies in memory that the server
// shares, and reads when the worker has died: results that were there by then are
// not lost with it.
type outbox struct {
	conn  *net.UnixConn
	raw   syscall.RawConn
	board *board

	mu     sync.Mutex
	memory []byte
}

// push adds a frame; flush is to follow.
func (o *outbox) push(k kind, id uint32, body ...[]byte) error {
	size := headSize
	for _, p := range body {
		size += len(p)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if int(o.board.unsent.Load())+size > len(o.memory) {
		if err := o.write(); err != nil {
			return err
		}
	}
	if size > len(o.memory) {
		_, err := o.conn.Write(appendFrame(make([]byte, 0, size), k, id, body...))
		return err
	}
	n := o.board.unsent.Load()
	appendFrame(o.memory[:n], k, id, body...)
	o.board.unsent.Store(n + uint32(size)) //nolint:gosec // it fits the memory
	return nil
}

// flush writes what is there.
func (o *outbox) flush() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.write()
}

// write empties the memory. The lock is held.
func (o *outbox) write() error {
	n := o.board.unsent.Load()
	if n == 0 {
		return nil
	}
	var done int
	err := o.raw.Write(func(fd uintptr) bool {
		done, _ = writeNow(fd, o.memory[:n]) // an error is for Write to find
		return true
	})
	if err == nil && done < int(n) {
		_, err = o.conn.Write(o.memory[done:n])
	}
	o.board.unsent.Store(0)
	return err
}
