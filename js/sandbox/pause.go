package sandbox

import "time"

// How long a lane whose worker has died waits for the next: a part of the time for
// which this has been going on.
const (
	minPause  = 100 * time.Millisecond
	maxPause  = 10 * time.Second
	pausePart = 16
	calm      = time.Minute // without a death, and all is forgotten
)

// pauses are the back-off of a lane.
type pauses struct {
	begun time.Time // of the trouble
	last  time.Time // death
	until time.Time // when the next worker may start
}

// died counts a death. The first is followed by no pause.
func (p *pauses) died(now time.Time) {
	if now.Sub(p.last) > calm {
		p.begun = now
		p.until = now
	} else {
		p.until = now.Add(min(max(now.Sub(p.begun)/pausePart, minPause), maxPause))
	}
	p.last = now
}

func (p *pauses) isOver(now time.Time) bool { return !now.Before(p.until) }
