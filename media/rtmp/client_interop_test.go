package rtmp_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
)

// program is the path of a program of others: where it is missing a test is
// skipped, in CI it fails.
func program(t *testing.T, path string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("runs " + path)
	}
	found, err := exec.LookPath(path)
	if err != nil && os.Getenv("CI") != "" {
		t.Fatalf("%v: run make tools", err)
	}
	if err != nil {
		t.Skipf("%v: run make tools", err)
	}
	return found
}

// freeAddress is one that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // it was never used
	return l.Addr().String()
}

const nginxRTMP = `load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;
daemon off; master_process off; pid %[1]s/pid; error_log stderr;
events { }
rtmp { access_log off; server { listen %[2]s; application live { live on; } } }
`

// nginx runs nginx-rtmp until the test ends.
func nginx(t *testing.T) (addr string) {
	t.Helper()
	path := program(t, "nginx")
	if _, err := os.Stat("/usr/lib/nginx/modules/ngx_rtmp_module.so"); err != nil && os.Getenv("CI") == "" {
		t.Skipf("%v: run make tools", err)
	}
	dir := t.TempDir()
	addr = freeAddress(t)
	conf := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(conf, fmt.Appendf(nil, nginxRTMP, dir, addr), 0o600); err != nil {
		t.Fatal(err)
	}
	background(t, exec.Command(path, "-p", dir, "-c", conf))
	return addr
}

// background runs a program until the test ends, and waits for it.
func background(t *testing.T, cmd *exec.Cmd) (ended <-chan struct{}) {
	t.Helper()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { _ = cmd.Wait(); close(done) }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		if <-done; t.Failed() {
			t.Logf("%s:\n%s", cmd.Path, &out)
		}
	})
	return done
}

// eventually connects to a server that is starting.
func eventually(t *testing.T, url string) *rtmp.Client {
	t.Helper()
	for ctx := soon(t); ; {
		c, err := rtmp.Dial(ctx, url)
		if err == nil {
			t.Cleanup(func() { _ = c.Close() })
			return c
		}
		select {
		case <-ctx.Done():
			t.Fatal(err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// What the client publishes to nginx-rtmp is what it plays from there, and the
// publisher's end is seen.
func TestClientWithNginx(t *testing.T) {
	url := "rtmp://" + nginx(t) + "/live/cam?token=x"
	pub := eventually(t, url)
	if err := pub.Publish(soon(t)); err != nil {
		t.Fatal(err)
	}
	player := dial(t, url)
	if err := player.Play(soon(t)); err != nil {
		t.Fatal(err)
	}
	var n mediatest.Count
	packets := mediatest.Stream{GOP: 10}.Until(10 * time.Second)
	const headers = 3
	if err := pub.WritePackets(packets[:headers]...); err != nil {
		t.Fatal(err)
	}
	packets = packets[headers:]
	for n.Video < 50 || n.Audio < 50 { // in step, or nginx drops what its player has not taken
		if err := pub.WritePackets(packets[:4]...); err != nil {
			t.Fatal(err)
		}
		packets = packets[4:]
		for range 4 {
			p, err := player.ReadPacket()
			if err != nil {
				t.Fatal(err)
			}
			n.Add(p)
		}
	}
	if n.Gaps+n.Backwards != 0 || n.Configs != 2 {
		t.Errorf("%d gaps, %d backwards, %d configs", n.Gaps, n.Backwards, n.Configs)
	}
	if err := pub.Close(); err != nil {
		t.Error(err)
	}
	for {
		if _, err := player.ReadPacket(); err != nil {
			break // nginx says that it has ended, or hangs up
		}
	}
}

// ffmpeg as a server takes all that is published, up to the last frame.
func TestClientPublishesToFFmpeg(t *testing.T) {
	path := program(t, "ffmpeg")
	addr := freeAddress(t)
	file := filepath.Join(t.TempDir(), "out.flv")
	url := "rtmp://" + addr + "/live/cam"
	ended := background(t, exec.Command(path, "-v", "warning", "-listen", "1", "-i", url, "-c", "copy", "-y", file))
	pub := eventually(t, url)
	if err := pub.Publish(soon(t)); err != nil {
		t.Fatal(err)
	}
	if err := pub.WritePackets(mediatest.Stream{}.Until(4 * time.Second)...); err != nil {
		t.Fatal(err)
	}
	if err := pub.Close(); err != nil {
		t.Error(err)
	}
	select {
	case <-ended:
	case <-soon(t).Done():
		t.Fatal("ffmpeg goes on")
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := mediatest.ReadFLV(bytes.NewReader(b), func(*mediatest.Count) bool { return false })
	if n.Video != 100 || n.Gaps+n.Backwards != 0 {
		t.Errorf("ffmpeg has %d frames, %d gaps, %d backwards, want 100 frames", n.Video, n.Gaps, n.Backwards)
	}
}

// The client plays from ffmpeg as a server.
func TestClientPlaysFromFFmpeg(t *testing.T) {
	path := program(t, "ffmpeg")
	url := "rtmp://" + freeAddress(t) + "/live/cam"
	background(t, exec.Command(path, "-v", "warning", "-i", flvFile(t, 2*time.Second), "-c", "copy", "-f", "flv", "-listen", "1", url))
	c := eventually(t, url)
	if err := c.Play(soon(t)); err != nil {
		t.Fatal(err)
	}
	var n mediatest.Count
	for n.Video < 50 {
		p, err := c.ReadPacket()
		if err != nil {
			t.Fatalf("after %d frames: %v", n.Video, err)
		}
		n.Add(p)
	}
	if n.Gaps+n.Backwards != 0 || n.Configs < 2 {
		t.Errorf("%d gaps, %d backwards, %d configs", n.Gaps, n.Backwards, n.Configs)
	}
}

// The client follows a redirect of each step to another server, and no circle.
func TestClientFollowsRedirects(t *testing.T) {
	there := mediatest.NewRouter(t)
	to := "rtmp://" + serve(t, there, rtmp.Settings{}) + "/live/other?t=1"
	moved := &media.Denied{Code: 302, Redirect: to}
	for _, at := range []string{"connect", "publish", "play"} {
		t.Run(at, func(t *testing.T) {
			here := mediatest.NewRouter(t)
			if at == "connect" {
				here.AdmitConnection = func(context.Context, *media.Connection) error { return moved }
			} else {
				here.Admit = func(context.Context, *media.Session) (media.Key, error) { return media.Key{}, moved }
			}
			from := "rtmp://" + serve(t, here, rtmp.Settings{}) + "/live/cam?secret=1"
			c, err := rtmp.Dialer{Redirects: 1}.Dial(soon(t), from)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close() //nolint:errcheck // of a test
			step := c.Play
			if at == "publish" {
				step = c.Publish
			}
			if err := step(soon(t)); err != nil {
				t.Fatal(err)
			}
			all := there.Sessions()
			if s := all[len(all)-1]; s.Asked.Stream != "other" || s.Query != "t=1" || c.Address() != to {
				t.Errorf("the other server is asked for %v?%s, the client is at %s", s.Asked, s.Query, c.Address())
			}
		})
	}
	circle := mediatest.NewRouter(t)
	circle.AdmitConnection = func(_ context.Context, c *media.Connection) error {
		return &media.Denied{Code: 302, Redirect: c.TCURL + "x/cam"}
	}
	from := "rtmp://" + serve(t, circle, rtmp.Settings{}) + "/live/cam"
	if c, err := (rtmp.Dialer{Redirects: 9}).Dial(soon(t), from); err == nil {
		_ = c.Close()
		t.Error("an endless chain of redirects ends well")
	}
	if n := len(circle.Disconnected()); n > 6 {
		t.Errorf("%d connections, want six at most", n)
	}
}

// Close returns when what was published has arrived.
func TestClosePublishesWhatWasWritten(t *testing.T) {
	r := mediatest.NewRouter(t)
	addr := serve(t, r, rtmp.Settings{})
	packets := mediatest.Stream{FrameSize: 20000}.Until(10 * time.Second)
	c := publish(t, "rtmp://"+addr+"/live/cam")
	if err := c.WritePackets(packets...); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	key := media.Key{VHost: "127.0.0.1", App: "live", Stream: "cam"}
	got := 0
	r.Wait(soon(t), func() bool { return r.Open() == 0 })
	for _, p := range r.Packets(key) {
		if p != nil {
			got++
		}
	}
	if got != len(packets) {
		t.Errorf("%d packets, want %d", got, len(packets))
	}
	if c.BytesOut.Load() == 0 || c.BytesIn.Load() == 0 {
		t.Error("nothing is counted")
	}
}
