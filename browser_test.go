package weir_test

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
	"weir/weirtest"
)

// A page of another origin plays H.264 with AAC by FLV and MPEG-TS, by HTTP and by
// WebSocket, and AV1 with Opus.
func TestBrowserPlays(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(""))
	encoder(t, clip, fmt.Sprintf("rtmp://%s/live/a", s.RTMP))
	enhanced := dial(t, s, "live/av1")
	if err := enhanced.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var publishing sync.WaitGroup
	publishing.Go(func() { again(ctx, enhanced, interleaved(mediatest.Clip(media.AV1), mediatest.Clip(media.Opus))) })
	defer publishing.Wait()
	defer stop()
	waitLog(t, s, 2, "msg=publish")
	streams := url.Values{
		"http.flv": {"http://" + s.HTTP + "/live/a.flv"},
		"ws.flv":   {"ws://" + s.HTTP + "/live/a.flv"},
		"http.ts":  {"http://" + s.HTTP + "/ts/live/a.ts"},
		"ws.ts":    {"ws://" + s.HTTP + "/ts/live/a.ts"},
		"av1.flv":  {"http://" + s.HTTP + "/live/av1.flv"},
	}
	want := []string{"av1.flv plays 160x90", "http.flv plays 640x360", "http.ts plays 640x360", "ws.flv plays 640x360", "ws.ts plays 640x360"}
	got := browse(t, streams)
	if d := gocmp.Diff(want, got); d != "" {
		t.Errorf("the page said (-want +got):\n%s", d)
	}
}

// again publishes a clip of two seconds in its time, and again, until ctx ends.
func again(ctx context.Context, c *rtmp.Client, packets []*media.Packet) {
	for begun := time.Now(); ; packets = shifted(packets) {
		for _, p := range packets {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Until(begun.Add(p.DTS))):
			}
			if c.WritePacket(p) != nil {
				return
			}
		}
	}
}

// browse lets Chromium play streams, and returns what the page has said when it
// spoke once of each.
func browse(t *testing.T, streams url.Values) []string {
	t.Helper()
	const patience = 2 * time.Minute // a browser has to start, on a machine under load
	said := make(chan string, 64)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, "testdata/browser.html") })
	mux.HandleFunc("GET /mpegts.js", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, ".tools/mpegts.js") })
	mux.HandleFunc("POST /said", func(_ http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		said <- cmp.Or(string(b), fmt.Sprint(err))
	})
	page := httptest.NewServer(mux)
	t.Cleanup(page.Close)
	openInChromium(t, page.URL+"/?"+streams.Encode())
	var all []string
	for late := time.After(patience); len(all) < len(streams); {
		select {
		case text := <-said:
			all = append(all, text)
		case <-late:
			t.Fatalf("the page has said %q, and no more", all)
		}
	}
	slices.Sort(all)
	return all
}

// openInChromium opens an address until the test ends.
func openInChromium(t *testing.T, address string) {
	t.Helper()
	profile, err := os.MkdirTemp("", "weir-browser") // t.TempDir fails when a process of the browser outlives it
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(tool(t, "chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-component-update", "--disable-background-networking", "--mute-audio", "--autoplay-policy=no-user-gesture-required",
		"--user-data-dir="+filepath.Join(profile, "profile"), address)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Env = append(os.Environ(), "HOME="+profile)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		cmd.Wait()
		os.RemoveAll(profile)
	})
}
