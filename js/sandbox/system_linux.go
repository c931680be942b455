package sandbox

import (
	"fmt"
	"io"
	"math"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// hasWorkers says whether this system has what workers need.
const hasWorkers = true

// self is this program, also when its file has been replaced.
const self = "/proc/self/exe"

// socketPair makes the two ends of a worker's socket.
func socketPair() (ours *net.UnixConn, theirs *os.File, err error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("socketpair: %w", err)
	}
	theirs = os.NewFile(uintptr(fds[1]), "worker")
	f := os.NewFile(uintptr(fds[0]), "server")
	defer f.Close()
	if ours, err = unixConn(f); err != nil {
		theirs.Close()
		return nil, nil, err
	}
	return ours, theirs, nil
}

func unixConn(f *os.File) (*net.UnixConn, error) {
	c, err := net.FileConn(f)
	if err != nil {
		return nil, err
	}
	u, ok := c.(*net.UnixConn)
	if !ok {
		c.Close()
		return nil, fmt.Errorf("%s is not a Unix socket", f.Name())
	}
	return u, nil
}

// sharedMemory makes memory for a worker. Its size is sealed: the worker cannot
// take it from under the server.
func sharedMemory(size int) (*os.File, []byte, error) {
	fd, err := unix.MemfdCreate("weir worker", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, nil, fmt.Errorf("memfd_create: %w", err)
	}
	f := os.NewFile(uintptr(fd), "memory")
	if err = f.Truncate(int64(size)); err == nil {
		_, err = unix.FcntlInt(f.Fd(), unix.F_ADD_SEALS, unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_SEAL)
	}
	if err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("seal shared memory: %w", err)
	}
	b, err := mapMemory(f, size)
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, b, nil
}

func mapMemory(f *os.File, size int) ([]byte, error) {
	b, err := unix.Mmap(int(f.Fd()), 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("map shared memory: %w", err)
	}
	return b, nil
}

func unmapMemory(b []byte) error { return unix.Munmap(b) }

// withParent has the kernel end the process with the thread that started it, and by
// nothing else: a terminal's signals are for the server, which ends its workers.
func withParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setsid: true}
}

// killSession ends what is left of a process that was started so, and has not been
// waited for.
func killSession(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) } // it may be gone

// keepDescriptors has no process that this one starts inherit a descriptor that is
// not given to it. Kernels before 5.11 do not know how.
func keepDescriptors() {
	_ = unix.CloseRange(socketFD, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC)
}

// clock is a time in nanoseconds that all processes share.
func clock() int64 {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &t); err != nil {
		return 0
	}
	return t.Nano()
}

// cpuTimeOf is the CPU time that a process has used.
func cpuTimeOf(pid int) (time.Duration, error) {
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|2), &t); err != nil { //nolint:gosec // clock_getcpuclockid(3)
		return 0, err
	}
	return time.Duration(t.Nano()), nil
}

// residentOf is the memory that a process has, in bytes.
func residentOf(pid int) (int64, error) { return pagesOf(pid, 1) }

// mappedOf is what a process has mapped to write to, and shares with nobody, in bytes.
func mappedOf(pid int) (int64, error) { return pagesOf(pid, 5) }

// pagesOf is a field of proc_pid_statm(5), in bytes.
func pagesOf(pid, field int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(text))
	if len(fields) <= field {
		return 0, fmt.Errorf("statm: %d fields", len(fields))
	}
	n, err := strconv.ParseInt(fields[field], 10, 64)
	return n * int64(os.Getpagesize()), err
}

// readNow and writeNow are recv(2) and send(2) that do not wait. They do not tell Go's
// scheduler of the call: it is over before that could matter, and wakes the runtime's
// monitor otherwise, which naps for 20 µs at a time from then on.
func readNow(fd uintptr, b []byte) (int, error) {
	n, err := now(unix.SYS_RECVFROM, fd, b)
	if n == 0 && err == nil {
		return 0, io.EOF
	}
	return n, err
}

func writeNow(fd uintptr, b []byte) (int, error) { return now(unix.SYS_SENDTO, fd, b) }

func now(number, fd uintptr, b []byte) (int, error) {
	const flags = unix.MSG_DONTWAIT | unix.MSG_NOSIGNAL
	n, _, e := unix.RawSyscall6(number, fd, uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)), flags, 0, 0)
	if e != 0 {
		return 0, e
	}
	return int(n), nil
}
