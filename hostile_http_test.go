package weir_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/weirtest"
)

// ask sends the head of a request as it is, which an http.Client would clean. The
// lines are its headers, Host included.
func ask(t *testing.T, addr, line string, header ...string) (*http.Response, string) {
	t.Helper()
	c := dialPeer(t, addr)
	defer c.Close()
	fmt.Fprintf(c, "%s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n", line, strings.Join(header, "\r\n"))
	method, _, _ := strings.Cut(line, " ")
	res, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%.60q: %v", line, err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body) // it may be cut off
	return res, string(body)
}

// fetch is ask for a GET that names the host properly.
func fetch(t *testing.T, addr, path string) (*http.Response, string) {
	t.Helper()
	return ask(t, addr, "GET "+path, "Host: "+addr)
}

// No path leads out of the directory, to another host, or past the check of names
// to a stream.
func TestHostilePaths(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	html := filepath.Join(top, "html")
	if err := os.MkdirAll(filepath.Join(html, "live"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"secret", "secret.m3u8", "secret.ts", "secret.flv"} {
		if err := os.WriteFile(filepath.Join(top, name), []byte("out of bounds"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("../../"+name, filepath.Join(html, "live", name)); err != nil {
			t.Fatal(err)
		}
	}
	conf := strings.Replace(everything(""), "http_server {", "http_server { dir "+html+";", 1)
	s := weirtest.Up(t, conf)
	publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	t.Run("of", func(t *testing.T) {
		for _, ext := range []string{"", ".m3u8", ".ts", ".flv"} {
			for _, path := range []string{
				"/live/../../secret", "/../secret", "/live/%2e%2e/%2e%2e/secret", "/live/..%2f..%2fsecret", "/live/%252e%252e/secret",
				"/live/..%5c..%5csecret", "/live/secret", "//etc/passwd", "//evil.example/live", "/live//secret", "/./live/a%00", "/live/a%0a",
				"/live/%0d%0aSet-Cookie:x=y", "/live/a;x", "/%5Bapp%5D/a", "/live/.secret", "/live/" + strings.Repeat("x", 8000), "/live/-i", "/live/%ff",
				"http://evil.example/live/../secret", "/live/a%20",
			} {
				t.Run(path+ext, func(t *testing.T) {
					t.Parallel() // a playlist that is not there is waited for
					res, body := fetch(t, s.HTTP, path+ext)
					if res.StatusCode < 400 || res.StatusCode >= 500 {
						t.Error(res.Status)
					}
					if strings.Contains(body, "out of bounds") || res.Header.Get("Location") != "" || res.Header.Get("Set-Cookie") != "" {
						t.Errorf("%v %q", res.Header, body)
					}
				})
			}
		}
	})
	for line, want := range map[string]int{
		"GET /" + strings.Repeat("x", 64<<10):             431,
		"GET /live/a.flv\x00":                             400,
		"GET live/a.flv":                                  400,
		"POST /live/a.flv":                                405,
		"PUT /live/a.m3u8":                                405,
		"DELETE /live/a-0.ts":                             405,
		"TRACE /live/a.m3u8":                              405,
		"CONNECT 127.0.0.1:22":                            400,
		"GET /live/a.m3u8?" + strings.Repeat("a&", 16000): 431,
	} {
		if res, _ := ask(t, s.HTTP, line, "Host: "+s.HTTP); res.StatusCode != want {
			t.Errorf("%.40q: %d, want %d", line, res.StatusCode, want)
		}
	}
	wellFormed(t, s.Log.String())
}

// Peers that never end their headers, or say nothing, are sent away by the time;
// others are served meanwhile.
func TestSlowHeadersEnd(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(""))
	b := stand(t, s)
	var slow sync.WaitGroup
	for i := range 60 {
		c := dialPeer(t, []string{s.HTTP, s.API}[i%2])
		slow.Go(func() {
			tick := time.NewTicker(time.Second)
			defer tick.Stop()
			fmt.Fprint(c, "GET /live/bystander.m3u8 HTTP/1.1\r\nHost: a\r\nX: ")
			ended := make(chan struct{})
			go func() { defer close(ended); io.Copy(io.Discard, c) }()
			for begun := time.Now(); time.Since(begun) < weirtest.Patience; {
				select {
				case <-ended:
					return
				case <-tick.C:
					fmt.Fprint(c, "a")
				}
			}
			t.Error("a peer that never ends its headers stays")
			c.Close()
			<-ended
		})
	}
	if res, _ := fetch(t, s.API, "/api/v1/versions"); res.StatusCode != 200 {
		t.Errorf("meanwhile the API answers %s", res.Status)
	}
	slow.Wait()
	b.unharmed(t)
}

// Viewers of streams that do not exist leave nothing behind, however many come.
func TestViewersOfNothingLeaveNothing(t *testing.T) {
	const viewers, atOnce = 2000, 50
	s := weirtest.Up(t, everything(""))
	b := stand(t, s)
	before := held(t)
	names := make(chan int)
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for i := range names {
				c, err := net.Dial("tcp", s.HTTP)
				if err != nil {
					t.Error(err)
					continue
				}
				fmt.Fprintf(c, "GET /live/nothing%d.m3u8 HTTP/1.1\r\nHost: a\r\n\r\n", i)
				c.Close()
			}
		})
	}
	for i := range viewers {
		names <- i
	}
	close(names)
	all.Wait()
	eventually(t, "viewers who left are gone", func() bool {
		_, body := fetch(t, s.API, "/api/v1/clients?count=10000")
		return !strings.Contains(body, "nothing")
	})
	before.comeBack(t)
	b.unharmed(t)
}

var sessionArg = regexp.MustCompile(`hls_ctx=([0-9a-f]{32})\b`)

// A viewer's session is for the stream that it was admitted to, and cannot be guessed.
func TestHLSSessionsAreNotTransferable(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`
		js_on_play { if (s.stream === 'private' && s.args.key !== 'open') return s.deny(401, 'no key'); s.log('admitted ' + s.stream); }
	`))
	publish(t, s, "live/public", mediatest.Stream{GOP: 25})
	publish(t, s, "live/private", mediatest.Stream{GOP: 25})
	ids := map[string]bool{}
	id := func(path string) string {
		_, body := fetch(t, s.HTTP, path)
		m := sessionArg.FindStringSubmatch(body)
		if m == nil {
			t.Fatalf("%s: no session in %q", path, body)
		}
		ids[m[1]] = true
		return m[1]
	}
	public, private := id("/live/public.m3u8"), id("/live/private.m3u8?key=open")
	for range 20 {
		id("/live/public.m3u8")
	}
	if len(ids) != 22 {
		t.Errorf("%d of 22 sessions have an id of their own", len(ids))
	}
	segment := regexp.MustCompile(`private-\d+\.ts`)
	_, list := fetch(t, s.HTTP, "/live/private.m3u8?hls_ctx="+private)
	name := segment.FindString(list)
	if res, _ := fetch(t, s.HTTP, "/live/"+name+"?hls_ctx="+private); res.StatusCode != 200 {
		t.Fatalf("the viewer's own segment %q: %s", name, res.Status)
	}
	for _, query := range []string{
		"", "?hls_ctx=", "?hls_ctx=" + public, "?hls_ctx=" + strings.Repeat("0", 32), "?hls_ctx=" + private[:31],
		"?hls_ctx=" + strings.ToUpper(private), "?hls_ctx=" + public + "&hls_ctx=" + private, "?hls_ctx=" + private + "&vhost=b",
	} {
		for _, file := range []string{name, "private.m3u8"} {
			if res, body := fetch(t, s.HTTP, "/live/"+file+query); res.StatusCode < 400 || strings.Contains(body, private) {
				t.Errorf("/live/%s%s: %s %q", file, query, res.Status, body)
			}
		}
	}
	if n := s.Log.Count("admitted private"); n != 1 {
		t.Errorf("%d viewers of the private stream were admitted, want 1", n)
	}
}
