package shared

import (
	"errors"
	"runtime"
	"time"
)

// How long a process waits for another: it looks, then lets others run, then
// sleeps. A lock is held for less than a microsecond in the mean. Who could not
// have it for as long as starving is let in first; who holds it for patience is
// stopped or hostile.
const (
	spins    = 300
	yields   = 20
	nap      = 50 * time.Microsecond
	starving = 2 * time.Millisecond
	patience = time.Second
)

var (
	errBusy   = errors.New("it is busy")
	errClosed = errors.New("it is closed")
)

// server is the server in the lock; workers have the numbers above.
const server = 1

// lock makes the zone this goroutine's. In a worker it gives up after patience;
// the server then takes it, and repairs what the other may have left half done.
func (d *dict) lock() error {
	d.mu.Lock()
	if d.words == nil {
		d.mu.Unlock()
		return errClosed
	}
	for range spins {
		if d.tryLock() {
			return nil
		}
	}
	return d.await()
}

// tryLock takes a lock that is free, and that nobody has waited for too long.
func (d *dict) tryLock() bool {
	wanted := d.load(wordWanted)
	if wanted != 0 && wanted != d.self || d.load(wordLock) != 0 || !d.swap(wordLock, 0, d.self) {
		return false
	}
	if wanted != 0 {
		d.store(wordWanted, 0)
	}
	return true
}

func (d *dict) await() error {
	begun := time.Now()
	for n := 0; !d.tryLock(); n++ {
		waited, holder := time.Since(begun), d.load(wordLock)
		if d.ended != nil && holder != 0 && (waited > patience || d.ended(holder)) && d.swap(wordLock, holder, d.self) {
			d.repair()
			return nil
		}
		if waited > 2*patience || waited > patience && d.ended == nil {
			d.swap(wordWanted, d.self, 0)
			d.mu.Unlock()
			return errBusy
		}
		if wanted := d.load(wordWanted); waited > starving && (wanted == 0 || waited > 2*starving) {
			d.swap(wordWanted, wanted, d.self)
		}
		if n < yields {
			runtime.Gosched()
		} else {
			time.Sleep(nap)
		}
	}
	return nil
}

// unlock lets others in. A worker from which the lock was taken leaves it alone.
func (d *dict) unlock() {
	d.swap(wordLock, d.self, 0)
	d.mu.Unlock()
}
