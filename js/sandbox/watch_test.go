package sandbox

import (
	"errors"
	"syscall"
	"testing"
	"time"

	"weir/js"
)

// A worker that has stopped for another reason than its scripts is replaced, too,
// and what it had not begun is run.
func TestSilentWorkerIsReplaced(t *testing.T) {
	s := start(t, bombs)
	if _, err := do(t, s, "a", "ok"); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(s.common.current.Load().pid(), syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	call := js.Call{Unit: "a", Func: js.Func{Module: "m", Name: "ok"}, Budget: js.Budget{Wall: time.Minute}}
	if r, err := s.Call(t.Context(), call); err != nil || r.Value != "ok" {
		t.Errorf("%v, %v", r.Value, err)
	}
	call.Budget.Wall, call.Func.Name = 50*time.Millisecond, "wait"
	if _, err := s.Call(t.Context(), call); !errors.Is(err, js.ErrTimeout) {
		t.Errorf("%v, want %v", err, js.ErrTimeout)
	}
}
