package vhost

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"weir/conf"
	"weir/js"
	"weir/js/hook"
	"weir/media"
	"weir/media/hub"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// every binds all hooks of a vhost.
const every = `js_on_connect { } js_on_publish { } js_on_play { } js_on_unpublish { } js_on_stop { } js_on_close { }`

// configured reads a configuration of vhosts.
func configured(t testing.TB, vhosts string) *conf.Config {
	t.Helper()
	fsys := fstest.MapFS{"srs.conf": {Data: []byte("listen 1935; http_server { enabled on; }\n" + vhosts)}}
	c, found := conf.Load(fsys, "srs.conf")
	if found.HasErrors() {
		t.Fatalf("%v", found)
	}
	return c
}

// engine is a js.Caller of Go functions, by directive. What has none does nothing.
type engine struct {
	do map[string]func(js.Call) (js.Result, error)

	mu     sync.Mutex
	calls  []string // "js_on_publish v live/a": directive, vhost, stream
	closed bool
}

func (e *engine) Call(_ context.Context, c js.Call) (js.Result, error) {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return js.Result{}, js.ErrClosed
	}
	e.calls = append(e.calls, fmt.Sprintf("%s %s %v/%v", c.Origin.Directive, c.Unit, shown(c, "app"), shown(c, "stream")))
	f := e.do[c.Origin.Directive]
	e.mu.Unlock()
	if f == nil {
		return js.Result{}, nil
	}
	return f(c)
}

func (e *engine) Close(context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	return nil
}

// count is how many calls begin with what is given.
func (e *engine) count(prefix string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := 0
	for _, c := range e.calls {
		if strings.HasPrefix(c, prefix) {
			n++
		}
	}
	return n
}

// shown is what a handler sees as s.NAME.
func shown(c js.Call, name string) js.Value {
	for _, class := range hook.Classes() {
		if class.Name == "Session" {
			o := c.Args[0].(*js.Object)
			i := slices.IndexFunc(class.Fields, func(m js.Member) bool { return m.Name == name })
			if o.Class != class.Name {
				return nil
			}
			return o.Fields[i]
		}
	}
	return nil
}

// data is what a handler sees as s.ctx.
func data(c js.Call) js.Value { return c.Args[0].(*js.Object).Data[0] }

// effect is the result of a handler that called s.NAME(args...).
func effect(name string, args ...js.Value) js.Result {
	return js.Result{Effects: []js.Effect{{Name: name, Args: args}}}
}

// always is a handler with one result.
func always(r js.Result, err error) func(js.Call) (js.Result, error) {
	return func(js.Call) (js.Result, error) { return r, err }
}

// rig is a server of one configuration.
type rig struct {
	*Server
	t   testing.TB
	log *logged
}

type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

var _ io.Writer = (*logged)(nil)

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newRig serves vhosts with e's handlers. When the test ends the server does, and
// nothing may be left in it.
func newRig(t testing.TB, vhosts string, e js.Caller) *rig {
	t.Helper()
	r := &rig{t: t, log: &logged{}}
	r.Server = &Server{Hub: hub.New(hub.Settings{Shards: 1}), Logger: slog.New(slog.NewTextHandler(r.log, nil))}
	r.Start(NewGeneration(1, configured(t, vhosts), e))
	return r
}

// over ends the server in good order and looks for what is left.
func (r *rig) over() {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := r.End(ctx); err != nil {
		r.t.Errorf("End: %v", err)
	}
	if err := r.Close(ctx); err != nil {
		r.t.Errorf("Close: %v", err)
	}
	select {
	case <-r.Generation().Ended():
	default:
		r.t.Errorf("the generation is held by %d after the end", r.Generation().refs)
	}
	r.empty()
}

// empty waits until the server remembers nobody.
func (r *rig) empty() {
	r.t.Helper()
	await(r.t, "nothing to be left", func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()
		return len(r.connections)+len(r.sessions)+len(r.publishers)+len(r.audience)+len(r.outputs)+len(r.queues) == 0 &&
			len(r.Hub.Streams()) == 0
	})
}

// await waits for a condition.
func await(t testing.TB, what string, cond func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !cond(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// peer is an RTMP connection to a host name.
func peer(host string) *media.Connection {
	return &media.Connection{ID: media.NewID(), Protocol: "rtmp", App: "live", Host: host, ConnectedAt: time.Now()}
}

// viewer is a connection of HTTP.
func viewer(protocol string) *media.Connection {
	c := peer("v")
	c.Protocol = protocol
	return c
}

// session is a request of c's for a stream of its host.
func ask(c *media.Connection, kind, stream string) *media.Session {
	return &media.Session{
		ID: media.NewID(), Kind: kind, Connection: c, StartedAt: time.Now(),
		Asked: media.Key{VHost: c.Host, App: "live", Stream: stream},
		URL:   "rtmp://" + c.Host + "/live/" + stream,
	}
}

func (r *rig) publish(c *media.Connection, stream string) (media.Publication, error) {
	return r.Publish(context.Background(), ask(c, media.KindPublish, stream))
}

func (r *rig) play(c *media.Connection, stream string) (media.Subscription, error) {
	return r.Play(context.Background(), ask(c, media.KindPlay, stream))
}

// must ends the test on an error.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
