package hls

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"weir/media"
	"weir/media/mediatest"
)

func body(t testing.TB, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func wantStatus(t *testing.T, what string, r *http.Response, want int) {
	t.Helper()
	if r.StatusCode != want {
		t.Errorf("%s: status %d, want %d", what, r.StatusCode, want)
	}
}

func TestWithoutSessions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, false)
		r.output(key, quick)
		r.publish(key, clip(2*time.Second))
		synctest.Wait()

		list := r.request("GET", "/live/cam1.m3u8")
		wantStatus(t, "playlist", list, 200)
		for name, want := range map[string]string{
			"Content-Type": "application/vnd.apple.mpegurl", "Cache-Control": "public, max-age=1", "Access-Control-Allow-Origin": "",
		} {
			if got := list.Header.Get(name); got != want {
				t.Errorf("playlist has %s %q, want %q", name, got, want)
			}
		}
		if text := body(t, list); !strings.Contains(text, "\ncam1-1.ts\n") {
			t.Errorf("playlist does not list cam1-1.ts:\n%s", text)
		}

		seg := r.request("GET", "/live/cam1-1.ts")
		wantStatus(t, "segment", seg, 200)
		etag, whole := seg.Header.Get("ETag"), body(t, seg)
		if got := seg.Header.Get("Content-Type"); got != "video/mp2t" {
			t.Errorf("segment has Content-Type %q", got)
		}
		if len(whole) == 0 || len(whole)%188 != 0 {
			t.Errorf("segment has %d bytes", len(whole))
		}
		part := r.request("GET", "/live/cam1-1.ts", "Range", "bytes=188-375")
		wantStatus(t, "range", part, 206)
		if body(t, part) != whole[188:376] {
			t.Error("range is not the second packet")
		}
		wantStatus(t, "If-None-Match", r.request("GET", "/live/cam1-1.ts", "If-None-Match", etag), 304)
		if got := r.request("HEAD", "/live/cam1-1.ts").ContentLength; got != int64(len(whole)) {
			t.Errorf("HEAD says %d bytes, want %d", got, len(whole))
		}
		wantStatus(t, "POST", r.request("POST", "/live/cam1.m3u8"), 405)
		if n := len(r.router.Sessions()); n != 2 { // the publisher's and the output's
			t.Errorf("the router was asked about %d sessions, want 2", n)
		}
	})
}

func TestNotServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, false)
		r.output(key, quick)
		r.publish(key, clip(2*time.Second))
		for path, want := range map[string]int{
			"/live/cam1-7.ts":                               404,
			"/live/cam1--1.ts":                              404,
			"/live/cam1-01.ts":                              404,
			"/live/cam1-+1.ts":                              404,
			"/live/cam1-99999999999999999999.ts":            404,
			"/live/cam1.ts":                                 404,
			"/live/-1.ts":                                   400,
			"/live/nobody.m3u8":                             404,
			"/live/../../etc/passwd":                        404,
			"/live/..%2f..%2fetc%2fpasswd.m3u8":             400,
			"/live/%252e%252e.m3u8":                         400,
			"//evil.com/cam1.m3u8":                          400,
			"/live/cam%00.m3u8":                             400,
			"/cam1.m3u8":                                    404,
			"/live/cam1.m3u8?vhost=nohls.example.com":       404,
			"/live/" + strings.Repeat("a", 60000) + ".m3u8": 400,
		} {
			wantStatus(t, path[:min(len(path), 60)], r.request("GET", path), want)
		}
	})
}

// A playlist that is asked for too early waits for the first segment.
func TestEarlyViewerWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, true)
		early := make(chan *http.Response, 1)
		go func() { early <- r.request("GET", "/live/cam1.m3u8") }()
		synctest.Wait()
		r.output(key, quick)
		r.publish(key, clip(time.Second))
		wantStatus(t, "early viewer", <-early, 200)
	})
}

func TestViewerOfNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, true)
		began := time.Now()
		wantStatus(t, "no publisher", r.request("GET", "/live/cam1.m3u8"), 404)
		if d := time.Since(began); d != 10*time.Second {
			t.Errorf("the answer took %v, want 10s", d)
		}
		r.output(key, quick)
		soon := r.request("GET", "/live/cam1.m3u8")
		wantStatus(t, "no segment yet", soon, 503)
		if soon.Header.Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
		if r.handler.Sessions() != 0 || r.router.Open() != 1 {
			t.Errorf("%d sessions, %d subscriptions are left, want 0 and the output's", r.handler.Sessions(), r.router.Open())
		}
	})
}

var variantLine = regexp.MustCompile(`(?m)^cam1\.m3u8\?hls_ctx=([0-9a-f]{32})&token=s3cret&vhost=example\.com$`)

// join plays as far as the session and returns its id.
func (r *rig) join() string {
	r.t.Helper()
	master := r.request("GET", "/live/cam1.m3u8?token=s3cret&vhost=example.com")
	wantStatus(r.t, "first request", master, 200)
	text := body(r.t, master)
	m := variantLine.FindStringSubmatch(text)
	if m == nil {
		r.t.Fatalf("no variant with a session in\n%s", text)
	}
	return m[1]
}

func TestSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, true)
		secret := media.Key{VHost: "example.com", App: "secret", Stream: "x9"}
		r.output(secret, quick)
		r.publish(secret, clip(2*time.Second))
		synctest.Wait()
		r.router.Admit = func(context.Context, *media.Session) (media.Key, error) { return secret, nil }

		id := r.join()
		args := "?hls_ctx=" + id + "&vhost=example.com"
		list := body(t, r.request("GET", "/live/cam1.m3u8"+args))
		if !strings.Contains(list, "\ncam1-1.ts"+args+"\n") || strings.Contains(list, "x9") {
			t.Errorf("playlist lacks cam1-1.ts%s, or tells the final name:\n%s", args, list)
		}
		if seg := r.request("GET", "/live/cam1-1.ts"+args); seg.StatusCode != 200 || seg.Header.Get("Cache-Control")[:7] != "private" {
			t.Errorf("segment: %d, Cache-Control %q", seg.StatusCode, seg.Header.Get("Cache-Control"))
		}
		wantStatus(t, "segment without a session", r.request("GET", "/live/cam1-1.ts"), 403)
		wantStatus(t, "segment with a guessed session", r.request("GET", "/live/cam1-1.ts?hls_ctx="+media.NewID()), 403)
		wantStatus(t, "another stream's segment", r.request("GET", "/live/cam2-1.ts"+args), 403)

		asked := r.router.Sessions()
		s := asked[len(asked)-1]
		if s.ID != id || s.Kind != media.KindPlay || s.Connection.Protocol != "hls" || s.Asked != key {
			t.Errorf("the router was asked about %s %s of %s by %s", s.Kind, s.ID, s.Asked, s.Connection.Protocol)
		}
		if s.BytesOut.Load() < 188 || s.Connection.BytesOut.Load() != s.BytesOut.Load() {
			t.Errorf("%d bytes are counted of the session, %d of its connection", s.BytesOut.Load(), s.Connection.BytesOut.Load())
		}
	})
}

func TestSessionStopsAfterTwoWindowsOfSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, true)
		r.output(key, Settings{Fragment: time.Second, Window: quick.Window})
		r.publish(key, clip(2*time.Second))
		synctest.Wait()
		url := "/live/cam1.m3u8?hls_ctx=" + r.join() + "&vhost=example.com"
		for range 3 {
			time.Sleep(2*quick.Window - time.Second)
			wantStatus(t, "poll", r.request("GET", url), 200)
		}
		if r.router.Open() != 2 {
			t.Fatalf("%d subscriptions, want the output's and the viewer's", r.router.Open())
		}
		time.Sleep(2*quick.Window + time.Second)
		synctest.Wait()
		if r.handler.Sessions() != 0 || r.router.Open() != 1 {
			t.Errorf("%d sessions, %d subscriptions after two windows of silence", r.handler.Sessions(), r.router.Open())
		}
		wantStatus(t, "segment of a session that stopped", r.request("GET", strings.Replace(url, ".m3u8", "-1.ts", 1)), 403)
	})
}

func TestRefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, true)
		stop := r.output(key, quick)
		r.publish(key, clip(2*time.Second))
		synctest.Wait()
		args := "?hls_ctx=" + r.join() + "&vhost=example.com"

		r.router.Admit = func(context.Context, *media.Session) (media.Key, error) {
			return media.Key{}, &media.Denied{Code: 451, Reason: "not here"}
		}
		denied := r.request("GET", "/live/cam1.m3u8")
		wantStatus(t, "denied", denied, 451)
		if got := body(t, denied); got != "not here\n" {
			t.Errorf("denied viewer is told %q", got)
		}

		stop()
		r.router.End(&media.Kicked{Reason: "enough"})
		for _, path := range []string{"/live/cam1.m3u8", "/live/cam1-1.ts"} {
			kicked := r.request("GET", path+args)
			wantStatus(t, "kicked at "+path, kicked, 403)
			if got := body(t, kicked); got != "kicked: enough\n" {
				t.Errorf("kicked viewer is told %q", got)
			}
		}
	})
}

func TestSessionsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, true)
		r.handler.MaxSessions = 2
		r.output(key, quick)
		r.publish(key, clip(2*time.Second))
		synctest.Wait()
		r.join()
		r.join()
		wantStatus(t, "third viewer", r.request("GET", "/live/cam1.m3u8"), 503)
	})
}

func BenchmarkPlaylist(b *testing.B) {
	w := filled(Settings{Window: time.Minute, Fragment: 2 * time.Second})
	for range 30 {
		w.add(&segment{duration: 2 * time.Second, data: make([]byte, 1)})
	}
	b.ReportAllocs()
	for b.Loop() {
		w.current().text("cam1", "?hls_ctx=00112233445566778899aabbccddeeff")
	}
}

func BenchmarkSegment(b *testing.B) {
	packets := mediatest.Stream{GOP: 50, FrameSize: 20_000}.Until(2 * time.Second)
	b.ReportAllocs()
	bytes := 0
	for b.Loop() {
		for _, s := range cutAll(b, 2*time.Second, packets) {
			bytes = len(s.data)
		}
	}
	b.SetBytes(int64(bytes))
}
