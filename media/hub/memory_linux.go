package hub

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// memory is a file that is nowhere but in memory, for sendfile(2) to send from. Its
// calls are as little to Go's scheduler as sendNow's.
type memory struct{ fd uintptr }

// newMemory returns an empty one, nil when there is none to have.
func newMemory() *memory {
	name := [...]byte{'l', 'o', 'g', 0}
	fd, _, errno := unix.RawSyscall(unix.SYS_MEMFD_CREATE, uintptr(unsafe.Pointer(&name)), unix.MFD_CLOEXEC, 0)
	if errno != 0 {
		return nil
	}
	return &memory{fd: fd}
}

// append says whether there was room for all of b.
func (m *memory) append(b []byte) bool {
	n, _, errno := unix.RawSyscall(unix.SYS_WRITE, m.fd, uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)))
	return errno == 0 && int(n) == len(b)
}

// send gives a socket that does not wait n bytes from off on, and returns how many it took.
func (m *memory) send(socket, off, n int) int {
	at := uintptr(off) // off_t is as wide
	took, _, errno := unix.RawSyscall6(unix.SYS_SENDFILE, uintptr(socket), m.fd, uintptr(unsafe.Pointer(&at)), uintptr(n), 0, 0)
	if errno != 0 {
		return 0
	}
	return int(took)
}

// close gives the memory back but for what sockets have of it.
func (m *memory) close() { _, _, _ = unix.RawSyscall(unix.SYS_CLOSE, m.fd, 0, 0) }
