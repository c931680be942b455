package sandbox

import (
	"context"
	"errors"
	"testing"
	"time"

	"weir/js"
)

// A call that waits has begun: it fails with the common worker that it was in, and runs
// in no other. Once the vhost that brings workers down has one of its own, calls of
// others are not concerned.
func TestCallThatWaitsFailsWithTheCommonWorkerOnly(t *testing.T) {
	s := start(t, bombs)
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	wait := func() <-chan error {
		w := s.common.current.Load()
		for w == nil { // the one before has just died
			if _, err := do(t, s, "b", "ok"); err != nil {
				t.Fatal(err)
			}
			w = s.common.current.Load()
		}
		begun := w.board().begun.Load()
		failed := make(chan error, 1)
		go func() {
			_, err := s.Call(ctx, js.Call{Unit: "b", Func: js.Func{Module: "m", Name: "wait"}, Budget: js.Budget{Wall: time.Minute}})
			failed <- err
		}()
		waitFor(t, func() bool { return w.board().begun.Load() > begun })
		return failed
	}
	for range maxCharges {
		failed := wait()
		if _, err := do(t, s, "a", "die"); !errors.Is(err, js.ErrCrash) {
			t.Fatalf("%v, want %v", err, js.ErrCrash)
		}
		if err := <-failed; !errors.Is(err, js.ErrCrash) {
			t.Errorf("%v, want %v", err, js.ErrCrash)
		}
	}
	failed := wait()
	for range 3 {
		if _, err := do(t, s, "a", "die"); err == nil {
			t.Fatal("no error")
		}
	}
	if _, err := do(t, s, "b", "ok"); err != nil {
		t.Error(err)
	}
	select {
	case err := <-failed:
		t.Errorf("%v, though its worker lives", err)
	default:
	}
	leave()
	<-failed
}

// A vhost whose scripts must be interrupted again and again keeps the others waiting
// no longer: its calls go to a worker of its own.
func TestUnitThatIsInterruptedGetsItsOwn(t *testing.T) {
	s := start(t, bombs)
	for range maxCharges {
		if _, err := do(t, s, "a", "loop"); !errors.Is(err, js.ErrCPU) {
			t.Fatalf("%v, want %v", err, js.ErrCPU)
		}
	}
	if v, err := do(t, s, "a", "ok"); v != "ok" || err != nil {
		t.Errorf("%v, %v", v, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.units["a"].lane.Load() == s.common {
		t.Error("its lane is the common one")
	}
}
