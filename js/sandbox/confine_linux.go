package sandbox

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"github.com/landlock-lsm/go-landlock/landlock"
	landlocksys "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// oomScore has the kernel choose a worker before the server when the machine's
// memory ends. See proc_pid_oom_score_adj(5).
const oomScore = 800

// confine takes from this process, for ever, what a worker needs none of. What the
// kernel refuses is returned as text; an error is a limit that must hold.
func confine(memory int64) (refused []string, err error) {
	try := func(what string, err error) {
		if err != nil {
			refused = append(refused, what+": "+err.Error())
		}
	}
	try("name", os.WriteFile("/proc/self/comm", []byte(workerName), 0))
	try("oom_score_adj", os.WriteFile("/proc/self/oom_score_adj", []byte(strconv.Itoa(oomScore)), 0))
	try("not dumpable", unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0))
	has, err := mappedOf(os.Getpid()) // while there are files
	if err != nil {
		return refused, fmt.Errorf("size of memory: %w", err)
	}
	try("landlock", restrictAccess())
	for resource, limit := range limits(has, memory) {
		if err := lower(resource, limit); err != nil {
			return refused, fmt.Errorf("set limit %d to %d: %w", resource, limit, err)
		}
	}
	try("seccomp", restrictCalls())
	return refused, nil
}

// limits are those of setrlimit(2), for a process that has mapped so many bytes to
// write to. RLIMIT_DATA counts those, touched or not: the runtime begins with 80 MB
// of tables that are hardly touched, and maps its heap by 4 MB. Of what the worker may
// have, the program's own pages take the eighth that is left.
func limits(has, memory int64) map[int]uint64 {
	m := map[int]uint64{unix.RLIMIT_NOFILE: 64, unix.RLIMIT_CORE: 0, unix.RLIMIT_FSIZE: 0}
	if !raceDetector {
		m[unix.RLIMIT_DATA] = uint64(has + memory/8*7 + threadStacks) //nolint:gosec // it is positive
	}
	return m
}

// lower sets a limit for good, unless there is a lower one: who is not root may not
// raise that.
func lower(resource int, limit uint64) error {
	var now unix.Rlimit
	if err := unix.Getrlimit(resource, &now); err != nil {
		return err
	}
	limit = min(limit, now.Max)
	return unix.Setrlimit(resource, &unix.Rlimit{Cur: limit, Max: limit})
}

// restrictAccess takes away files, TCP, and signals to other processes, as far as
// the kernel knows how.
func restrictAccess() error {
	if _, err := landlocksys.LandlockGetABIVersion(); err != nil {
		return fmt.Errorf("unavailable: %w", err)
	}
	return landlock.V6.BestEffort().Restrict()
}

// systemCalls are what the Go runtime and the loop of a worker need, whatever their
// arguments.
var systemCalls = []string{
	"read", "write", "readv", "writev", "recvfrom", "sendto", "recvmsg", "sendmsg", "close", "fstat",
	"poll", "ppoll", "epoll_wait", "epoll_pwait", "epoll_pwait2", "epoll_ctl", "epoll_create1", "eventfd2", "pipe2",
	"futex", "nanosleep", "clock_nanosleep", "clock_gettime", "clock_getres", "gettimeofday", "sched_yield", "sched_getaffinity",
	"getpid", "gettid", "getrusage", "getrandom", "getcpu", "membarrier", "rseq", "restart_syscall",
	"mmap", "munmap", "mremap", "mprotect", "madvise", "mincore", "brk",
	"set_robust_list", "exit", "exit_group",
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack",
	"timer_create", "timer_settime", "timer_delete", "setitimer",
}

// boundCalls are system calls of which a worker needs some uses only: each is allowed
// with one of its lists of conditions. Without them a worker might start processes,
// which its death does not end, or send signals to others of its user.
func boundCalls() []seccomp.NameWithConditions {
	var l []seccomp.NameWithConditions
	allow := func(name string, c ...seccomp.Condition) {
		l = append(l, seccomp.NameWithConditions{Name: name, Conditions: c})
	}
	is := func(argument uint32, value uint64) seccomp.Condition {
		return seccomp.Condition{Argument: argument, Operation: seccomp.Equal, Value: value}
	}
	allow("clone", // the kernel wants a thread's memory and namespaces to be its process's
		seccomp.Condition{Argument: 0, Operation: seccomp.BitsSet, Value: unix.CLONE_THREAD},
		seccomp.Condition{Argument: 0, Operation: seccomp.BitsNotSet, Value: namespaces})
	allow("tgkill", is(0, uint64(os.Getpid()))) //nolint:gosec // it is positive
	allow("prctl", is(0, unix.PR_SET_VMA))
	for _, command := range []uint64{unix.F_GETFD, unix.F_SETFD, unix.F_GETFL, unix.F_SETFL, unix.F_DUPFD_CLOEXEC} {
		allow("fcntl", is(1, command))
	}
	return l
}

// namespaces are the flags of clone(2) that ask for new ones.
const namespaces = unix.CLONE_NEWNS | unix.CLONE_NEWCGROUP | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC | unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET

// absent are system calls that fail as on a kernel that has none: C libraries try
// others then. What clone3(2) is asked for is out of a filter's sight.
var absent = []string{"clone3"}

// noSystemCall is the action that says so.
const noSystemCall = seccomp.ActionErrno | seccomp.Action(unix.ENOSYS)

// restrictCalls has every other system call fail with EPERM, in all threads.
func restrictCalls() error {
	known, err := arch.GetInfo(runtime.GOARCH)
	if err != nil {
		return err
	}
	has := func(names []string) []string {
		return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
			_, ok := known.SyscallNames[name]
			return !ok
		})
	}
	return seccomp.LoadFilter(seccomp.Filter{
		NoNewPrivs: true,
		Flag:       seccomp.FilterFlagTSync,
		Policy: seccomp.Policy{
			DefaultAction: seccomp.ActionErrno,
			Syscalls: []seccomp.SyscallGroup{
				{Action: seccomp.ActionAllow, Names: has(systemCalls), NamesWithCondtions: boundCalls()},
				{Action: noSystemCall, Names: has(absent)},
			},
		},
	})
}
