package js

import (
	"testing"
	"time"

	"github.com/dop251/goja"
)

// What a busy machine takes from the process is not held against a script.
func TestMeterCountsTimeOfTheCPU(t *testing.T) {
	const limit = 100 * time.Millisecond
	tests := []struct {
		name        string
		passed, ran time.Duration
		interrupted bool
	}{
		{"within the limit", 50 * time.Millisecond, 50 * time.Millisecond, false},
		{"it ran all the time", 101 * time.Millisecond, 100 * time.Millisecond, true},
		{"others had the CPU", time.Second, 20 * time.Millisecond, false},
		{"others had most of it", time.Second, 100 * time.Millisecond, true},
		{"it waits", 3 * time.Second, 20 * time.Millisecond, true},
		{"other threads ran beside it", 50 * time.Millisecond, 200 * time.Millisecond, false},
	}
	for _, tt := range tests {
		m := &meter{watch: newWatchdog(0)}
		m.arm(goja.New(), limit)
		begun := m.deadline.Add(-limit)
		m.check(begun, time.Hour)
		m.check(begun.Add(tt.passed), time.Hour+tt.ran)
		if got := !m.fired.IsZero(); got != tt.interrupted {
			t.Errorf("%s: interrupted %v, want %v", tt.name, got, tt.interrupted)
		}
	}
}

func TestMeterGivesUpWhatDoesNotStop(t *testing.T) {
	m := &meter{watch: newWatchdog(0)}
	m.arm(goja.New(), time.Millisecond)
	at := m.deadline.Add(time.Millisecond)
	m.check(at, 0)
	for _, tt := range []struct {
		passed, ran time.Duration
		stuck       bool
	}{
		{2 * stuckAfter, 10 * time.Millisecond, false}, // it had no CPU to stop with
		{2 * stuckAfter, 2 * stuckAfter, true},
		{2 * (stuckAfter + starved), 10 * time.Millisecond, true}, // it waits
	} {
		if _, stuck := m.check(at.Add(tt.passed), tt.ran); stuck != tt.stuck {
			t.Errorf("%v after the interrupt, %v of the CPU: given up %v, want %v", tt.passed, tt.ran, stuck, tt.stuck)
		}
	}
}
