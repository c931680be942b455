package rtmp_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
)

// run runs a program that the machine may lack, and returns what it says.
func run(t *testing.T, name string, args ...string) (string, error) {
	t.Helper()
	if testing.Short() {
		t.Skip("runs " + name)
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip(err)
	}
	out, err := exec.CommandContext(soon(t), path, args...).CombinedOutput()
	return string(out), err
}

func flvFile(t *testing.T, d time.Duration) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "in.flv")
	if err := os.WriteFile(name, mediatest.FLV(mediatest.Stream{}.Until(d)), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestFFmpegPublishes(t *testing.T) {
	r := mediatest.NewRouter(t)
	addr := serve(t, r, rtmp.Settings{})
	out, err := run(t, "ffmpeg", "-v", "error", "-i", flvFile(t, 2*time.Second), "-c", "copy", "-f", "flv", "rtmp://"+addr+"/live/room/cam?token=x")
	if err != nil || out != "" {
		t.Fatalf("ffmpeg: %v\n%s", err, out)
	}
	key := media.Key{VHost: "127.0.0.1", App: "live/room", Stream: "cam"}
	if !r.Wait(soon(t), func() bool { return r.Open() == 0 && len(r.Disconnected()) == 1 }) {
		t.Error("the session goes on")
	}
	var n mediatest.Count
	for _, p := range r.Packets(key) {
		if p != nil {
			n.Add(p)
		}
	}
	if n.Video != 50 || n.Audio < 80 || n.Data < 1 || n.Configs != 2 || n.Gaps+n.Backwards != 0 {
		t.Errorf("%d video, %d audio, %d data, %d configs, %d gaps, %d backwards", n.Video, n.Audio, n.Data, n.Configs, n.Gaps, n.Backwards)
	}
	if q := r.Sessions()[0].Query; q != "token=x" {
		t.Errorf("query = %q", q)
	}
}

func TestFFmpegShowsWhyItIsRefused(t *testing.T) {
	denied := &media.Denied{Code: 403, Reason: "token expired"}
	in := flvFile(t, time.Second)
	for _, at := range []string{"connect", "publish", "play"} {
		t.Run(at, func(t *testing.T) {
			r := mediatest.NewRouter(t)
			if at == "connect" {
				r.AdmitConnection = func(context.Context, *media.Connection) error { return denied }
			} else {
				r.Admit = func(context.Context, *media.Session) (media.Key, error) { return media.Key{}, denied }
			}
			url := "rtmp://" + serve(t, r, rtmp.Settings{}) + "/live/cam"
			args := []string{"-v", "verbose", "-i", in, "-c", "copy", "-f", "flv", url}
			if at == "play" {
				args = []string{"-v", "verbose", "-i", url, "-f", "null", "-"}
			}
			out, err := run(t, "ffmpeg", args...)
			if err == nil || !strings.Contains(out, "Server error: token expired") {
				t.Errorf("ffmpeg: %v\n%s", err, out)
			}
		})
	}
}

// stream publishes without an end, faster than real time, until the test ends.
func stream(t *testing.T, url string, s mediatest.Stream) {
	t.Helper()
	c := publish(t, url)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for p := range s.Packets() {
			if c.WritePacket(p) != nil {
				return
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
	}()
	t.Cleanup(func() { cancel(); <-ended })
}

func TestPlayersOfOthersPlay(t *testing.T) {
	streams := map[string]mediatest.Stream{"both": {}, "video": {NoAudio: true}, "audio": {NoVideo: true}, "late": {Start: 6 * time.Hour}}
	for name, s := range streams {
		t.Run(name, func(t *testing.T) {
			r := mediatest.NewRouter(t)
			url := "rtmp://" + serve(t, r, rtmp.Settings{}) + "/live/cam"
			stream(t, url, s)
			t.Run("ffmpeg", func(t *testing.T) {
				out, err := run(t, "ffmpeg", "-v", "warning", "-analyzeduration", "1000000", "-i", url, "-t", "1", "-f", "null", "-")
				if err != nil || out != "" {
					t.Errorf("ffmpeg: %v\n%s", err, out)
				}
			})
			t.Run("rtmpdump", func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "out.flv")
				ctx, ended := soon(t), make(chan struct{})
				go func() { // rtmpdump goes on until the server ends it
					defer close(ended)
					r.Wait(ctx, func() bool { return played(r, "LNX") > 10_000 })
					r.End(media.ErrShutdown)
				}()
				out, _ := run(t, "rtmpdump", "-q", "--live", "-r", url, "-o", file)
				<-ended
				if out != "" {
					t.Errorf("rtmpdump: %s", out)
				}
				b, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				n, _ := mediatest.ReadFLV(bytes.NewReader(b), func(*mediatest.Count) bool { return false })
				if n.Video+n.Audio < 50 || n.Gaps+n.Backwards != 0 {
					t.Errorf("%d video, %d audio, %d gaps, %d backwards", n.Video, n.Audio, n.Gaps, n.Backwards)
				}
			})
		})
	}
}

// played is how much was sent to players whose flashVer begins so.
func played(r *mediatest.Router, flashVer string) (n uint64) {
	for _, s := range r.Sessions() {
		if s.Kind == media.KindPlay && strings.HasPrefix(s.Connection.FlashVer, flashVer) {
			n += s.BytesOut.Load()
		}
	}
	return n
}
