package http

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
)

// patience bounds waits that a working server ends at once.
const patience = 20 * time.Second

// running is a Server under test.
type running struct {
	*Server
	addr string
	stop context.CancelFunc
	done chan error
}

func run(t *testing.T, s *Server, r media.Router) *running {
	t.Helper()
	if s.Listener == nil {
		s.Listener = listen(t)
	}
	if s.Site == nil {
		s.Site = &Site{}
	}
	ctx, cancel := context.WithCancel(context.Background())
	run := &running{s, s.Listener.Addr().String(), cancel, make(chan error, 1)}
	go func() { run.done <- s.Serve(ctx, r) }()
	t.Cleanup(func() { cancel(); <-run.done })
	return run
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// ended waits for Serve to return, and lets the cleanup find it so.
func (r *running) ended(t *testing.T) error {
	t.Helper()
	select {
	case err := <-r.done:
		r.done <- err
		return err
	case <-time.After(patience):
		t.Fatal("Serve does not return")
		return nil
	}
}

// eventually waits for a condition that a change of the peer brings about.
func eventually(t *testing.T, what string, cond func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(patience); !cond(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatal("it does not come about that " + what)
		}
	}
}

func publish(t *testing.T, r *mediatest.Router, packets []*media.Packet) {
	t.Helper()
	pub, err := r.Publish(t.Context(), &media.Session{Asked: media.Key{VHost: "127.0.0.1", App: "live", Stream: "a"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packets {
		if err := pub.WritePacket(p); err != nil {
			t.Fatal(err)
		}
	}
}

// get sends a request on an open connection and reads the answer.
func get(conn net.Conn, path string) (page, error) {
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return page{}, err
	}
	body, err := io.ReadAll(res.Body)
	return page{res.StatusCode, string(body)}, err
}

func dial(t *testing.T, addr string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return conn
}

func TestServerPlays(t *testing.T) {
	r := mediatest.NewRouter(t)
	publish(t, r, mediatest.GOP(25))
	site := &Site{}
	site.Set(Settings{CrossDomain: true})
	s := run(t, &Server{Site: site}, r)
	c, err := mediatest.Watch(t.Context(), "http://"+s.addr+"/live/a.flv", func(c *mediatest.Count) bool { return c.Video == 25 })
	if err != nil || !c.First(media.Video).Key {
		t.Errorf("player counts %+v, %v", c, err)
	}
	res, err := http.Get("http://" + s.addr + "/live/a.flv")
	if err != nil {
		t.Fatal(err)
	}
	if o := res.Header.Get("Access-Control-Allow-Origin"); o != "*" {
		t.Errorf("a stream allows origin %q, want *", o)
	}
	if err := res.Body.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestServerEndsWithItsContext(t *testing.T) {
	r := mediatest.NewRouter(t)
	asked := make(chan struct{})
	r.Admit = func(ctx context.Context, _ *media.Session) (media.Key, error) {
		close(asked)
		<-ctx.Done()
		return media.Key{}, ctx.Err()
	}
	s := run(t, &Server{}, r)
	idle, waiting := dial(t, s.addr), dial(t, s.addr)
	if _, err := get(idle, "/"); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(waiting, "GET /live/a.flv HTTP/1.1\r\nHost: a\r\n\r\n")
	<-asked
	s.stop()
	if err := s.ended(t); err != nil {
		t.Errorf("Serve: %v", err)
	}
	if _, err := idle.Read(make([]byte, 1)); err == nil {
		t.Error("an idle connection outlives the server")
	}
	res, err := http.ReadResponse(bufio.NewReader(waiting), nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.Body.Close(); res.StatusCode != 503 {
		t.Errorf("the waiting player is told %d, want 503", res.StatusCode)
	}
}

func TestConnectionsOutliveTheListener(t *testing.T) {
	s := run(t, &Server{}, mediatest.NewRouter(t))
	conn := dial(t, s.addr)
	for range 2 {
		if p, err := get(conn, "/"); err != nil || p.Code != 200 {
			t.Fatalf("answer %d, %v", p.Code, err)
		}
		_ = s.Listener.Close() // the second time it is closed already
	}
	if _, err := net.Dial("tcp", s.addr); err == nil {
		t.Error("the listener still accepts")
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.ended(t); err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestAdmit(t *testing.T) {
	pair := httptest.NewTLSServer(http.NotFoundHandler())
	defer pair.Close()
	config := pair.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	config.ServerName = "example.com"
	t.Run("plain", func(t *testing.T) { testAdmit(t, listen(t), dial) })
	t.Run("TLS", func(t *testing.T) {
		l := tls.NewListener(listen(t), &tls.Config{Certificates: pair.TLS.Certificates})
		testAdmit(t, l, func(t *testing.T, addr string) net.Conn { return tls.Client(dial(t, addr), config) })
	})
}

func testAdmit(t *testing.T, l net.Listener, dial func(t *testing.T, addr string) net.Conn) {
	r := mediatest.NewRouter(t)
	publish(t, r, mediatest.GOP(2))
	var open atomic.Int32
	s := run(t, &Server{Listener: l, Admit: func(remote netip.AddrPort) (func(), bool) {
		if !remote.Addr().IsLoopback() || open.Load() >= 2 {
			return nil, false
		}
		open.Add(1)
		return func() { open.Add(-1) }, true
	}}, r)

	idle, player := dial(t, s.addr), dial(t, s.addr)
	if _, err := get(idle, "/"); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(player, "GET /live/a.flv HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
	if _, err := io.ReadFull(player, make([]byte, 400)); err != nil {
		t.Fatal(err)
	}
	if _, err := get(dial(t, s.addr), "/"); err == nil {
		t.Error("a third connection is served")
	}
	if n := open.Load(); n != 2 {
		t.Errorf("%d places are taken, want 2: a player keeps its own", n)
	}
	_, _ = idle.Close(), player.Close()
	eventually(t, "both places are free", func() bool { return open.Load() == 0 })
	if p, err := get(dial(t, s.addr), "/"); err != nil || p.Code != 200 {
		t.Errorf("answer %d, %v after places became free", p.Code, err)
	}
}

func TestHeadersAreBounded(t *testing.T) {
	s := run(t, &Server{}, mediatest.NewRouter(t))
	conn := dial(t, s.addr)
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: a\r\nX: %s\r\n\r\n", strings.Repeat("x", maxHeaderBytes+8192))
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.Body.Close(); res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("answer %d, want 431", res.StatusCode)
	}
}

// bare notes what connection a player is attached with.
type bare struct {
	*mediatest.Router
	attached chan net.Conn
}

type bareSubscription struct {
	media.Subscription
	attached chan net.Conn
}

func (b *bare) Play(ctx context.Context, s *media.Session) (media.Subscription, error) {
	sub, err := b.Router.Play(ctx, s)
	return bareSubscription{sub, b.attached}, err
}

func (b bareSubscription) Attach(c media.Conn, f media.Framer) error {
	b.attached <- c.Net
	return b.Subscription.Attach(c, f) //nolint:wrapcheck // between
}

func TestPlayersAreAttachedWithABareConnection(t *testing.T) {
	r := &bare{mediatest.NewRouter(t), make(chan net.Conn, 1)}
	publish(t, r.Router, mediatest.GOP(2))
	s := run(t, &Server{Admit: func(netip.AddrPort) (func(), bool) { return func() {}, true }}, r)
	if _, err := mediatest.Watch(t.Context(), "http://"+s.addr+"/live/a.flv", func(c *mediatest.Count) bool { return c.Video == 2 }); err != nil {
		t.Fatal(err)
	}
	if conn := <-r.attached; !isTCP(conn) {
		t.Errorf("a player is attached with a %T, which costs goroutines", conn)
	}
}

func isTCP(c net.Conn) bool { _, ok := c.(*net.TCPConn); return ok }
