package host_test

import (
	"context"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/js/host"
)

var origin = js.Origin{VHost: "v"}

func permit(t *testing.T, lines ...string) host.Permit {
	t.Helper()
	var words [][]string
	for _, l := range lines {
		words = append(words, strings.Fields(l))
	}
	p, err := host.ParsePermit(words...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func newHost(t *testing.T, s *host.Settings) *host.Host {
	t.Helper()
	h := &host.Host{Settings: func(string) *host.Settings { return s }}
	t.Cleanup(h.Close)
	return h
}

func serve(t *testing.T, f http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	return s
}

// loopback is a host that may fetch from this machine.
func loopback(t *testing.T, f host.FetchSettings) *host.Host {
	t.Helper()
	return newHost(t, &host.Settings{Permit: permit(t, "fetch 127.0.0.0/8"), Fetch: f})
}

// fetch asks for a URL; more are further properties of the request, in pairs.
func fetch(ctx context.Context, h *host.Host, url string, more ...any) (map[string]any, error) {
	r := map[string]any{"url": url, "method": "GET", "headers": []any{}}
	for i := 0; i < len(more); i += 2 {
		r[more[i].(string)] = more[i+1]
	}
	v, err := h.Ask(ctx, origin, "fetch", []js.Value{r})
	m, _ := v.(map[string]any)
	return m, err
}

// wantError expects a TypeError with a text and a code.
func wantError(t *testing.T, err error, text, code string) {
	t.Helper()
	var e *js.Throw
	if !errors.As(err, &e) || e.Class != "TypeError" || e.Code != code || !strings.Contains(e.Message, text) {
		t.Errorf("got %#v, want a TypeError with code %q: %s", err, code, text)
	}
}

func TestFetchSendsAndReceives(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Add("Set-Cookie", "a=1")
		w.Header().Add("Set-Cookie", "b=2")
		w.Header()["X-Raw"] = []string{"caf\xe9"}
		w.Header()["Date"] = nil
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, "%s %s %s %q %q %q", r.Method, r.URL, r.Host, r.Header["X-A"], r.Header.Get("User-Agent"), body)
	})
	h := loopback(t, host.FetchSettings{})
	got, err := fetch(t.Context(), h, s.URL+"/x?y=1#z", "method", "PUT", "body", []byte("hello"), "headers", []any{
		[]any{"x-a", "1"},
		[]any{"X-A", "\u00e9"},
		[]any{"host", "other.example.com"},
		[]any{"content-length", "99"},
		[]any{"transfer-encoding", "chunked"},
		[]any{"connection", "close"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"status": int64(201), "statusText": "Created", "url": s.URL + "/x?y=1", "redirected": false,
		"headers": []any{
			[]any{"content-length", "68"},
			[]any{"content-type", "text/plain; charset=utf-8"},
			[]any{"set-cookie", "a=1"},
			[]any{"set-cookie", "b=2"},
			[]any{"x-raw", "café"},
		},
		"body": []byte(`PUT /x?y=1 other.example.com ["1" "\xe9"] "weir" "hello"`),
	}
	want["headers"].([]any)[0].([]any)[1] = fmt.Sprint(len(want["body"].([]byte)))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestFetchRefusesWhatIsNotPermitted(t *testing.T) {
	h := newHost(t, &host.Settings{Permit: permit(t, "fetch other.example.com")})
	_, err := fetch(t.Context(), h, "http://users.internal:8080/a")
	wantError(t, err, `fetch of users.internal:8080 is not permitted: add "js_permit fetch users.internal:8080;"`, "EACCES")
	_, err = fetch(t.Context(), h, "https://[::1]/")
	wantError(t, err, `add "js_permit fetch [::1]:443;"`, "EACCES")
	_, err = fetch(t.Context(), &host.Host{}, "http://a/")
	wantError(t, err, `add "js_permit fetch a:80;"`, "EACCES")
	if got, want := h.FetchCounts()["v"], (host.FetchCounts{Refused: 2}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
}

func TestFetchRefusesWhatIsMalformed(t *testing.T) {
	h := newHost(t, &host.Settings{Permit: permit(t, "all")})
	for _, tt := range []struct {
		want string
		more []any
	}{
		{"invalid url", []any{"url", "ftp://a/"}},
		{"invalid url", []any{"url", "file:///etc/passwd"}},
		{"invalid url", []any{"url", "http://a:b@c/"}},
		{"invalid url", []any{"url", "http://a:0/"}},
		{"invalid url", []any{"url", "http://[fe80::1%25eth0]/"}},
		{"invalid url", []any{"url", "http://a\r\nHost: b/"}},
		{"invalid url", []any{"url", "http://" + strings.Repeat("a", 17<<10)}},
		{"invalid url", []any{"url", 1.5}},
		{"invalid method", []any{"method", "CONNECT"}},
		{"invalid method", []any{"method", "trace"}},
		{"invalid method", []any{"method", "GET / HTTP/1.1\r\nX: y\r\n\r\nGET"}},
		{"invalid method", []any{"method", ""}},
		{"invalid header", []any{"headers", []any{[]any{"a", "b\r\nc: d"}}}},
		{"invalid header", []any{"headers", []any{[]any{"a", "b\nc: d"}}}},
		{"invalid header", []any{"headers", []any{[]any{"a: b\r\nc", "d"}}}},
		{"invalid header", []any{"headers", []any{[]any{"a", "\x00"}}}},
		{"invalid header", []any{"headers", []any{[]any{"a", "\u0100"}}}},
		{"invalid header", []any{"headers", []any{[]any{"", "b"}}}},
		{"invalid header", []any{"headers", []any{[]any{"a"}}}},
		{"invalid header", []any{"headers", []any{"a"}}},
		{"invalid headers: too many", []any{"headers", []any{[]any{"a", strings.Repeat("b", 64<<10)}}}},
		{"invalid body", []any{"body", make([]byte, host.MaxBody+1)}},
	} {
		_, err := fetch(t.Context(), h, "http://127.0.0.1:1/", tt.more...)
		wantError(t, err, tt.want, "")
	}
	for _, args := range [][]js.Value{nil, {nil}, {"http://a"}, {map[string]any{}, int64(1)}} {
		if _, err := h.Ask(t.Context(), origin, "fetch", args); err == nil {
			t.Errorf("fetch of %v: no error", args)
		}
	}
}

// counting counts the connections that a server is sent.
func counting(s *httptest.Server) *atomic.Int64 {
	var n atomic.Int64
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			n.Add(1)
		}
	}
	return &n
}

func TestConnectionsAreKept(t *testing.T) {
	for _, tt := range []struct {
		name      string
		keepalive int
		want      int64
	}{{"by default", 0, 1}, {"unless they are not to be", -1, 3}} {
		t.Run(tt.name, func(t *testing.T) {
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "a") }))
			n := counting(s)
			s.Start()
			t.Cleanup(s.Close)
			h := loopback(t, host.FetchSettings{Keepalive: tt.keepalive})
			for range 3 {
				if _, err := fetch(t.Context(), h, s.URL); err != nil {
					t.Fatal(err)
				}
			}
			if n.Load() != tt.want {
				t.Errorf("%d connections, want %d", n.Load(), tt.want)
			}
		})
	}
}

// A connection that was made under other settings is not used again.
func TestNewSettingsMakeNewConnections(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	n := counting(s)
	s.Start()
	t.Cleanup(s.Close)
	settings := &host.Settings{Permit: permit(t, "fetch 127.0.0.1")}
	h := &host.Host{Settings: func(string) *host.Settings { return settings }}
	t.Cleanup(h.Close)
	for range 2 {
		if _, err := fetch(t.Context(), h, s.URL); err != nil {
			t.Fatal(err)
		}
		again := *settings
		settings = &again
	}
	settings = &host.Settings{}
	_, err := fetch(t.Context(), h, s.URL)
	wantError(t, err, "not permitted", "EACCES")
	if n.Load() != 2 {
		t.Errorf("%d connections, want 2", n.Load())
	}
}

func TestFetchTimesOut(t *testing.T) {
	released := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			w.Header().Set("Content-Length", "2")
			io.WriteString(w, "a")
			w.(http.Flusher).Flush()
		}
		<-r.Context().Done()
		released <- struct{}{}
	})
	h := loopback(t, host.FetchSettings{Timeout: 50 * time.Millisecond})
	for _, path := range []string{"/head", "/body"} {
		_, err := fetch(t.Context(), h, s.URL+path)
		wantError(t, err, "read timed out", "ETIMEDOUT")
		<-released
	}
	if got := h.FetchCounts()["v"]; got.Timeout != 2 || got.Active != 0 {
		t.Errorf("counts %+v, want two timeouts", got)
	}
}

func TestFetchIsAborted(t *testing.T) {
	begun, released := make(chan struct{}), make(chan struct{})
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		close(begun)
		<-r.Context().Done()
		close(released)
	})
	h := loopback(t, host.FetchSettings{})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-begun; cancel() }()
	_, err := fetch(ctx, h, s.URL)
	wantError(t, err, "aborted", "")
	<-released
	if got := h.FetchCounts()["v"]; got.Aborted != 1 || got.Active != 0 {
		t.Errorf("counts %+v, want an abort", got)
	}
}

func TestBodyIsBounded(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body := strings.Repeat("x", 5000)
		switch r.URL.Path {
		case "/chunked":
			w.(http.Flusher).Flush()
		case "/gzip":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(gzipped(t, body))
			return
		default:
			w.Header().Set("Content-Length", "5000")
		}
		io.WriteString(w, body)
	})
	h := loopback(t, host.FetchSettings{MaxResponse: 4999})
	for path, want := range map[string]string{
		"/length": "http content length is too large", "/chunked": "http response body is too large", "/gzip": "http response body is too large",
	} {
		_, err := fetch(t.Context(), h, s.URL+path)
		wantError(t, err, want, "")
		for _, most := range []any{int64(5000), 1e300} {
			got, err := fetch(t.Context(), h, s.URL+path, "maxBody", most)
			if err != nil || len(got["body"].([]byte)) != 5000 {
				t.Errorf("%s with %v bytes: %v", path, most, err)
			}
		}
		if got, err := fetch(t.Context(), h, s.URL+path, "method", "HEAD"); err != nil || len(got["body"].([]byte)) != 0 {
			t.Errorf("HEAD %s: %v, %v", path, got, err)
		}
	}
}

func TestServerDiesMidway(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		c, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close()
		switch r.URL.Path {
		case "/length":
			rw.WriteString("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello")
		case "/chunked":
			rw.WriteString("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
		case "/garbage":
			rw.WriteString("SSH-2.0-OpenSSH_9.6\r\n")
		case "/switch":
			rw.WriteString("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")
		case "/headers":
			rw.WriteString("HTTP/1.1 200 OK\r\nA: " + strings.Repeat("x", 70<<10) + "\r\n\r\n")
		}
		rw.Flush()
	})
	h := loopback(t, host.FetchSettings{})
	for path, want := range map[string][2]string{
		"/length": {"prematurely closed connection", "ECONNRESET"}, "/chunked": {"prematurely closed connection", "ECONNRESET"},
		"/nothing": {"prematurely closed connection", "ECONNRESET"}, "/garbage": {"malformed HTTP", ""},
		"/switch": {"switch of protocols", ""}, "/headers": {"exceeded", ""},
	} {
		t.Run(path, func(t *testing.T) {
			_, err := fetch(t.Context(), h, s.URL+path)
			wantError(t, err, want[0], want[1])
		})
	}
	s.Close()
	_, err := fetch(t.Context(), h, s.URL)
	wantError(t, err, "connect failed", "ECONNREFUSED")
}

func TestRedirects(t *testing.T) {
	var other *httptest.Server
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if to := q.Get("to"); to != "" {
			w.Header().Set("Location", strings.Replace(to, "OTHER", other.URL, 1))
		}
		if r.URL.Path == "/loop" {
			w.Header().Set("Location", "/loop")
		}
		var status int
		if fmt.Sscan(q.Get("status"), &status); status != 0 {
			w.WriteHeader(status)
			return
		}
		if r.URL.Path == "/loop" {
			w.WriteHeader(302)
			return
		}
		echo(w, r)
	})
	other = serve(t, echo)
	auth := []any{"headers", []any{
		[]any{"authorization", "a"}, []any{"cookie", "c"}, []any{"content-type", "t"}, []any{"x-a", "1"}, []any{"host", "h.example.com"},
	}}
	post := append([]any{"method", "POST", "body", []byte("b")}, auth...)
	put := append([]any{"method", "PUT", "body", []byte("b")}, auth...)
	h := loopback(t, host.FetchSettings{})
	for _, tt := range []struct {
		name, path string
		more       []any
		want       string // of the body; or of the error
	}{
		{"followed", "/?status=302&to=/x", auth, "GET /x h.example.com a c t 1 "},
		{"301 makes POST a GET", "/?status=301&to=/x", post, "GET /x h.example.com a c  1 "},
		{"303 makes PUT a GET", "/?status=303&to=/x", put, "GET /x h.example.com a c  1 "},
		{"302 keeps PUT", "/?status=302&to=/x", put, "PUT /x h.example.com a c t 1 b"},
		{"307 keeps POST", "/?status=307&to=/x", post, "POST /x h.example.com a c t 1 b"},
		{"308 keeps POST", "/?status=308&to=/x", post, "POST /x h.example.com a c t 1 b"},
		{"secrets stay at their origin", "/?status=307&to=OTHER/x", post, "POST /x OTHER   t 1 b"},
		{"without a location", "/?status=302", nil, ""},
		{"not followed", "/?status=302&to=/x", []any{"redirect", "manual"}, ""},
		{"an error", "/?status=302&to=/x", []any{"redirect", "error"}, "unexpected redirect"},
		{"for ever", "/loop", nil, "too many redirects"},
		{"out of HTTP", "/?status=302&to=file:///etc/passwd", nil, "redirect to an invalid url"},
		{"with a password", "/?status=302&to=http://a:b@127.0.0.1/", nil, "redirect to an invalid url"},
		{"nonsense", "/?status=302&to=:", nil, "invalid redirect"},
		{"of a stray percent sign", "/?status=302&to=/100%2525", nil, "GET /100%25 HOST     "},
		{"304 is none", "/?status=304&to=/x", nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := fetch(t.Context(), h, s.URL+tt.path, tt.more...)
			if err != nil {
				wantError(t, err, tt.want, "")
				return
			}
			want := strings.NewReplacer("OTHER", strings.TrimPrefix(other.URL, "http://"), "HOST", strings.TrimPrefix(s.URL, "http://")).Replace(tt.want)
			if diff := cmp.Diff(want, string(got["body"].([]byte))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if redirected := tt.want != ""; got["redirected"] != redirected {
				t.Errorf("redirected: %v", got["redirected"])
			}
		})
	}
}

func echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	h := r.Header
	fmt.Fprintf(w, "%s %s %s %s %s %s %s %s", r.Method, r.URL, r.Host, h.Get("Authorization"), h.Get("Cookie"), h.Get("Content-Type"), h.Get("X-A"), body)
}

// A permitted server cannot send a fetch to one that is not.
func TestRedirectLeavesThePermit(t *testing.T) {
	reached := false
	secret := serve(t, func(http.ResponseWriter, *http.Request) { reached = true })
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/1" {
			http.Redirect(w, r, "/2", http.StatusFound)
			return
		}
		http.Redirect(w, r, secret.URL, http.StatusFound)
	})
	h := newHost(t, &host.Settings{Permit: permit(t, "fetch "+strings.TrimPrefix(s.URL, "http://"))})
	_, err := fetch(t.Context(), h, s.URL+"/1")
	wantError(t, err, "fetch of "+strings.TrimPrefix(secret.URL, "http://")+" is not permitted", "EACCES")
	if reached {
		t.Error("the fetch went there")
	}
}

// The name's address is what counts when the connection is made, whatever it was
// before.
func TestNameThatLeadsElsewhere(t *testing.T) {
	n := 0
	s := serve(t, func(http.ResponseWriter, *http.Request) { n++ })
	port := s.URL[strings.LastIndexByte(s.URL, ':'):]
	settings := &host.Settings{Permit: permit(t, "fetch named.test", "fetch *.wild.test"), Fetch: host.FetchSettings{Keepalive: -1, Timeout: 10 * time.Second}}
	var address atomic.Value
	address.Store("127.0.0.1")
	h := newHost(t, settings)
	h.Resolver = resolver(t, func() string { return address.Load().(string) })
	if _, err := fetch(t.Context(), h, "http://named.test"+port); err != nil {
		t.Fatal(err)
	}
	_, err := fetch(t.Context(), h, "http://a.wild.test"+port)
	wantError(t, err, "fetch of a.wild.test"+port+" is not permitted, since it leads to 127.0.0.1", "EACCES")
	address.Store("169.254.169.254")
	_, err = fetch(t.Context(), h, "http://named.test"+port)
	wantError(t, err, "since it leads to 169.254.169.254", "EACCES")
	address.Store("")
	_, err = fetch(t.Context(), h, "http://named.test"+port)
	wantError(t, err, `"named.test" could not be resolved`, "ENOTFOUND")
	if n != 1 {
		t.Errorf("%d requests, want 1", n)
	}
}

func TestProxy(t *testing.T) {
	origin := httptest.NewTLSServer(http.HandlerFunc(echo))
	t.Cleanup(origin.Close)
	var mu sync.Mutex
	var seen []string
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		seen = append(seen, r.Method+" "+r.Host+" "+r.Header.Get("Proxy-Authorization"))
		mu.Unlock()
		if r.Method != http.MethodConnect {
			fmt.Fprint(w, "by proxy: ", r.URL)
			return
		}
		tunnel(t, w, strings.TrimPrefix(origin.URL, "https://"))
	})
	u, err := host.ParseProxy(strings.Replace(proxy.URL, "http://", "http://user:secret@", 1))
	if err != nil {
		t.Fatal(err)
	}
	h := newHost(t, &host.Settings{
		Permit: permit(t, "fetch a.internal example.com"),
		Fetch:  host.FetchSettings{Proxy: u, SkipVerify: true},
	})
	got, err := fetch(t.Context(), h, "http://a.internal/b")
	if err != nil || string(got["body"].([]byte)) != "by proxy: http://a.internal/b" {
		t.Errorf("%s, %v", got["body"], err)
	}
	got, err = fetch(t.Context(), h, "https://example.com/x")
	if err != nil || string(got["body"].([]byte)) != "GET /x example.com     " {
		t.Errorf("%q, %v", got["body"], err)
	}
	got, err = fetch(t.Context(), h, "http://a.internal/b", "headers", []any{[]any{"Host", "secret.internal"}})
	if err != nil || string(got["body"].([]byte)) != "by proxy: http://a.internal/b" {
		t.Errorf("with another Host: %s, %v", got["body"], err)
	}
	_, err = fetch(t.Context(), h, proxy.URL)
	wantError(t, err, "not permitted", "EACCES")
	auth := "Basic " + base64.StdEncoding.EncodeToString([]byte("user:secret"))
	if diff := cmp.Diff([]string{"GET a.internal " + auth, "CONNECT example.com:443 " + auth, "GET a.internal " + auth}, seen); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// tunnel makes a CONNECT request a connection to a server.
func tunnel(t *testing.T, w http.ResponseWriter, to string) {
	c, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	defer c.Close()
	up, err := net.Dial("tcp", to)
	if err != nil {
		t.Error(err)
		return
	}
	defer up.Close()
	io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
	go func() { io.Copy(up, c); up.Close() }()
	io.Copy(c, up)
}

func TestParseProxy(t *testing.T) {
	for s, ok := range map[string]bool{
		"http://p:3128": true, "http://u:p@p": true, "https://p": true,
		"p:3128": false, "socks5://p": false, "http://": false, "http://p:x": false,
	} {
		if _, err := host.ParseProxy(s); (err == nil) != ok {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestCertificates(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Proto) }))
	s.EnableHTTP2 = true
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	for _, tt := range []struct {
		name     string
		settings host.FetchSettings
		more     []any
		ok       bool
	}{
		{"of nobody", host.FetchSettings{}, nil, false},
		{"of nobody, and any will do", host.FetchSettings{SkipVerify: true}, nil, true},
		{"of nobody, and any will do for this fetch", host.FetchSettings{}, []any{"verify", false}, true},
		{"of the given authority", host.FetchSettings{Authorities: cert}, nil, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := fetch(t.Context(), loopback(t, tt.settings), s.URL, tt.more...)
			if !tt.ok {
				wantError(t, err, "certificate is not trusted", "")
				return
			}
			if err != nil || string(got["body"].([]byte)) != "HTTP/2.0" {
				t.Errorf("%q, %v; want HTTP/2.0", got["body"], err)
			}
		})
	}
	h := loopback(t, host.FetchSettings{Authorities: cert})
	if _, err := fetch(t.Context(), h, strings.Replace(s.URL, "https", "http", 1)); err != nil { // it answers 400 in clear
		t.Error(err)
	}
	plain := serve(t, echo)
	_, err := fetch(t.Context(), h, strings.Replace(plain.URL, "http", "https", 1))
	wantError(t, err, "does not speak TLS", "")
}

func TestManyFetchesAtOnce(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.URL.Path) })
	h := loopback(t, host.FetchSettings{})
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			path := fmt.Sprint("/", i)
			got, err := fetch(t.Context(), h, s.URL+path)
			if err != nil || string(got["body"].([]byte)) != path {
				t.Errorf("%s: %q, %v", path, got["body"], err)
			}
		})
	}
	wg.Wait()
	if got, want := h.FetchCounts()["v"], (host.FetchCounts{OK: 100}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
}

func BenchmarkFetch(b *testing.B) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok") }))
	defer s.Close()
	settings := &host.Settings{Permit: host.Permit{All: true}}
	h := &host.Host{Settings: func(string) *host.Settings { return settings }}
	defer h.Close()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := fetch(b.Context(), h, s.URL); err != nil {
			b.Fatal(err)
		}
	}
}
