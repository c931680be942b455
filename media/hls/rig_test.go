package hls

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
)

// plain resolves every vhost to itself.
type plain struct{ sessions bool }

func (p plain) HLS(s *media.Session) (media.Key, bool, error) {
	if s.Asked.VHost == "nohls.example.com" {
		return media.Key{}, false, media.ErrNotFound
	}
	return s.Asked, p.sessions, nil
}

// rig is a router, a store and a handler that run until the test ends.
type rig struct {
	t       *testing.T
	router  *mediatest.Router
	store   *Store
	handler *Handler
	ctx     context.Context
	running *sync.WaitGroup
}

func newRig(t *testing.T, sessions bool) *rig {
	ctx, cancel := context.WithCancel(t.Context())
	r := &rig{t: t, router: mediatest.NewRouter(t), store: &Store{}, ctx: ctx, running: &sync.WaitGroup{}}
	r.handler = &Handler{Store: r.store, Router: r.router, Resolver: plain{sessions}}
	r.running.Go(func() { r.handler.Run(ctx) })
	t.Cleanup(func() { cancel(); r.running.Wait() })
	return r
}

// output runs an output of the stream until the function that it returns is called.
func (r *rig) output(key media.Key, set Settings) (stop func()) {
	r.t.Helper()
	sub, err := r.router.Play(r.ctx, &media.Session{Asked: key})
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(r.ctx)
	done := make(chan struct{})
	r.running.Go(func() {
		defer close(done)
		if err := r.store.Output(set).Run(ctx, key, sub); err != nil {
			r.t.Errorf("Run = %v", err)
		}
		sub.Close(nil)
	})
	return func() { cancel(); <-done }
}

// publish writes packets as one publisher and leaves.
func (r *rig) publish(key media.Key, packets []*media.Packet) {
	r.t.Helper()
	pub, err := r.router.Publish(r.ctx, &media.Session{Asked: key})
	if err != nil {
		r.t.Fatal(err)
	}
	for _, p := range packets {
		if err := pub.WritePacket(p); err != nil {
			r.t.Fatal(err)
		}
	}
	pub.Close(nil)
}

// text returns the stream's playlist, "" if it has none.
func (r *rig) text(key media.Key) string {
	w := r.store.window(key)
	if w == nil || w.current() == nil {
		return ""
	}
	return string(w.current().text("cam1", ""))
}

// request asks the handler; header is pairs.
func (r *rig) request(method, url string, header ...string) *http.Response {
	q := httptest.NewRequestWithContext(r.ctx, method, "http://example.com"+url, nil)
	for i := 0; i < len(header); i += 2 {
		q.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	r.handler.ServeHTTP(w, q)
	return w.Result()
}

var quick = Settings{Fragment: time.Second, Window: 3 * time.Second, Dispose: 10 * time.Second}

// tape is a subscription to publishers who came and went.
type tape struct {
	media.Subscription
	publishers [][]*media.Packet
	end        func() // called when all was read
}

func (t *tape) Next(ctx context.Context, into []*media.Packet) (int, error) {
	if len(t.publishers) == 0 {
		t.end()
		<-ctx.Done()
		return 0, ctx.Err()
	}
	n := copy(into, t.publishers[0])
	if t.publishers[0] = t.publishers[0][n:]; n > 0 {
		return n, nil
	}
	t.publishers = t.publishers[1:]
	return 0, media.ErrUnpublished
}
