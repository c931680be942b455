package js

import "time"

// How long after a start that failed the next call may try again. Each failure
// doubles it: a module that cannot start must not cost its CPU limit at every call.
const (
	backOff    = 100 * time.Millisecond
	maxBackOff = 10 * time.Second
)

// launch is the start of a unit's VM. Calls wait for it before their own time
// begins. The unit's lock guards it.
type launch struct {
	done chan struct{} // closed when it is over
	err  error         // why it failed

	pause time.Duration // of the next try, should it fail
	again time.Time     // when that may be
}

func newLaunch(pause time.Duration) *launch {
	return &launch{done: make(chan struct{}), pause: pause}
}

func (l *launch) isOver() bool {
	select {
	case <-l.done:
		return true
	default:
		return false
	}
}

// end says how the start went, once.
func (l *launch) end(err error) {
	if l.isOver() {
		return
	}
	l.err = err
	l.again = time.Now().Add(l.pause)
	close(l.done)
}

// following is the next try when its time has come, else l itself.
func (l *launch) following() *launch {
	if !l.isOver() || l.err == nil || time.Now().Before(l.again) {
		return l
	}
	return newLaunch(min(2*l.pause, maxBackOff))
}
