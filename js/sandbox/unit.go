package sandbox

import (
	"sync/atomic"
	"time"
)

// How often a unit may bring down the worker that others use, too.
const (
	chargeTime = time.Minute
	maxCharges = 2
)

// unit is what the scripts of one vhost have: where their calls go, how many wait,
// and when they brought down the worker or had to be interrupted.
type unit struct {
	name       string
	maxPending int64
	pending    atomic.Int64
	lane       atomic.Pointer[lane]
	warm       atomic.Pointer[worker] // which has answered a call of the unit: its VM runs
	charges    []time.Time            // within chargeTime; Workers' lock guards it
}

// charge counts what the unit did to those who use its worker, too, and reports
// whether it is too much.
func (u *unit) charge(now time.Time) bool {
	recent := u.charges[:0]
	for _, t := range u.charges {
		if now.Sub(t) < chargeTime {
			recent = append(recent, t)
		}
	}
	u.charges = append(recent, now)
	return len(u.charges) >= maxCharges
}

// isStarting reports whether the unit's VM may have to start yet for a call: it has
// answered none, and this one has not come to wait for something.
func (l *lane) isStarting(c *call) bool {
	w := l.current.Load()
	if w == nil {
		return true
	}
	if c.unit.warm.Load() == w {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.calls[c.id] != c {
		return true // it is not there yet
	}
	b := w.board()
	return !b.hasBegun(c.id) || b.running.Load() == c.id && b.since.Load() != 0
}
