package sandbox

import (
	"fmt"
	"os"
	"strings"
	"syscall"

	"weir/js"
)

// Reason is why a worker died.
type Reason string

// The reasons.
const (
	Memory Reason = "memory" // it needed more than js_memory
	Stack  Reason = "stack"  // the stack of its natives overflowed
	Stuck  Reason = "stuck"  // it did not come back from native code, and was killed
	Crash  Reason = "crash"  // anything else
	Ended  Reason = "ended"  // the server ended it
)

// death is how a worker ended.
type death struct {
	reason Reason
	text   string // what the process said of it
}

// diagnose tells the reason from what the Go runtime wrote and how the process
// ended.
func diagnose(p *process, state *os.ProcessState, killed Reason) death {
	line := p.stderr.line()
	if line == "" && state != nil {
		line = state.String()
	}
	d := death{Crash, line}
	switch {
	case killed != "":
		d.reason = killed
	case says(line, "out of memory", "cannot allocate memory", "pthread_create failed", "failed to create new OS thread"), isKilled(state): // by the kernel
		d.reason = Memory
	case says(line, "goroutine stack exceeds", "stack overflow"):
		d.reason = Stack
	}
	return d
}

func says(line string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(line, w) {
			return true
		}
	}
	return false
}

func isKilled(state *os.ProcessState) bool {
	if state == nil {
		return false
	}
	status, ok := state.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}

// err is what a call that the worker had begun fails with.
func (d death) err() error {
	switch d.reason {
	case Memory:
		return fmt.Errorf("%w: its process ended: %s", js.ErrMemory, d.text)
	case Stuck:
		return fmt.Errorf("%w in native code: its process was killed", js.ErrCPU)
	case Ended:
		return js.ErrClosed
	}
	return fmt.Errorf("%w: its process ended: %s: %s", js.ErrCrash, d.reason, d.text)
}
