package httphooks

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/conf"
	"weir/js/hook"
	"weir/media"
	"weir/vhost/latency"
)

func TestBackEndAdmits(t *testing.T) {
	c, _ := client(t)
	for _, tt := range []struct {
		p    hook.Point
		s    *hook.Session
		want string
	}{
		{hook.Connect, connected(), "on_connect"},
		{hook.Publish, overRTMP(), "on_publish"},
		{hook.Play, overHTTP("hls", ".m3u8"), "on_play"},
	} {
		b := answering(t, status(http.StatusCreated, `{"code":0}`))
		url := b.URL + "/api/v1/hook?key=1"
		v := with(hooks{OnConnect: []string{url}, OnPublish: []string{url}, OnPlay: []string{url}})
		if err := c.Ask(t.Context(), v, tt.p, tt.s); err != nil {
			t.Errorf("%s: %v", tt.want, err)
		}
		got := b.wait(t, 1)[0]
		if got.text("action") != tt.want || got.Path != "/api/v1/hook?key=1" || got.Header.Get("Content-Type") != "application/json" {
			t.Errorf("back end got %s %v %s", got.Path, got.Header, got.Body)
		}
	}
}

func TestHookWithoutURLAdmits(t *testing.T) {
	c, _ := client(t)
	off := with(hooks{OnPublish: []string{"http://127.0.0.1:1"}})
	off.HTTPHooks.Enabled = false
	for _, v := range []*conf.VHost{with(hooks{}), off} {
		if err := c.Ask(t.Context(), v, hook.Publish, overRTMP()); err != nil {
			t.Error(err)
		}
	}
}

func TestBackEndRefuses(t *testing.T) {
	c, log := client(t)
	b := answering(t, saying(`{"code":401,"msg":"token\r\nexpired"}`))
	err := c.Ask(t.Context(), with(hooks{OnPlay: []string{b.URL}}), hook.Play, overRTMP())
	var denied *media.Denied
	if !errors.As(err, &denied) {
		t.Fatalf("got %v, want a denial", err)
	}
	if d := cmp.Diff(&media.Denied{Code: 401, Reason: "token expired"}, denied); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if log.String() != "" {
		t.Errorf("a refusal is the caller's to log, got %s", log)
	}
}

// Whatever a back end in trouble does, its peers are refused, hear nothing of it,
// and the log has one line with the cause.
func TestBackEndInTroubleRefuses(t *testing.T) {
	closed := answering(t, saying("0"))
	closed.Close()
	slow := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, " ")
			_ = http.NewResponseController(w).Flush()
			select {
			case <-r.Context().Done():
			case <-time.After(time.Millisecond):
			}
		}
	}
	long := func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "0"+strings.Repeat(" ", 2*maxAnswer))
	}
	headers := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("x", 1<<20))
		_, _ = io.WriteString(w, "0")
	}
	elsewhere := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/else" {
			t.Error("a redirect was followed")
		}
		http.Redirect(w, r, "/else", http.StatusTemporaryRedirect)
	}
	tests := []struct {
		name, url, reason string
	}{
		{"refuses connections", closed.URL, "connection refused"},
		{"is no URL", "http://[", errURL.Error()},
		{"hangs", answering(t, hanging).URL, "no answer within"},
		{"answers slowly", answering(t, slow).URL, "no answer within"},
		{"resets", answering(t, resetting).URL, "EOF|reset"},
		{"answers nothing", answering(t, saying("")).URL, "neither 0 nor an object"},
		{"answers nonsense", answering(t, saying("<html>")).URL, "neither 0 nor an object"},
		{"answers at length", answering(t, long).URL, "longer than"},
		{"has long headers", answering(t, headers).URL, "headers exceeded"},
		{"fails", answering(t, status(500, "0")).URL, "status 500"},
		{"redirects", answering(t, elsewhere).URL, "status 307"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, log := client(t)
			v := with(hooks{OnPublish: []string{tt.url}, Timeout: 10 * time.Second})
			if strings.Contains(tt.reason, "no answer") {
				v.HTTPHooks.Timeout = 50 * time.Millisecond
			}
			err := c.Ask(t.Context(), v, hook.Publish, overRTMP())
			if !errors.Is(err, errFailed) {
				t.Errorf("got %v, want %v", err, errFailed)
			}
			said := false
			for r := range strings.SplitSeq(tt.reason, "|") {
				said = said || strings.Contains(log.String(), r)
			}
			if !said || strings.Count(log.String(), "\n") != 1 {
				t.Errorf("log has no line of %q:\n%s", tt.reason, log)
			}
			want := Count{VHost: "example.com", Hook: "on_publish", Calls: 1, Failed: 1}
			got := c.Counts()[0]
			got.Took = latency.Distribution{}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("count (-want +got):\n%s", d)
			}
		})
	}
}

func TestFirstRefusalWins(t *testing.T) {
	c, _ := client(t)
	first, second, third := answering(t, saying("0")), answering(t, saying(`{"code":1,"msg":"second"}`)), answering(t, saying("0"))
	err := c.Ask(t.Context(), with(hooks{OnPlay: []string{first.URL, second.URL, third.URL}}), hook.Play, overRTMP())
	if err == nil || err.Error() != "second" {
		t.Errorf("got %v, want the second's refusal", err)
	}
	if a, b, c := len(first.got()), len(second.got()), len(third.got()); a != 1 || b != 1 || c != 0 {
		t.Errorf("asked %d, %d and %d times, want 1, 1 and 0", a, b, c)
	}
}

func TestAskEndsWithItsContext(t *testing.T) {
	c, log := client(t)
	b := answering(t, hanging)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		b.wait(t, 1)
		cancel()
	}()
	if err := c.Ask(ctx, with(hooks{OnPlay: []string{b.URL}}), hook.Play, overRTMP()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
	if log.String() != "" {
		t.Errorf("logged %s", log)
	}
}

func TestConnectionIsKept(t *testing.T) {
	c, _ := client(t)
	b := answering(t, saying(`{"code":0}`))
	v := with(hooks{OnPublish: []string{b.URL}, OnUnpublish: []string{b.URL}})
	for range 50 {
		if err := c.Ask(t.Context(), v, hook.Publish, overRTMP()); err != nil {
			t.Fatal(err)
		}
		c.Tell(v, hook.Unpublish, overRTMP())
		drain(t, c)
	}
	if b.mu.Lock(); b.conns != 1 {
		t.Errorf("100 calls took %d connections, want 1", b.conns)
	}
	b.mu.Unlock()
}

// Back ends close idle connections when they like: uvicorn and Node after 5 s. A
// peer must not be refused because its call met one that was just closed.
func TestConnectionThatClosesIsReplaced(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan struct{})
	go func() { // answers the first call of each connection, and drops the second after reading it
		defer close(served)
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			buf := make([]byte, 8<<10)
			_, _ = conn.Read(buf)
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n0")
			_, _ = conn.Read(buf)
			_ = conn.Close()
		}
	}()
	c, _ := client(t)
	for i := range 5 {
		if err := c.Ask(t.Context(), with(hooks{OnPlay: []string{"http://" + ln.Addr().String()}}), hook.Play, overRTMP()); err != nil {
			t.Errorf("call %d: %v", i, err)
		}
	}
	c.closeIdle()
	_ = ln.Close()
	<-served
}

func TestProxyOfTheEnvironmentIsNotUsed(t *testing.T) {
	if p := newTransport().Proxy; p != nil {
		t.Error("the transport has a proxy")
	}
}

// What a query, a password or a path of a URL says may be secret.
func TestLogShowsNoSecret(t *testing.T) {
	c, log := client(t)
	closed := answering(t, saying("0"))
	closed.Close()
	s := overRTMP()
	s.Query, s.Connection.Query = "token=sesame", "token=sesame"
	s.URL, s.Connection.TCURL = "rtmp://h/live/cam1?token=sesame", "rtmp://h/live?token=sesame"
	for _, url := range []string{
		"http://user:sesame@" + closed.Listener.Addr().String() + "/sesame?key=sesame#sesame",
		answering(t, status(500, "sesame")).URL + "?key=sesame",
		answering(t, hanging).URL + "/sesame",
		"http://a b:sesame/sesame",
		"http://h:sesame/",
	} {
		v := with(hooks{OnPublish: []string{url}, OnUnpublish: []string{url}, Secret: "sesame", Timeout: 20 * time.Millisecond})
		err := c.Ask(t.Context(), v, hook.Publish, s)
		if err == nil || strings.Contains(err.Error(), "sesame") {
			t.Errorf("%s: peer is told %v", url, err)
		}
		c.Tell(v, hook.Unpublish, s)
	}
	drain(t, c)
	if strings.Contains(log.String(), "sesame") || strings.Count(log.String(), "\n") != 10 {
		t.Errorf("log:\n%s", log)
	}
}

// A back end that hangs for one vhost takes no connection from another.
func TestVHostsHaveTheirOwnConnections(t *testing.T) {
	c := &Client{}
	a, b := c.transport("a"), c.transport("b")
	if a == b || a != c.transport("a") {
		t.Error("two vhosts share their connections, or one does not keep its own")
	}
}
