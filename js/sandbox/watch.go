package sandbox

import "time"

// How the server looks after workers.
const (
	watchTick = 10 * time.Millisecond // while calls wait
	fullTick  = time.Millisecond      // while little memory is left
	idleTick  = time.Second           // else, for scripts that run timers
	// grace is what a script gets beyond its CPU limit: the worker interrupts it
	// then, and where that has no effect the server kills.
	grace = 50 * time.Millisecond
	// starved is how long a worker may get less of the CPU than its limit before it
	// counts as one that waits for something: natives must not.
	starved = 2 * time.Second
	// silent is how long a worker may begin no call, though it runs no script; unready,
	// before it has come to be ready.
	silent  = 3 * time.Second
	unready = 30 * time.Second
	// maxLimit is the most that a worker may say of its limit.
	maxLimit = 2 * time.Minute
)

// watch kills the worker when it is stuck.
func (w *worker) watch(quit <-chan struct{}) {
	t := time.NewTicker(watchTick)
	defer t.Stop()
	var s stretch
	var p pause
	for {
		select {
		case <-quit:
			return
		case <-t.C:
		}
		full, nearly := w.isFull()
		switch {
		case w.isStuck(&s), w.isSilent(&p, time.Now()):
			w.end(Stuck)
			return
		case full:
			w.end(Memory)
			return
		case nearly:
			t.Reset(fullTick)
			continue
		}
		t.Reset(watchTick)
		if w.isIdle() {
			t.Reset(idleTick)
			select {
			case <-w.wake:
			case <-t.C:
			case <-quit:
				return
			}
			t.Reset(watchTick)
		}
	}
}

// isIdle reports whether nobody waits for the worker. It empties wake.
func (w *worker) isIdle() bool {
	select {
	case <-w.wake:
	default:
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.calls) == 0 && w.board().since.Load() == 0
}

// stretch is an uninterrupted running of script, as watch has seen it.
type stretch struct {
	since int64
	cpu   time.Duration // that the process had used when it was seen first
}

// isStuck reports whether script runs longer than it may, of the CPU's time and of
// the clock's.
func (w *worker) isStuck(s *stretch) bool {
	b := w.board()
	since := b.since.Load()
	if since == 0 {
		return false
	}
	used, err := cpuTimeOf(w.pid())
	if err != nil {
		return false // it has just died
	}
	if since != s.since {
		*s = stretch{since, used}
	}
	limit := min(max(time.Duration(b.limit.Load()), 0), maxLimit) + grace
	ran := time.Duration(clock() - since)
	if ran < -starved { // no script has begun in the future
		return true
	}
	spent := used - s.cpu + 2*watchTick // of which it has not seen the beginning
	return ran > limit && spent >= limit || ran > limit+starved
}

// isFull reports whether a script has taken more memory than there is, or nearly so
// much: one that is in a native sees no interrupt. What the program itself is counts,
// too.
func (w *worker) isFull() (full, nearly bool) {
	if w.board().since.Load() == 0 || raceDetector {
		return false, false
	}
	n, err := residentOf(w.pid())
	return err == nil && n > w.limit+w.limit/32, err == nil && n > w.limit/2
}

// pause is a time in which no call began, as watch has seen it.
type pause struct {
	begun uint32 // the last call that had
	from  time.Time
}

// isSilent reports whether the worker, though it runs no script, does not begin what
// it was sent.
func (w *worker) isSilent(p *pause, now time.Time) bool {
	b := w.board()
	begun := b.begun.Load()
	w.mu.Lock()
	waits := w.last != begun
	w.mu.Unlock()
	if !waits || b.since.Load() != 0 || begun != p.begun || p.from.IsZero() {
		*p = pause{begun, now}
		return false
	}
	limit := unready
	if w.isReadyNow() {
		limit = silent
	}
	return now.Sub(p.from) > limit
}
