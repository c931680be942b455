package hub

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

const sendFlags = unix.MSG_DONTWAIT | unix.MSG_NOSIGNAL

// sendNow is send(2) that does not wait. It does not tell Go's scheduler of the
// call, as unix.Sendto would: for a call of some microseconds that is dear, and
// wakes the runtime's monitor, whose naps of 20 µs then interrupt the flush. In
// return others wait for a processor while it lasts, and the shard yields between
// players (see shard.send).
func sendNow(fd int, b []byte) (int, error) {
	n, _, errno := unix.RawSyscall6(unix.SYS_SENDTO, uintptr(fd),
		uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)), sendFlags, 0, 0)
	if errno != 0 {
		return 0, errno
	}
	return int(n), nil
}

// readNow is read(2) of a descriptor that does not wait, as sendNow is send(2).
func readNow(fd int, b []byte) (int, error) {
	n, _, errno := unix.RawSyscall(unix.SYS_READ, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)))
	if errno != 0 {
		return 0, errno
	}
	return int(n), nil
}
