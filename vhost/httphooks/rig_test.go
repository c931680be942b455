package httphooks

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"
	"time"

	"weir/conf"
	"weir/js/hook"
	"weir/media"
)

// received is a request as a back end got it.
type received struct {
	Path   string
	Header http.Header
	Body   []byte
}

// text is a string field of the body.
func (r received) text(name string) string {
	var m map[string]any
	if json.Unmarshal(r.Body, &m) != nil {
		return ""
	}
	s, _ := m[name].(string)
	return s
}

// backend is a back end that keeps what it is told.
type backend struct {
	*httptest.Server

	mu    sync.Mutex
	calls []received
	conns int
	more  chan struct{} // something was told; cap 1
}

// answering starts a back end whose answers are answer's.
func answering(t testing.TB, answer http.HandlerFunc) *backend {
	t.Helper()
	b := &backend{more: make(chan struct{}, 1)}
	b.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("read body: %v", err)
		}
		b.mu.Lock()
		b.calls = append(b.calls, received{r.URL.RequestURI(), r.Header.Clone(), body})
		b.mu.Unlock()
		select {
		case b.more <- struct{}{}:
		default:
		}
		answer(w, r)
	}))
	b.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			b.mu.Lock()
			b.conns++
			b.mu.Unlock()
		}
	}
	b.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	b.Start()
	t.Cleanup(b.Close)
	return b
}

// saying answers 200 and text.
func saying(text string) http.HandlerFunc { return status(http.StatusOK, text) }

func status(code int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		_, _ = io.WriteString(w, text)
	}
}

// hanging answers when its peer has gone.
func hanging(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// resetting closes the connection without an answer.
func resetting(w http.ResponseWriter, _ *http.Request) {
	c, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = c.(*net.TCPConn).SetLinger(0)
		_ = c.Close()
	}
}

func (b *backend) got() []received {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]received(nil), b.calls...)
}

// wait returns what was told once it is n calls.
func (b *backend) wait(t *testing.T, n int) []received {
	t.Helper()
	late := time.After(10 * time.Second)
	for {
		if got := b.got(); len(got) >= n {
			return got
		}
		select {
		case <-b.more:
		case <-late:
			t.Fatalf("back end was told %d things, want %d", len(b.got()), n)
		}
	}
}

type hooks = conf.HTTPHooks

// with is a vhost with hooks that are enabled.
func with(h hooks) *conf.VHost {
	h.Enabled = true
	return &conf.VHost{Name: "example.com", HTTPHooks: h}
}

// client returns a client that runs until the test's end, and its log.
func client(t testing.TB) (*Client, *record) {
	t.Helper()
	log := &record{}
	c := &Client{ServerID: "vid-server", ServiceID: "9b1c", Dir: "/srv/weir", Logger: newLogger(log), Backoff: time.Millisecond}
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan struct{})
	go func() {
		defer close(over)
		c.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-over
	})
	return c, log
}

func drain(t *testing.T, c *Client) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := c.Drain(ctx); err != nil {
		t.Fatalf("events did not come to an end: %v", err)
	}
}

// until waits for a condition that nothing announces.
func until(t *testing.T, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for late := time.Now().Add(10 * time.Second); !ok(); <-tick.C {
		if time.Now().After(late) {
			t.Fatal("it does not come about")
		}
	}
}

func newLogger(r *record) *slog.Logger { return slog.New(slog.NewTextHandler(r, nil)) }

// record is a log that tests read.
type record struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.Write(p)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.String()
}

// overRTMP is a publisher with an encoder.
func overRTMP() *hook.Session {
	c := &media.Connection{
		ID: "c-rtmp", Protocol: "rtmp", Remote: netip.MustParseAddrPort("[::ffff:192.0.2.33]:40000"),
		App: "live", Host: "example.com", Query: "site=7",
		TCURL: "rtmp://example.com/live?site=7", PageURL: "https://example.com/studio?a=1&b=2", FlashVer: "FMLE/3.0",
	}
	s := hook.OfSession(&media.Session{
		ID: "s-rtmp", Kind: media.KindPublish, Connection: c,
		Query: "token=a%20b", URL: "rtmp://example.com/live/cam1?token=a%20b",
	}, media.Key{VHost: "example.com", App: "live", Stream: "cam1"})
	s.Duration, s.BytesIn, s.BytesOut = 1500*time.Millisecond, 700, 30
	return s
}

// overHTTP is a player of HTTP-FLV or HLS.
func overHTTP(protocol, ext string) *hook.Session {
	c := &media.Connection{
		ID: "c-" + protocol, Protocol: protocol, Remote: netip.MustParseAddrPort("[2001:db8::1]:40001"),
		App: "live", Host: "example.com", PageURL: "https://example.com/watch",
		Header: map[string][]string{"User-Agent": {"Player/1 \"x\""}},
	}
	s := hook.OfSession(&media.Session{
		ID: "s-" + protocol, Kind: media.KindPlay, Connection: c,
		Query: "token=t1", URL: "http://example.com:8080/live/cam1" + ext + "?token=t1",
	}, media.Key{VHost: "__defaultVhost__", App: "live", Stream: "cam1"})
	s.Duration, s.BytesOut = 61*time.Second, 123456
	return s
}

// connected is the RTMP connection of overRTMP.
func connected() *hook.Session {
	c := overRTMP().Connection
	c.BytesIn.Store(1000)
	c.BytesOut.Store(2000)
	return hook.OfConnection(c, "example.com")
}

// of is a session of another connection than the rest.
func of(id string) *hook.Session {
	s := overRTMP()
	s.ID = "s-" + id
	s.Connection.ID = "c-" + id
	return s
}
