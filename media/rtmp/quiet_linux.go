package rtmp

import (
	"io"
	"net"
	"syscall"
	"unsafe"
)

// quiet reads from a TCP connection without telling Go's scheduler of each call: one
// that does not wait is over before it could act on that, and being told wakes the
// runtime's monitor, for each message of a publisher. Waiting is the net poller's,
// as ever.
type quiet struct {
	raw  syscall.RawConn
	try  func(fd uintptr) bool // made once; an allocation a read otherwise
	into []byte
	n    int
	err  error
	low  int  // SO_RCVLOWAT; zero is one
	hold bool // the next read waits for as much
	idle bool // and does not look first
}

// quietly returns what reads from c.
func quietly(c net.Conn) io.Reader {
	tcp, ok := c.(*net.TCPConn)
	if !ok {
		return c
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return c
	}
	q := &quiet{raw: raw}
	q.try = q.once
	return q
}

// Read implements io.Reader.
func (q *quiet) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	q.into, q.n, q.err = b, 0, nil
	err := q.raw.Read(q.try)
	q.into, q.hold, q.idle = nil, false, false
	if err != nil {
		return 0, err //nolint:wrapcheck // net.Conn's own
	}
	return q.n, q.err
}

// hush has the next read wait for so many bytes: the runtime is not woken for less
// (SO_RCVLOWAT, socket(7)). It needs a deadline, at which to read what there is, since
// the poller forgets what comes just ahead of a read. Reads go on as ever behind it.
func (q *quiet) hush(bytes int) {
	q.hold, q.idle = bytes > 1, bytes > 1
	if bytes != max(q.low, 1) {
		_ = q.raw.Control(func(fd uintptr) { q.setLow(int(fd), bytes) }) // a closed connection is noticed by its reader
	}
}

func (q *quiet) setLow(fd, bytes int) {
	q.low = bytes
	value := int32(bytes) //nolint:gosec // small
	_, _, errno := syscall.RawSyscall6(syscall.SYS_SETSOCKOPT, uintptr(fd), syscall.SOL_SOCKET, syscall.SO_RCVLOWAT,
		uintptr(unsafe.Pointer(&value)), unsafe.Sizeof(value), 0)
	if errno != 0 {
		q.low, q.hold, q.idle = 1, false, false
	}
}

// once says whether there was something to read, or an end.
func (q *quiet) once(fd uintptr) bool {
	if q.idle {
		q.idle = false
		return false
	}
	for {
		n, _, errno := syscall.RawSyscall(syscall.SYS_READ, fd, uintptr(unsafe.Pointer(&q.into[0])), uintptr(len(q.into)))
		switch {
		case errno == syscall.EAGAIN && q.low > 1 && !q.hold:
			q.setLow(int(fd), 1)
			continue
		case errno == syscall.EAGAIN:
			return false
		case errno == syscall.EINTR:
			continue
		case errno != 0:
			q.err = errno
		case n == 0:
			q.err = io.EOF
		default:
			q.n = int(n)
		}
		return true
	}
}
