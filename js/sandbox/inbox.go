package sandbox

import (
	"errors"
	"net"
	"sync"
	"syscall"
)

// inbox is what a worker says. One goroutine waits for it; a caller whose call is the
// only one may look meanwhile, which saves it from being woken.
type inbox struct {
	raw  syscall.RawConn
	hear func(frame) error

	mu     sync.Mutex
	reader reader
	err    error // why there is no more
}

func newInbox(c *net.UnixConn, hear func(frame) error) (*inbox, error) {
	raw, err := c.SyscallConn()
	return &inbox{raw: raw, hear: hear}, err
}

// run takes what comes, until the socket ends. Its error says why that is.
func (i *inbox) run() error {
	if err := i.raw.Read(i.take); err != nil {
		return err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.err
}

// look takes what comes for as long as h has it try, until enough says so, and
// reports whether there will be no more.
func (i *inbox) look(h *haste, enough func() bool) (over bool) {
	err := i.raw.Control(func(fd uintptr) {
		h.look(func() bool {
			over = i.take(fd)
			return over || enough()
		})
	})
	return over || err != nil
}

// take takes what is there, and reports whether there will be no more.
func (i *inbox) take(fd uintptr) (over bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for i.err == nil {
		err := i.reader.fillFrom(func(b []byte) (int, error) { return readNow(fd, b) })
		switch {
		case errors.Is(err, syscall.EAGAIN):
			return false
		case err != nil:
			i.err = err
		default:
			i.err = i.hearAll()
		}
	}
	return true
}

// hearAll passes on the frames that have come whole.
func (i *inbox) hearAll() error {
	for {
		f, ok, err := i.reader.take()
		if !ok || err != nil {
			return err
		}
		if err := i.hear(f); err != nil {
			return err
		}
	}
}
