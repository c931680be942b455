package hub

import (
	"sync"

	"weir/media"
)

// ending is the end of a publication or a subscription by the server. Its channel
// is made for those who ask only: players need none.
type ending struct {
	mu     sync.Mutex
	reason error // not nil once ended
	done   chan struct{}
}

// end says whether it was the first.
func (e *ending) end(reason error) bool {
	if reason == nil {
		reason = &media.Kicked{}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.reason != nil {
		return false
	}
	e.reason = reason
	if e.done != nil {
		close(e.done)
	}
	return true
}

// Done is closed when the server ends the session.
func (e *ending) Done() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.done == nil {
		e.done = make(chan struct{})
		if e.reason != nil {
			close(e.done)
		}
	}
	return e.done
}

// Err says why Done was closed; nil before.
func (e *ending) Err() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.reason
}
