package mediatest

import (
	"context"

	"weir/media"
)

// Sessions returns every session that was asked for, admitted or not.
func (r *Router) Sessions() []*media.Session {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]*media.Session(nil), r.sessions...)
}

// Disconnected returns the connections that have ended.
func (r *Router) Disconnected() []*media.Connection {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]*media.Connection(nil), r.ended...)
}

// Packets returns what was written to a stream so far, by all its publishers.
func (r *Router) Packets(k media.Key) []*media.Packet {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]*media.Packet(nil), r.stream(k).packets...)
}

// Open returns how many publications and subscriptions there are now.
func (r *Router) Open() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.open)
}

// Wait returns true as soon as cond does, which is asked after every change of
// the Router, or false when ctx ends.
func (r *Router) Wait(ctx context.Context, cond func() bool) bool {
	for {
		r.mu.Lock()
		changed := r.changed
		r.mu.Unlock()
		if cond() {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return cond()
		}
	}
}
