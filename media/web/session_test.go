package web

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/media"
)

func TestPlaySessionAsks(t *testing.T) {
	tests := []struct {
		url  string
		want media.Key
	}{
		{"http://a.example/live/cam1.flv", media.Key{VHost: "a.example", App: "live", Stream: "cam1"}},
		{"http://a.example:8080/live/cam1.flv", media.Key{VHost: "a.example", App: "live", Stream: "cam1"}},
		{"http://[::1]:8080/live/cam1.flv", media.Key{VHost: "::1", App: "live", Stream: "cam1"}},
		{"http://[::1]/live/cam1.flv", media.Key{VHost: "::1", App: "live", Stream: "cam1"}},
		{"http://a/live/room/2/cam1.flv", media.Key{VHost: "a", App: "live/room/2", Stream: "cam1"}},
		{"http://a/live/cam.1.flv", media.Key{VHost: "a", App: "live", Stream: "cam.1"}},
		{"http://a/live/a%20b.flv", media.Key{VHost: "a", App: "live", Stream: "a b"}},
		{"http://a/live/x.flv?vhost=v&domain=d", media.Key{VHost: "v", App: "live", Stream: "x"}},
		{"http://a/live/x.flv?domain=d", media.Key{VHost: "d", App: "live", Stream: "x"}},
		{"http://a/live/x.flv?vhost=&token=t", media.Key{VHost: "a", App: "live", Stream: "x"}},
	}
	for _, tt := range tests {
		s, err := PlaySession(httptest.NewRequest(http.MethodGet, tt.url, nil), "flv", ".flv")
		if err != nil {
			t.Errorf("%s: %v", tt.url, err)
			continue
		}
		if d := cmp.Diff(tt.want, s.Asked); d != "" {
			t.Errorf("%s asks (-want +got):\n%s", tt.url, d)
		}
	}
}

func TestPlaySessionRefuses(t *testing.T) {
	tests := []struct {
		path string
		want error
	}{
		{"/cam1.flv", media.ErrNotFound},
		{"/.flv", media.ErrNotFound},
		{"//cam1.flv", media.ErrBadName},
		{"/live//cam1.flv", media.ErrBadName},
		{"/live/.flv", media.ErrBadName},
		{"/live/../cam1.flv", media.ErrBadName},
		{"/live/%2e%2e/cam1.flv", media.ErrBadName},
		{"/live/..%2fcam1.flv", media.ErrBadName},
		{"/live%2fcam1/x.flv", media.ErrBadName},
		{"/live/%252e%252e/cam1.flv", media.ErrBadName},
		{"/live/a%00b.flv", media.ErrBadName},
		{"/live/a%0ab.flv", media.ErrBadName},
		{"/live/%c0%ae.flv", media.ErrBadName},
		{"/live/-i.flv", media.ErrBadName},
	}
	for _, tt := range tests {
		r := httptest.NewRequest(http.MethodGet, "http://a"+tt.path, nil)
		if s, err := PlaySession(r, "flv", ".flv"); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, %v, want %v", tt.path, s, err, tt.want)
		}
	}
}

func TestPlaySessionDescribesThePeer(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "http://a:8080/live/x.flv?token=t", nil)
	r.RemoteAddr = "[::ffff:192.0.2.1]:4000"
	r.Header.Set("X-Forwarded-For", "203.0.113.9")
	r.Header.Set("Referer", "https://page.example/")
	r.Header.Set("User-Agent", "probe")
	s, err := PlaySession(r, "flv", ".flv")
	if err != nil {
		t.Fatal(err)
	}
	c := s.Connection
	if want := netip.MustParseAddrPort("192.0.2.1:4000"); c.Remote != want {
		t.Errorf("remote = %v, want %v", c.Remote, want)
	}
	got := []string{s.Kind, s.Query, s.URL, c.Protocol, c.App, c.Host, c.PageURL, c.UserAgent()}
	want := []string{"play", "token=t", "http://a:8080/live/x.flv?token=t", "flv", "live", "a", "https://page.example/", "probe"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("session (-want +got):\n%s", d)
	}
	if s.ID == "" || c.ID == "" || s.ID == c.ID || s.StartedAt.IsZero() {
		t.Errorf("ids %q, %q, started %v", s.ID, c.ID, s.StartedAt)
	}
}

func TestPlaySessionKnowsItsOwnAddress(t *testing.T) {
	var got netip.AddrPort
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if s, err := PlaySession(r, "flv", ".flv"); err == nil {
			got = s.Connection.Local
		}
	}))
	defer srv.Close()
	res, err := srv.Client().Get(srv.URL + "/live/x.flv")
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if want := srv.Listener.Addr().(*net.TCPAddr).AddrPort(); got != want {
		t.Errorf("local = %v, want %v", got, want)
	}
}

func FuzzPlaySession(f *testing.F) {
	for _, s := range []string{"/live/x.flv", "/live/..%2fx.flv?vhost=[v]", "//h/x.flv", "/%00/%.flv"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, target string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		u, err := r.URL.Parse(target)
		if err != nil {
			return
		}
		r.URL = u
		s, err := PlaySession(r, "flv", ".flv")
		if err == nil && media.CheckName(s.Asked.App, s.Asked.Stream) != nil {
			t.Errorf("%q asks for %v", target, s.Asked)
		}
	})
}
