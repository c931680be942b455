package flv_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"

	"weir/media"
	"weir/media/flv"
	"weir/media/mediatest"
	"weir/media/web"
)

// patience bounds waits that a working server ends at once.
const patience = 20 * time.Second

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// serve starts an HTTP server of r, and publishes packets as live/a.
func serve(t *testing.T, r *mediatest.Router, packets []*media.Packet) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(&web.Live{Format: flv.Format, Router: r})
	t.Cleanup(srv.Close)
	pub, err := r.Publish(t.Context(), &media.Session{Kind: media.KindPublish, Asked: media.Key{VHost: "127.0.0.1", App: "live", Stream: "a"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packets {
		if err := pub.WritePacket(p); err != nil {
			t.Fatal(err)
		}
	}
	return srv
}

func TestPlayerStartsAtKeyframe(t *testing.T) {
	for name, s := range map[string]mediatest.Stream{
		"both": {GOP: 30}, "video only": {NoAudio: true, GOP: 30},
	} {
		t.Run(name, func(t *testing.T) {
			r := mediatest.NewRouter(t)
			srv := serve(t, r, s.Until(2*time.Second)) // 50 frames: the newest group has 20
			c, err := mediatest.Watch(within(t), srv.URL+"/live/a.flv", func(c *mediatest.Count) bool { return c.Video == 20 })
			if err != nil {
				t.Fatal(err)
			}
			if p := c.First(media.Video); !p.Key || p.DTS != 1200*time.Millisecond {
				t.Errorf("first video packet at %v, keyframe %v; want the keyframe at 1.2s", p.DTS, p.Key)
			}
			if c.Gaps != 0 || c.Backwards != 0 || c.Data != 1 {
				t.Errorf("player counts %+v", c)
			}
			if !r.Wait(within(t), func() bool { return r.Open() == 1 }) {
				t.Error("the player's session does not end with its connection")
			}
		})
	}
}

func TestResponseHead(t *testing.T) {
	r := mediatest.NewRouter(t)
	srv := serve(t, r, mediatest.GOP(2))
	for _, proto := range []string{"HTTP/1.0", "HTTP/1.1"} {
		t.Run(proto, func(t *testing.T) {
			conn, err := net.Dial("tcp", srv.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close() //nolint:errcheck // the test is over
			fmt.Fprintf(conn, "GET /live/a.flv %s\r\nHost: 127.0.0.1\r\n\r\n", proto)
			res, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			h := res.Header
			if res.StatusCode != 200 || h.Get("Content-Type") != "video/x-flv" || h.Get("Cache-Control") != "no-cache" ||
				!res.Close || (len(res.TransferEncoding) > 0) != (proto == "HTTP/1.1") {
				t.Errorf("answer %+v", res)
			}
			if _, err := mediatest.ReadFLV(res.Body, func(c *mediatest.Count) bool { return c.Video == 2 }); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name, method, path string
		err                error
		code               int
		body               string
	}{
		{"denied", "GET", "/live/a.flv", &media.Denied{Code: 401, Reason: "expired"}, 401, "expired\n"},
		{"redirected", "GET", "/live/a.flv", &media.Denied{Code: 302, Reason: "moved", Redirect: "http://b.example/live/a.flv"}, 302, "moved\n"},
		{"shutdown", "GET", "/live/a.flv", media.ErrShutdown, 503, media.ErrShutdown.Error() + "\n"},
		{"not found", "GET", "/live/a.flv", media.ErrNotFound, 404, media.ErrNotFound.Error() + "\n"},
		{"bad name", "GET", "/live/%2e%2e.flv", nil, 400, ""},
		{"post", "POST", "/live/a.flv", nil, 405, "method not allowed\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := mediatest.NewRouter(t)
			r.Admit = func(_ context.Context, s *media.Session) (media.Key, error) { return s.Asked, tt.err }
			srv := httptest.NewServer(&web.Live{Format: flv.Format, Router: r})
			defer srv.Close()
			res := do(t, tt.method, srv.URL+tt.path)
			defer res.Body.Close() //nolint:errcheck // read only
			body, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			if res.StatusCode != tt.code || tt.body != "" && string(body) != tt.body {
				t.Errorf("answer %d %q, want %d %q", res.StatusCode, body, tt.code, tt.body)
			}
			if tt.code == 302 && res.Header.Get("Location") != "http://b.example/live/a.flv" {
				t.Errorf("Location = %q", res.Header.Get("Location"))
			}
			if n := r.Open(); n != 0 {
				t.Errorf("%d sessions are open", n)
			}
		})
	}
}

func do(t *testing.T, method, url string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(within(t), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	tr := &http.Transport{DisableKeepAlives: true}
	res, err := tr.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestHeadAsksNobody(t *testing.T) {
	r := mediatest.NewRouter(t)
	srv := httptest.NewServer(&web.Live{Format: flv.Format, Router: r})
	defer srv.Close()
	res := do(t, http.MethodHead, srv.URL+"/live/a.flv")
	if err := res.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "video/x-flv" || len(r.Sessions()) != 0 {
		t.Errorf("answer %d %v, %d sessions asked", res.StatusCode, res.Header, len(r.Sessions()))
	}
}

func TestNotFoundMayBeAFile(t *testing.T) {
	r := mediatest.NewRouter(t)
	r.Admit = func(context.Context, *media.Session) (media.Key, error) { return media.Key{}, media.ErrNotFound }
	file := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "file") })
	srv := httptest.NewServer(&web.Live{Format: flv.Format, Router: r, NotFound: file})
	defer srv.Close()
	for _, path := range []string{"/live/a.flv", "/a.flv"} {
		res := do(t, http.MethodGet, srv.URL+path)
		body, err := io.ReadAll(res.Body)
		if err != nil || string(body) != "file" {
			t.Errorf("%s: %q, %v", path, body, err)
		}
		if err := res.Body.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestPlayerWhoLeavesDuringTheGate(t *testing.T) {
	r := mediatest.NewRouter(t)
	asked, left := make(chan struct{}), make(chan struct{})
	r.Admit = func(ctx context.Context, _ *media.Session) (media.Key, error) {
		close(asked)
		<-ctx.Done()
		close(left)
		return media.Key{}, ctx.Err()
	}
	srv := httptest.NewServer(&web.Live{Format: flv.Format, Router: r})
	defer srv.Close()
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(conn, "GET /live/a.flv HTTP/1.1\r\nHost: a\r\n\r\n")
	<-asked
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-left:
	case <-within(t).Done():
		t.Fatal("the gate is not told that the player has left")
	}
}

func TestServerEndsThePlayer(t *testing.T) {
	r := mediatest.NewRouter(t)
	srv := serve(t, r, mediatest.GOP(2))
	seen := false
	_, err := mediatest.Watch(within(t), srv.URL+"/live/a.flv", func(c *mediatest.Count) bool {
		if c.Video == 2 && !seen {
			seen = true
			r.End(&media.Kicked{})
		}
		return false
	})
	if !seen || err == nil {
		t.Errorf("seen %v, error %v; want the stream and then its end", seen, err)
	}
}

func TestFFprobeReadsTheStream(t *testing.T) {
	ffprobe, err := exec.LookPath("ffprobe")
	if err != nil {
		t.Skip("ffprobe is not installed")
	}
	for name, tt := range map[string]struct {
		stream mediatest.Stream
		want   string
	}{
		"both":       {mediatest.Stream{GOP: 1000, FrameSize: 3000}, "h264\naac\n"},
		"video only": {mediatest.Stream{GOP: 1000, NoAudio: true}, "h264\n"},
	} {
		t.Run(name, func(t *testing.T) {
			r := mediatest.NewRouter(t)
			srv := serve(t, r, tt.stream.Until(4*time.Second))
			out, err := exec.CommandContext(within(t), ffprobe, "-v", "error", "-analyzeduration", "2000000",
				"-show_entries", "stream=codec_name", "-of", "csv=p=0", srv.URL+"/live/a.flv").CombinedOutput()
			got := strings.Join(strings.Fields(string(out)), "\n") + "\n"
			if err != nil || got != tt.want {
				t.Errorf("ffprobe says %q, %v, want %q", out, err, tt.want)
			}
		})
	}
}
