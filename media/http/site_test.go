package http

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"weir/media/mediatest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// page is what a test compares of an answer.
type page struct {
	Code int
	Body string
}

// raw sends a request line as it is, which an http.Client would clean.
func raw(t *testing.T, addr, line string, header ...string) (*http.Response, page) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // the test is over
	fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: weir.example:8080\r\nConnection: close\r\n", line)
	for _, h := range header {
		fmt.Fprintf(conn, "%s\r\n", h)
	}
	fmt.Fprint(conn, "\r\n")
	method, _, _ := strings.Cut(line, " ")
	res, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return res, page{res.StatusCode, string(body)}
}

// write makes a file of name's own text in dir.
func write(t *testing.T, dir, name string) {
	t.Helper()
	p := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(name), 0o600); err != nil {
		t.Fatal(err)
	}
}

func start(t *testing.T, s *Site) string {
	t.Helper()
	srv := httptest.NewServer(s.Handler(mediatest.NewRouter(t)))
	t.Cleanup(srv.Close)
	return srv.Listener.Addr().String()
}

func TestFiles(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "html")
	write(t, top, "secret")
	for _, f := range []string{
		"a.html", "sub/index.html", "sub/b c.txt", "bare/x.txt", ".git/config", ".htpasswd", ".well-known/x", "clip.flv", "a%2e.txt",
	} {
		write(t, dir, f)
	}
	for link, to := range map[string]string{"out": "../secret", "abs": filepath.Join(top, "secret"), "in": "a.html"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	var s Site
	s.Set(Settings{Dir: dir})
	addr := start(t, &s)

	const notFound, bad = "404 page not found\n", "bad path\n"
	tests := []struct {
		line string
		want page
	}{
		{"GET /a.html", page{200, "a.html"}},
		{"GET /a.html?x=/../", page{200, "a.html"}},
		{"HEAD /a.html", page{200, ""}},
		{"GET /in", page{200, "a.html"}},
		{"GET /sub/", page{200, "sub/index.html"}},
		{"GET /sub/b%20c.txt", page{200, "sub/b c.txt"}},
		{"GET /a%252e.txt", page{200, "a%2e.txt"}},
		{"GET /clip.flv", page{200, "clip.flv"}},
		{"GET /.well-known/x", page{200, ".well-known/x"}},
		{"GET /bare/", page{404, notFound}},
		{"GET /nothing", page{404, notFound}},
		{"GET /.git/config", page{404, notFound}},
		{"GET /.htpasswd", page{404, notFound}},
		{"GET /out", page{404, notFound}},
		{"GET /abs", page{404, notFound}},
		{"GET /pipe", page{404, notFound}},
		{"GET /../secret", page{404, notFound}},
		{"GET /sub/../../secret", page{404, notFound}},
		{"GET /%2e%2e/secret", page{404, notFound}},
		{"GET /%2e%2e%2fsecret", page{404, notFound}},
		{"GET /%252e%252e/secret", page{404, notFound}},
		{"GET /..%5csecret", page{400, bad}},
		{"GET /a.html%00.txt", page{400, bad}},
		{"GET //evil.example/", page{404, notFound}},
		{"GET //evil.example/%2e%2e", page{404, notFound}},
		{"GET /sub//b%20c.txt", page{404, notFound}},
		{"GET /" + strings.Repeat("x", 8000), page{404, notFound}},
		{"POST /a.html", page{405, "method not allowed\n"}},
		{"DELETE /a.html", page{405, "method not allowed\n"}},
	}
	for _, tt := range tests {
		res, got := raw(t, addr, tt.line)
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.line, d)
		}
		if to := res.Header.Get("Location"); to != "" {
			t.Errorf("%s leads to %s", tt.line, to)
		}
	}
	for line, want := range map[string]string{"GET /sub": "./sub/", "GET /sub?q=1": "./sub/?q=1"} {
		if res, _ := raw(t, addr, line); res.StatusCode != 301 || res.Header.Get("Location") != want {
			t.Errorf("%s: %d to %q, want 301 to %q", line, res.StatusCode, res.Header.Get("Location"), want)
		}
	}
	if res, got := raw(t, addr, "GET /a.html", "Range: bytes=2-3"); got.Code != 206 || got.Body != "ht" {
		t.Errorf("range: %d %q, %v", got.Code, got.Body, res.Header)
	}
}

func TestSetSwapsTheDirectory(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	write(t, one, "one.txt")
	write(t, two, "two.txt")
	var s Site
	addr := start(t, &s)
	for _, tt := range []struct {
		dir      string
		one, two int
	}{{"", 404, 404}, {one, 200, 404}, {two, 404, 200}, {filepath.Join(two, "absent"), 404, 404}} {
		s.Set(Settings{Dir: tt.dir})
		_, a := raw(t, addr, "GET /one.txt")
		_, b := raw(t, addr, "GET /two.txt")
		if a.Code != tt.one || b.Code != tt.two {
			t.Errorf("in %q: %d, %d, want %d, %d", tt.dir, a.Code, b.Code, tt.one, tt.two)
		}
	}
}

func TestLandingPage(t *testing.T) {
	dir := t.TempDir()
	var s Site
	s.Set(Settings{Dir: dir})
	addr := start(t, &s)
	res, got := raw(t, addr, "GET /")
	for _, want := range []string{"rtmp://weir.example/", "http://weir.example:8080/"} {
		if !strings.Contains(got.Body, want) {
			t.Errorf("the page does not tell %s", want)
		}
	}
	if got.Code != 200 || res.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("answer %d %v", got.Code, res.Header)
	}
	write(t, dir, "index.html")
	if _, got := raw(t, addr, "GET /"); got.Body != "index.html" {
		t.Errorf("with an index.html: %q", got.Body)
	}
}

func TestLandingPageEscapesTheHost(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Host = `"><script>x</script>`
	w := httptest.NewRecorder()
	serveLanding(w, r)
	if strings.Contains(w.Body.String(), "<script") {
		t.Error("the Host header stands in the page as it is")
	}
}

func TestMountsComeFirst(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "live/a.m3u8")
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hls ", r.URL.Path) })
	s := Site{Mounts: map[string]http.Handler{".m3u8": echo}}
	s.Set(Settings{Dir: dir})
	addr := start(t, &s)
	if _, got := raw(t, addr, "GET /live/a.m3u8"); got != (page{200, "hls /live/a.m3u8"}) {
		t.Errorf("answer %+v", got)
	}
	if _, got := raw(t, addr, "GET /live/a.m3u8%00"); got.Code != 400 {
		t.Errorf("a NUL reaches a mount: %+v", got)
	}
}

func TestCrossDomain(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.txt")
	var s Site
	addr := start(t, &s)
	for _, on := range []bool{true, false} {
		s.Set(Settings{Dir: dir, CrossDomain: on})
		want := map[bool]string{true: "*"}[on]
		for _, line := range []string{"GET /a.txt", "GET /nothing", "HEAD /live/a.flv", "OPTIONS /live/a.flv", "POST /a.txt"} {
			res, got := raw(t, addr, line, "Origin: https://evil.example")
			if o := res.Header.Get("Access-Control-Allow-Origin"); o != want {
				t.Errorf("crossdomain %v: %s allows %q, want %q", on, line, o, want)
			}
			if res.Header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s allows credentials", line)
			}
			if allow := map[bool]string{true: "GET, HEAD, OPTIONS", false: "GET, HEAD"}[on]; got.Code == 405 && res.Header.Get("Allow") != allow {
				t.Errorf("crossdomain %v: %s is told %q, want %q", on, line, res.Header.Get("Allow"), allow)
			}
			if code := map[bool]int{true: 204, false: 405}[on]; strings.HasPrefix(line, "OPTIONS") && got.Code != code {
				t.Errorf("crossdomain %v: %s answers %d, want %d", on, line, got.Code, code)
			}
		}
	}
}

func FuzzFileName(f *testing.F) {
	for _, s := range []string{"/", "/a/b.txt", "/../x", "//h/", "/.well-known/x", "/a/./b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, p string) {
		if name, ok := fileName(p); ok && !filepath.IsLocal(name) && !strings.ContainsRune(name, 0) {
			t.Errorf("fileName(%q) = %q, which is not within the directory", p, name)
		}
	})
}
