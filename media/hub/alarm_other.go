//go:build !linux

package hub

import (
	"sync"
	"time"
)

// alarm is a timer of Go's.
type alarm struct {
	timer  *time.Timer
	closed chan struct{}
	once   sync.Once
}

func (a *alarm) open() error {
	a.timer, a.closed = time.NewTimer(time.Hour), make(chan struct{})
	return nil
}

// close ends wait.
func (a *alarm) close() error {
	a.once.Do(func() { close(a.closed) })
	return nil
}

// set has wait return in so long, and no earlier.
func (a *alarm) set(left time.Duration) {
	if a.timer != nil {
		a.timer.Reset(left)
	}
}

// wait returns when the time has come; false says that the alarm was closed.
func (a *alarm) wait() bool {
	select {
	case <-a.timer.C:
		return true
	case <-a.closed:
		return false
	}
}
