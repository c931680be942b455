package weir

import "time"

// How long events are awaited.
const (
	settle = 50 * time.Millisecond  // quiet time after the last event
	unrest = 250 * time.Millisecond // after which the files are looked at though events go on
)

// quiet is a timer for the time after events. It begins with a tick.
type quiet struct {
	*time.Timer
	since time.Time // of the first event after the last tick; zero before it
}

func newQuiet() *quiet { return &quiet{Timer: time.NewTimer(0)} }

// disturb puts the tick off: an event has come.
func (q *quiet) disturb() {
	if q.since.IsZero() {
		q.since = time.Now()
	}
	q.Reset(min(settle, time.Until(q.since.Add(unrest))))
}

// rest says that the tick was taken.
func (q *quiet) rest() { q.since = time.Time{} }
