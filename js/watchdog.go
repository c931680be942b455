package js

import (
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// tick is how often the watchdog looks while a script runs.
const tick = 5 * time.Millisecond

// watchdog interrupts scripts that run longer than their CPU limit, and the one
// that has run longest when the heap is full. One goroutine serves all VMs of a
// pool; it sleeps while no script runs.
type watchdog struct {
	memory memory
	wake   chan struct{}
	asleep atomic.Bool
	quit   chan struct{}
	done   chan struct{}

	mu     sync.Mutex
	meters map[*meter]struct{}
}

func newWatchdog(limit uint64) *watchdog {
	return &watchdog{
		memory: memory{limit: limit},
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
	now, used := time.Now(), cpuTime()
	w.mu.Lock()
	var lost []*meter
	var longest *meter // of those that run
	for m := range w.meters {
		armed, stuck := m.check(now, used)
		if stuck {
			lost = append(lost, m)
		}
		if armed && (longest == nil || m.began().Before(longest.began())) {
			longest = m
		}
	}
	w.mu.Unlock()
	if longest != nil && w.memory.isFull() {
		w.memory.full.Store(true)
		if !longest.interrupt(ErrMemory, now, used) {
			w.memory.full.Store(false)
		}
	}
	for _, m := range lost {
		m.abandon()
	}
	return longest != nil
}

// cpuTime is the CPU time that this process has used so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return time.Duration(time.Now().UnixNano()) // as if it had all there is
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
