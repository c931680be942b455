package httphooks

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestSegmentsAreAnnounced(t *testing.T) {
	const all = "/hls/[server_id]/[service_id]/[app]/[stream]/[ts_url][param]"
	tests := []struct {
		name, app, stream, query, template, want string
	}{
		{"every placeholder", "live", "cam1", "token=a%20b&x=1", all, "/hls/vid-server/9b1c/live/cam1/live/cam1-7.ts?token=a%20b&x=1&site=7"},
		{"names that need escapes", "live/room 2", "кам=1", "", all, "/hls/vid-server/9b1c/live/room%202/%D0%BA%D0%B0%D0%BC=1/live/cam1-7.ts?site=7"},
		{"query that needs escapes", "live", "cam1", "a=\"b c\"#\r\n\xff", "/[param]", "/?a=%22b+c%22%23%0D%0A%FF&site=7"},
		{"no placeholder", "live", "cam1", "", "/fixed", "/fixed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := answering(t, status(http.StatusInternalServerError, strings.Repeat("ignored ", 1<<16)))
			c, log := client(t)
			s := overRTMP()
			s.Key.App, s.Key.Stream, s.Query = tt.app, tt.stream, tt.query
			c.TellHLS(with(hooks{OnHLSNotify: []string{b.URL + tt.template}, Secret: "x"}), s, File{URL: "live/cam1-7.ts"})
			drain(t, c)
			got := b.wait(t, 1)[0]
			if got.Path != tt.want || len(got.Body) > 0 || got.Header.Get(SignatureHeader) != "" {
				t.Errorf("fetched %q, want %q", got.Path, tt.want)
			}
			if log.String() != "" {
				t.Errorf("logged %s", log)
			}
		})
	}
}

func TestAbsoluteURLOfASegmentIsFetchedItself(t *testing.T) {
	const want = "https://cdn.example/live/cam1-7.ts"
	if got := (&Client{}).notice("http://x/[ts_url]", overRTMP(), &File{URL: want}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOneTemplateIsTaken(t *testing.T) {
	b := answering(t, saying(""))
	c, _ := client(t)
	for range 10 {
		c.TellHLS(with(hooks{OnHLSNotify: []string{b.URL + "/a", b.URL + "/b"}}), overRTMP(), File{URL: "live/cam1-7.ts"})
	}
	drain(t, c)
	if n := len(b.got()); n != 10 {
		t.Errorf("10 segments were announced %d times", n)
	}
}

func FuzzNotice(f *testing.F) {
	f.Add("live", "cam1", "token=1", "live/cam1-7.ts")
	f.Add("a/b", "@evil", "\r\nHost: evil", "//evil/x")
	f.Add("..", "#", "?", "\x00")
	f.Fuzz(func(t *testing.T, app, stream, query, segment string) {
		if strings.HasPrefix(segment, "http") {
			return
		}
		s := overRTMP()
		s.Key.App, s.Key.Stream, s.Query = app, stream, query
		got := (&Client{}).notice("http://cdn.example/[app]/[stream]/[ts_url][param]", s, &File{URL: segment})
		u, err := url.Parse(got)
		if err != nil {
			t.Fatalf("%q: %v", got, err)
		}
		if u.Host != "cdn.example" || u.Fragment != "" || u.User != nil {
			t.Errorf("%q goes elsewhere", got)
		}
	})
}
