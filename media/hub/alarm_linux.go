package hub

import (
	"fmt"
	"os"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// alarm is a timer whose descriptor (timerfd_create(2)) Go's poller watches. It is not
// set before it is open.
type alarm struct {
	file *os.File
	raw  syscall.RawConn
}

func (a *alarm) open() error {
	fd, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_NONBLOCK|unix.TFD_CLOEXEC)
	if err != nil {
		return fmt.Errorf("timerfd_create: %w", err)
	}
	a.file = os.NewFile(uintptr(fd), "timer")
	a.raw, err = a.file.SyscallConn()
	return err
}

// close ends wait.
func (a *alarm) close() error { return a.file.Close() }

// set has wait return in so long, and no earlier.
func (a *alarm) set(left time.Duration) {
	if a.raw == nil {
		return
	}
	to := unix.ItimerSpec{Value: unix.NsecToTimespec(max(1, left.Nanoseconds()))}
	_ = a.raw.Control(func(fd uintptr) { // of a closed one nobody waits
		_, _, _ = unix.RawSyscall6(unix.SYS_TIMERFD_SETTIME, fd, 0, uintptr(unsafe.Pointer(&to)), 0, 0, 0)
	})
}

// wait returns when the time has come; false says that the alarm was closed.
func (a *alarm) wait() bool {
	var times [8]byte
	err := a.raw.Read(func(fd uintptr) bool {
		n, _, _ := unix.RawSyscall(unix.SYS_READ, fd, uintptr(unsafe.Pointer(&times)), uintptr(len(times)))
		return int(n) == len(times)
	})
	return err == nil
}
