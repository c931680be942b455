package js

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"
)

// starved is how long a run may get less of the CPU than its limit, before it
// counts as one that waits for something: natives must not.
const starved = 2 * time.Second

// meter measures the uninterrupted running of a VM, or of several of which one
// runs at a time. A run has spent its limit when
// so much time has passed and the process has used as much of the CPU meanwhile:
// what the machine gives to others is not held against a script. The meter's lock
// makes sure that an interrupt hits the run that it is meant for, and none that
// follows.
type meter struct {
	watch   *watchdog
	abandon func() // called when an interrupt had no effect

	mu       sync.Mutex
	rt       *goja.Runtime // that runs; nil: none does, and nothing of it is kept
	limit    time.Duration
	deadline time.Time     // zero: nothing runs
	fired    time.Time     // when it was interrupted; zero: not
	used     time.Duration // CPU time when the run was seen first, or was interrupted; negative: not seen
	closed   bool          // no run may last

	late atomic.Bool // the run has spent half of its limit
}

// arm starts a run of at most d on a VM.
func (m *meter) arm(rt *goja.Runtime, d time.Duration) {
	m.mu.Lock()
	m.rt = rt
	if m.closed {
		d = 0
	}
	m.limit, m.deadline, m.fired, m.used = d, time.Now().Add(d), time.Time{}, -1
	m.late.Store(false)
	m.mu.Unlock()
	m.watch.stir()
}

// disarm ends the run. broken says that it broke the VM.
func (m *meter) disarm(broken bool) {
	m.mu.Lock()
	if !m.fired.IsZero() {
		m.rt.ClearInterrupt() // it may have come too late to be seen
		if !broken {
			m.watch.memory.full.Store(false)
		}
	}
	m.rt, m.deadline, m.fired = nil, time.Time{}, time.Time{}
	m.mu.Unlock()
}

// expire spends what is left of the run, and of all that follow.
func (m *meter) expire() {
	m.mu.Lock()
	m.closed = true
	if !m.deadline.IsZero() {
		m.deadline, m.limit = time.Now(), 0
	}
	m.mu.Unlock()
}

// check interrupts the run if it has spent its limit. used is the process's CPU
// time; what it cannot know of it, two ticks, is in the limit's favour.
func (m *meter) check(now time.Time, used time.Duration) (armed, stuck bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.deadline.IsZero() {
		return false, false
	}
	if m.used < 0 {
		m.used = used
	}
	spent := used - m.used + 2*tick
	if now.After(m.deadline.Add(-m.limit/2)) && spent >= m.limit/2 {
		m.late.Store(true)
	}
	switch {
	case !m.fired.IsZero():
		late := now.Sub(m.fired)
		return true, late > stuckAfter && spent > stuckAfter || late > stuckAfter+starved
	case now.After(m.deadline) && spent >= m.limit, now.After(m.deadline.Add(starved)):
		m.fire(ErrCPU, now, used)
	}
	return true, false
}

// fire interrupts the run. The lock is held.
func (m *meter) fire(why error, now time.Time, used time.Duration) {
	m.fired, m.used = now, used
	m.rt.Interrupt(why)
}

// interrupt ends the run, if there is one that was not interrupted before.
func (m *meter) interrupt(why error, now time.Time, used time.Duration) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.deadline.IsZero() || !m.fired.IsZero() {
		return false
	}
	m.fire(why, now, used)
	return true
}

// lateness is how long the run has lasted if it has spent half of its limit; zero
// if it has not.
func (m *meter) lateness() time.Duration {
	if !m.late.Load() {
		return 0
	}
	return time.Since(m.began())
}

// began is when the run began, which lasts.
func (m *meter) began() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.deadline.Add(-m.limit)
}
