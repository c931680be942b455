package hls

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"weir/media"
)

func TestSplitSegment(t *testing.T) {
	type name struct {
		stream string
		seq    int
	}
	for in, want := range map[string]name{
		"cam1-0":         {"cam1", 0},
		"cam-1-12":       {"cam-1", 12},
		"a-2147483647":   {"a", 2147483647},
		"камера 1-3":     {"камера 1", 3},
		"cam1-1784-2024": {"cam1-1784", 2024},
	} {
		stream, seq, err := splitSegment(media.Key{App: "live", Stream: in})
		if got := (name{stream, seq}); err != nil || got != want {
			t.Errorf("splitSegment(%q) = %v, %v, want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"cam1", "cam1-", "cam1-x", "cam1-01", "cam1-+1", "cam1-1 ", "cam1-0x1", "-1", "a.-1"} {
		if stream, seq, err := splitSegment(media.Key{App: "live", Stream: in}); err == nil {
			t.Errorf("splitSegment(%q) = %q, %d, want an error", in, stream, seq)
		}
	}
}

// FuzzParse asks for any URL: what is accepted are valid names, and the URLs that
// the playlist would have are of one line and lead back to them.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"/live/cam1.m3u8", "/live/a/b/cam1-12.ts?hls_ctx=00ff&vhost=x", "/live/%2e%2e/x.m3u8", "/live/a%0ab.m3u8",
		"/live/cam%201.m3u8?a=%0a&vhost=%23", "//host/x-1.ts", "/live/..%2fx-0.ts", "/live/-1.ts", "/live/x:y.m3u8", "/live/a%252f-1.ts",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := url.ParseRequestURI(s)
		if err != nil {
			return
		}
		q, err := parse(&http.Request{Method: http.MethodGet, URL: u, Host: "h"})
		if err != nil {
			if !errors.Is(err, media.ErrNotFound) && !errors.Is(err, media.ErrBadName) {
				t.Errorf("parse(%q) = %v", s, err)
			}
			return
		}
		asked := q.session.Asked
		if err := media.CheckName(asked.App, asked.Stream); err != nil {
			t.Fatalf("parse(%q): %v", s, err)
		}
		for _, next := range []string{q.variant(), q.name() + "-7.ts" + q.query()} {
			if strings.ContainsAny(next, "\r\n\x00 ") {
				t.Fatalf("parse(%q): the URL %q breaks the playlist", s, next)
			}
			ref, err := u.Parse(next)
			if err != nil {
				t.Fatalf("parse(%q): the URL %q: %v", s, next, err)
			}
			again, err := parse(&http.Request{Method: http.MethodGet, URL: ref, Host: "h"})
			if err != nil || again.session.Asked != asked {
				t.Fatalf("parse(%q) = %v, but of its own URL %q: %v, %v", s, asked, next, again.session, err)
			}
		}
	})
}
