package sandbox

import (
	"errors"
	"fmt"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"weir/js"
)

// intrusions are what native code could try in a worker that it has taken over.
func intrusions() []js.Native {
	call := func(number uintptr, args ...uintptr) func() error {
		var a [6]uintptr
		copy(a[:], args)
		return func() error {
			if _, _, e := syscall.Syscall6(number, a[0], a[1], a[2], a[3], a[4], a[5]); e != 0 {
				return e
			}
			return nil
		}
	}
	const nobody = 1 << 22 // a process that there is not
	return []js.Native{
		attempt("fork", fork),
		attempt("signal", call(unix.SYS_TGKILL, nobody, nobody, 0)),
		attempt("own", call(unix.SYS_FCNTL, socketFD, unix.F_SETOWN, 1)),
		attempt("dumpable", call(unix.SYS_PRCTL, unix.PR_SET_DUMPABLE, 1)),
		attempt("ptrace", call(unix.SYS_PTRACE, unix.PTRACE_TRACEME)),
		attempt("peek", call(unix.SYS_PROCESS_VM_READV, 1)),
		attempt("memfd", call(unix.SYS_MEMFD_CREATE)),
		attempt("uring", call(unix.SYS_IO_URING_SETUP, 1)),
		attempt("bpf", call(unix.SYS_BPF)),
		attempt("keys", call(unix.SYS_KEYCTL)),
		attempt("faults", call(unix.SYS_USERFAULTFD)),
		attempt("events", call(unix.SYS_PERF_EVENT_OPEN)),
		attempt("unshare", call(unix.SYS_UNSHARE, unix.CLONE_NEWUSER)),
		attempt("device", call(unix.SYS_IOCTL, 0)),
	}
}

// fork starts a process, which ends at once.
//
//go:norace
func fork() error {
	pid, _, e := syscall.RawSyscall6(unix.SYS_CLONE, uintptr(unix.SIGCHLD), 0, 0, 0, 0, 0)
	switch {
	case e != 0:
		return e
	case pid == 0:
		_, _, _ = syscall.RawSyscall(unix.SYS_EXIT_GROUP, 0, 0, 0) // does not return
	}
	return nil
}

// Native code that has taken a worker over starts no process, signals none, and
// has none of what kernels were attacked by.
func TestWorkersHaveNoOtherSystemCalls(t *testing.T) {
	s := start(t, `
		import escapes from 'escapes';
		export const attempt = name => escapes[name]();
	`)
	if w := s.common.current.Load(); len(w.refused) > 0 {
		t.Skip(w.refused)
	}
	for _, n := range intrusions() {
		got, err := do(t, s, "a", "attempt", n.Name)
		if want := syscall.EPERM.Error(); got != want || err != nil {
			t.Errorf("%s: %v, %v, want %q", n.Name, got, err, want)
		}
	}
}

// A limit that is lower already stays: only root could raise it.
func TestLimitsAreNotRaised(t *testing.T) {
	var was unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_MSGQUEUE, &was); err != nil {
		t.Fatal(err)
	}
	for _, limit := range []uint64{was.Max, unix.RLIM_INFINITY} {
		if err := lower(unix.RLIMIT_MSGQUEUE, limit); err != nil {
			t.Errorf("limit %d: %v", limit, err)
		}
		var now unix.Rlimit
		if err := errors.Join(unix.Getrlimit(unix.RLIMIT_MSGQUEUE, &now)); err != nil || now.Max != was.Max {
			t.Error(fmt.Sprint(now, err))
		}
	}
}

// However fast a script takes memory, the kernel ends its process in time: what the
// process has, and what it may yet map, are within a tenth of its limit.
func TestKernelBoundsMemory(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector's memory is not bounded")
	}
	w := start(t, gates).common.current.Load()
	var data unix.Rlimit
	if err := unix.Prlimit(w.pid(), unix.RLIMIT_DATA, nil, &data); err != nil {
		t.Fatal(err)
	}
	mapped, err := mappedOf(w.pid())
	if err != nil {
		t.Fatal(err)
	}
	resident, err := residentOf(w.pid())
	if err != nil {
		t.Fatal(err)
	}
	most := resident + int64(data.Max) - mapped - threadStacks //nolint:gosec // of a size of memory
	if limit := w.limit / 10 * 11; most > limit {
		t.Errorf("may have %d MB, %d mapped and %d resident now, want %d at most", most>>20, mapped>>20, resident>>20, limit>>20)
	}
}
