package js

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"
)

// tick is how often the watchdog looks while a script runs.
const tick = 5 * time.Millisecond

// errSpent is what an interrupt of the watchdog throws.
var errSpent = errors.New("interrupted")

// watchdog interrupts scripts that run longer than their CPU limit. One goroutine
// serves all VMs of a pool; it sleeps while no script runs.
type watchdog struct {
	wake   chan struct{}
	asleep atomic.Bool
	quit   chan struct{}
	done   chan struct{}

	mu     sync.Mutex
	meters map[*meter]struct{}
}

func newWatchdog() *watchdog {
	return &watchdog{
		wake:   make(chan struct{}, 1),
		quit:   make(chan struct{}),
		done:   make(chan struct{}),
		meters: map[*meter]struct{}{},
	}
}

func (w *watchdog) start() {
	go w.run()
}

// end stops the watchdog and waits for it.
func (w *watchdog) end() {
	select {
	case <-w.quit:
	default:
		close(w.quit)
	}
	<-w.done
}

func (w *watchdog) add(m *meter) {
	w.mu.Lock()
	w.meters[m] = struct{}{}
	w.mu.Unlock()
}

func (w *watchdog) remove(m *meter) {
	w.mu.Lock()
	delete(w.meters, m)
	w.mu.Unlock()
}

// stir wakes the watchdog if it sleeps.
func (w *watchdog) stir() {
	if w.asleep.Load() {
		select {
		case w.wake <- struct{}{}:
		default:
		}
	}
}

func (w *watchdog) run() {
	defer close(w.done)
	t := time.NewTicker(tick)
	defer t.Stop()
	idle := 0
	for {
		if idle > 20 {
			w.asleep.Store(true)
			if w.check() { // armed before it saw us asleep
				w.asleep.Store(false)
				idle = 0
				continue
			}
			select {
			case <-w.wake:
			case <-w.quit:
				return
			}
			w.asleep.Store(false)
			idle = 0
		}
		select {
		case <-t.C:
		case <-w.quit:
			return
		}
		idle++
		if w.check() {
			idle = 0
		}
	}
}

// check looks at all meters, and reports whether one is running.
func (w *watchdog) check() bool {
	w.mu.Lock()
	var lost []*meter
	running := false
	for m := range w.meters {
		armed, stuck := m.check(time.Now())
		running = running || armed
		if stuck {
			lost = append(lost, m)
		}
	}
	w.mu.Unlock()
	for _, m := range lost {
		m.abandon()
	}
	return running
}

// meter measures one VM's uninterrupted running. Its lock makes sure that an
// interrupt hits the run that it is meant for, and none that follows.
type meter struct {
	rt      *goja.Runtime
	watch   *watchdog
	abandon func() // called when an interrupt had no effect

	mu       sync.Mutex
	deadline time.Time // zero: nothing runs
	fired    time.Time // when it was interrupted; zero: not
	closed   bool      // no run may last
}

// arm starts a run of at most d.
func (m *meter) arm(d time.Duration) {
	m.mu.Lock()
	if m.closed {
		d = 0
	}
	m.deadline, m.fired = time.Now().Add(d), time.Time{}
	m.mu.Unlock()
	m.watch.stir()
}

// disarm ends the run.
func (m *meter) disarm() {
	m.mu.Lock()
	if !m.fired.IsZero() {
		m.rt.ClearInterrupt() // it may have come too late to be seen
	}
	m.deadline = time.Time{}
	m.mu.Unlock()
}

// expire spends what is left of the run, and of all that follow.
func (m *meter) expire() {
	m.mu.Lock()
	m.closed = true
	if !m.deadline.IsZero() {
		m.deadline = time.Now()
	}
	m.mu.Unlock()
}

func (m *meter) check(now time.Time) (armed, stuck bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.deadline.IsZero():
		return false, false
	case !m.fired.IsZero():
		return true, now.Sub(m.fired) > stuckAfter
	case now.After(m.deadline):
		m.fired = now
		m.rt.Interrupt(errSpent)
	}
	return true, false
}
