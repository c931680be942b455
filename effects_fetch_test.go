package weir_test

import (
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"weir/media/mediatest"
	"weir/weirtest"
)

// denying is a hook that denies for what a function's body returns or throws.
func denying(body string) string {
	return "js_on_publish { const run = async () => {" + body + "}; try { return s.deny(String(await run())); } catch (e) { return s.deny(e.message); } }"
}

// denied is why a publisher is denied.
func denied(t *testing.T, s *weirtest.Server, path string) string {
	t.Helper()
	_, err := s.Publish(path, mediatest.Stream{})
	_, reason := refusal(err)
	return reason
}

// Scripts touch what js_permit says, and each vhost what it says beside the top
// level.
func TestPermitDirective(t *testing.T) {
	t.Parallel()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "fetched") }))
	defer site.Close()
	host := strings.TrimPrefix(site.URL, "http://")
	body := denying("return (await fetch('" + site.URL + "')).text();")
	s := weirtest.Up(t, "js_permit fetch other.example.com;"+everything(body)+"vhost b { js_permit fetch "+host+";"+body+"}")
	if got, want := denied(t, s, "live/a"), `add "js_permit fetch `+host+`;"`; !strings.Contains(got, want) {
		t.Errorf("without a permit: %q, want %q", got, want)
	}
	if got := denied(t, s, "live/a?vhost=b"); !strings.HasPrefix(got, "fetched") {
		t.Errorf("with a permit: %q", got)
	}
}

// A reload gives and takes permits, whatever connections wait.
func TestPermitsAreReloaded(t *testing.T) {
	t.Parallel()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "fetched") }))
	defer site.Close()
	conf := func(permit string) string {
		return everything(permit + denying("return (await fetch('"+site.URL+"')).text();"))
	}
	s := weirtest.Up(t, conf("js_permit fetch 127.0.0.1;"))
	for n, want := range []string{"fetched", "not permitted", "fetched"} {
		if n > 0 {
			save(t, s, n, conf(map[bool]string{true: "js_permit fetch 127.0.0.1;"}[want == "fetched"]))
		}
		if got := denied(t, s, "live/a"); !strings.Contains(got, want) {
			t.Errorf("after %d reloads: %q, want %q", n, got, want)
		}
	}
}

func TestFetchDirectives(t *testing.T) {
	t.Parallel()
	var conns atomic.Int64
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/slow":
			<-r.Context().Done()
		case "/large":
			io.WriteString(w, strings.Repeat("x", 2000))
		default:
			fmt.Fprint(w, "from ", r.Host)
		}
	})
	plain, secure := httptest.NewUnstartedServer(handler), httptest.NewTLSServer(handler)
	plain.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			conns.Add(1)
		}
	}
	plain.Start()
	defer plain.Close()
	defer secure.Close()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	writeFile(t, ca, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})))
	for _, tt := range []struct{ directive, url, want string }{
		{"", plain.URL, "from 127.0.0.1"},
		{"js_fetch_timeout 50ms;", plain.URL + "/slow", "timed out"},
		{"js_fetch_max_response_buffer_size 1k;", plain.URL + "/large", "too large"},
		{"", secure.URL, "certificate is not trusted"},
		{"js_fetch_verify off;", secure.URL, "from 127.0.0.1"},
		{"js_fetch_trusted_certificate " + ca + ";", secure.URL, "from 127.0.0.1"},
		{"js_fetch_proxy " + plain.URL + ";", "http://far.example.com/", "from far.example.com"},
	} {
		s := weirtest.Up(t, everything("js_permit all;"+tt.directive+denying("return (await fetch('"+tt.url+"')).text();")))
		if got := denied(t, s, "live/a"); !strings.Contains(got, tt.want) {
			t.Errorf("%s fetch of %s: %q, want %q", tt.directive, tt.url, got, tt.want)
		}
	}
	for directive, want := range map[string]int64{"": 1, "js_fetch_keepalive 0;": 3} {
		conns.Store(0)
		s := weirtest.Up(t, everything("js_permit all;"+directive+denying("for (let i = 0; i < 3; i++) await (await fetch('"+plain.URL+"')).text();")))
		denied(t, s, "live/a")
		if conns.Load() != want {
			t.Errorf("%q: %d connections, want %d", directive, conns.Load(), want)
		}
	}
}
