package web

import (
	"context"
	"sync"
	"sync/atomic"
)

// Place is what a connection takes up among those that a listener admits. The
// listener's server frees it with the connection, unless a protocol that takes the
// connection over has taken the place with it.
type Place struct {
	free  func()
	once  sync.Once
	taken atomic.Bool
}

// NewPlace returns a place that free gives back, once.
func NewPlace(free func()) *Place { return &Place{free: free} }

// Free gives the place back. Calls after the first do nothing.
func (p *Place) Free() { p.once.Do(p.free) }

// Taken reports whether a protocol is to free the place.
func (p *Place) Taken() bool { return p.taken.Load() }

type placeKey struct{}

// WithPlace returns a connection's context that knows its place.
func WithPlace(ctx context.Context, p *Place) context.Context {
	return context.WithValue(ctx, placeKey{}, p)
}

// TakePlace takes the place of a request's connection, before the connection
// itself is taken over. The function that it returns frees it and is to be called
// when the connection was closed; it is never nil.
func TakePlace(ctx context.Context) (free func()) {
	p, ok := ctx.Value(placeKey{}).(*Place)
	if !ok {
		return func() {}
	}
	p.taken.Store(true)
	return p.Free
}
