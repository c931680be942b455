package vhost

import (
	"context"
	"sync"
)

// besides are the calls of a session beside its gate and its ending event. They
// are cut short when it ends; the ending event waits until they are over.
type besides struct {
	sync.WaitGroup
	cancels map[context.Context]context.CancelFunc // by the session's lock
}

// beside begins such a call, unless the session is over: over must follow.
func (se *session) beside() (ctx context.Context, over func(), ok bool) {
	se.mu.Lock()
	defer se.mu.Unlock()
	if se.over {
		return nil, nil, false
	}
	ctx, cancel := context.WithCancel(context.Background())
	if se.cancels == nil {
		se.cancels = map[context.Context]context.CancelFunc{}
	}
	se.cancels[ctx] = cancel
	se.besides.Add(1)
	return ctx, func() {
		cancel()
		se.mu.Lock()
		delete(se.cancels, ctx)
		se.mu.Unlock()
		se.besides.Done()
	}, true
}

// cutShort ends the calls that run. The session's lock is held.
func (b *besides) cutShort() {
	for _, cancel := range b.cancels {
		cancel()
	}
}
