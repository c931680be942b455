package hub

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// poller watches the detached descriptors of players: one epoll, which Go's own
// poller watches, so that no thread waits in it and no goroutine per connection.
type poller struct {
	file *os.File
	raw  syscall.RawConn
	ep   int

	mu         sync.Mutex
	sockets    map[int32]*fdSocket // by descriptor
	generation int32
}

func (l *poller) open() error {
	ep, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return fmt.Errorf("epoll_create1: %w", err)
	}
	if err := unix.SetNonblock(ep, true); err != nil { // or os.NewFile would not poll it
		return errors.Join(fmt.Errorf("set non-blocking: %w", err), unix.Close(ep))
	}
	l.file = os.NewFile(uintptr(ep), "epoll")
	l.ep, l.sockets = ep, map[int32]*fdSocket{}
	l.raw, err = l.file.SyscallConn()
	return err
}

// close ends run.
func (l *poller) close() error { return l.file.Close() }

func (l *poller) run() {
	events := make([]unix.EpollEvent, 256)
	buf := make([]byte, 64<<10) // shared by all
	for {
		n := 0
		err := l.raw.Read(func(ep uintptr) bool {
			n = ready(ep, events)
			return n > 0
		})
		if err != nil {
			return // closed
		}
		for i := range n {
			if s := l.find(events[i].Fd, events[i].Pad); s != nil {
				s.serve(events[i].Events, buf)
			}
		}
	}
}

// ready is epoll_wait(2) without waiting, and as little to Go's scheduler as sendNow.
func ready(ep uintptr, events []unix.EpollEvent) int {
	n, _, errno := unix.RawSyscall6(unix.SYS_EPOLL_PWAIT, ep, uintptr(unsafe.Pointer(unsafe.SliceData(events))), uintptr(len(events)), 0, 0, 0)
	if errno != 0 {
		return 0 // it was interrupted
	}
	return int(n)
}

// find returns the socket of an event, unless its descriptor has another by now.
func (l *poller) find(fd, generation int32) *fdSocket {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.sockets[fd]; s != nil && s.generation == generation {
		return s
	}
	return nil
}

func (l *poller) add(s *fdSocket) error {
	l.mu.Lock()
	l.generation++
	s.generation = l.generation
	l.sockets[int32(s.fd)] = s //nolint:gosec // descriptors are small
	l.mu.Unlock()
	return l.control(unix.EPOLL_CTL_ADD, s, unix.EPOLLIN|unix.EPOLLRDHUP)
}

// remove stops watching a socket, whose descriptor is still open.
func (l *poller) remove(s *fdSocket) {
	l.mu.Lock()
	known := l.sockets[int32(s.fd)] == s //nolint:gosec // descriptors are small
	if known {
		delete(l.sockets, int32(s.fd)) //nolint:gosec // descriptors are small
	}
	l.mu.Unlock()
	if known {
		_ = l.control(unix.EPOLL_CTL_DEL, s, 0) // there is nothing else to do about it
	}
}

func (l *poller) control(op int, s *fdSocket, events uint32) error {
	e := unix.EpollEvent{Events: events, Fd: int32(s.fd), Pad: s.generation} //nolint:gosec // descriptors are small
	return unix.EpollCtl(l.ep, op, s.fd, &e)
}
