package hub

import (
	"sync/atomic"
	"time"
)

// openFor is how long an opening waits for players at most, whose connections may
// take nothing.
const openFor = 5 * time.Second

// opening is the first place after there was none. Players who waited begin there,
// whatever has followed by the time that their shard comes round: a publisher may
// send several groups of pictures in one burst.
type opening struct {
	place   atomic.Pointer[place]
	waiting atomic.Int32 // players
	since   time.Time    // guarded by the source's lock
}

func (o *opening) open(at *place) {
	o.place.Store(at)
	o.since = time.Now()
}

// age lets go of what has followed, once those who waited have begun.
func (o *opening) age() {
	if o.place.Load() != nil && (o.waiting.Load() == 0 || time.Since(o.since) > openFor) {
		o.place.Store(nil)
	}
}

// wait notes whether p waits for a place to begin.
func (o *opening) wait(p *player, waits bool) {
	switch {
	case waits && !p.waits:
		o.waiting.Add(1)
	case p.waits && !waits:
		o.waiting.Add(-1)
	}
	p.waits = waits
}
