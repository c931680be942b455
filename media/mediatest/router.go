package mediatest

import (
	"context"
	"sync"
	"testing"

	"weir/media"
)

// Router is a media.Router in memory: it keeps every stream from its beginning,
// and serves each player with goroutines of its own. It is for short tests.
type Router struct {
	// Admit decides about a session: its final key, or the error that keeps it
	// out. It may wait for ctx. Nil admits everyone to what was asked.
	Admit func(ctx context.Context, s *media.Session) (media.Key, error)
	// AdmitConnection decides about an RTMP connection. Nil admits it.
	AdmitConnection func(ctx context.Context, c *media.Connection) error

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced with every change
	streams  map[media.Key]*stream
	sessions []*media.Session
	ended    []*media.Connection
	open     map[*ending]bool // publications and subscriptions
	players  sync.WaitGroup
}

var _ media.Router = (*Router)(nil)

// NewRouter returns a Router that ends with the test.
func NewRouter(t testing.TB) *Router {
	r := &Router{
		changed: make(chan struct{}),
		streams: map[media.Key]*stream{},
		open:    map[*ending]bool{},
	}
	t.Cleanup(func() {
		r.End(media.ErrShutdown)
		r.players.Wait()
	})
	return r
}

// Connect admits an RTMP connection.
func (r *Router) Connect(ctx context.Context, c *media.Connection) error {
	if r.AdmitConnection != nil {
		return r.AdmitConnection(ctx, c)
	}
	return nil
}

// Disconnect notes that c has ended.
func (r *Router) Disconnect(c *media.Connection, _ error) {
	r.change(func() { r.ended = append(r.ended, c) })
}

// Publish admits a publisher, unless the stream has one.
func (r *Router) Publish(ctx context.Context, s *media.Session) (media.Publication, error) {
	key, err := r.admit(ctx, s)
	if err != nil {
		return nil, err
	}
	p := &publication{ending: r.newEnding(), key: key}
	r.change(func() {
		st := r.stream(key)
		if st.publisher != nil {
			err = media.ErrBusy
			delete(r.open, p.ending)
			return
		}
		st.publisher = p
		p.stream = st
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// Play admits a player, of a stream that may come later too.
func (r *Router) Play(ctx context.Context, s *media.Session) (media.Subscription, error) {
	key, err := r.admit(ctx, s)
	if err != nil {
		return nil, err
	}
	sub := &subscription{ending: r.newEnding(), key: key, session: s}
	r.change(func() { sub.stream = r.stream(key); sub.join() })
	return sub, nil
}

// End ends every publication and subscription, as a kick does.
func (r *Router) End(reason error) {
	r.mu.Lock()
	var all []*ending
	for e := range r.open {
		all = append(all, e)
	}
	r.mu.Unlock()
	for _, e := range all {
		e.end(reason)
	}
}

func (r *Router) admit(ctx context.Context, s *media.Session) (media.Key, error) {
	r.change(func() { r.sessions = append(r.sessions, s) })
	if err := media.CheckName(s.Asked.App, s.Asked.Stream); err != nil {
		return media.Key{}, err //nolint:wrapcheck // the answer
	}
	if r.Admit == nil {
		return s.Asked, nil
	}
	return r.Admit(ctx, s)
}

// change does f under the lock and wakes who waits.
func (r *Router) change(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f()
	close(r.changed)
	r.changed = make(chan struct{})
}

// stream is called under the lock.
func (r *Router) stream(k media.Key) *stream {
	st := r.streams[k]
	if st == nil {
		st = &stream{}
		r.streams[k] = st
	}
	return st
}
