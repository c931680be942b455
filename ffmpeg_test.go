package weir_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weir/weirtest"
)

// encoder starts ffmpeg, which publishes a clip in real time until the test ends.
func encoder(t *testing.T, clip, url string, args ...string) *bytes.Buffer {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	args = append([]string{"-hide_banner", "-v", "verbose", "-re", "-stream_loop", "-1", "-i", clip, "-c", "copy"}, args...)
	cmd := exec.CommandContext(ctx, tool(t, "ffmpeg"), append(args, "-f", "flv", url)...)
	var out bytes.Buffer
	cmd.Stderr = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		cmd.Wait()
	})
	return &out
}

const clip = "cmd/weir/clip.flv"

// output runs a program that ends by itself.
func output(t *testing.T, name string, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 40*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, tool(t, name), args...).CombinedOutput()
	return string(out), err
}

func TestFFmpegPublishesAndEveryToolPlays(t *testing.T) {
	t.Parallel()
	tracks := map[string]struct {
		args []string
		want string
	}{
		"both":       {nil, "h264 aac"},
		"video only": {[]string{"-an"}, "h264"},
		"audio only": {[]string{"-vn"}, "aac"},
	}
	for name, tr := range tracks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything("js_on_publish { s.log('by ' + s.flashVer); }"))
			encoder(t, clip, fmt.Sprintf("rtmp://%s/live/cam1?token=x", s.RTMP), tr.args...)
			waitLog(t, s, 1, "msg=publish")
			waitFrames(t, play(t, s, "rtmp", "live/cam1"), 0)
			for _, url := range []string{
				fmt.Sprintf("rtmp://%s/live/cam1", s.RTMP),
				fmt.Sprintf("http://%s/live/cam1.flv", s.HTTP),
				fmt.Sprintf("http://%s/live/cam1.m3u8", s.HTTP),
			} {
				out, err := output(t, "ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "default=nw=1:nk=1", url)
				got := strings.Fields(out)
				if err != nil || !sameWords(got, strings.Fields(tr.want)) {
					t.Errorf("ffprobe %s: %v: %q, want %s", url, err, out, tr.want)
				}
			}
		})
	}
}

// Each format of http_remux is played by ffmpeg, with the audio that it is for.
func TestFFmpegPlaysEveryFormat(t *testing.T) {
	t.Parallel()
	const mount = "mount [vhost]/[app]/[stream].flv [vhost]/[app]/[stream].ts [vhost]/[app]/[stream].aac [vhost]/[app]/[stream].mp3;"
	s := weirtest.Up(t, "listen 1935; http_server { enabled on; listen 8080; } vhost __defaultVhost__ { http_remux { enabled on; "+mount+" } }")
	encoder(t, clip, fmt.Sprintf("rtmp://%s/live/aac", s.RTMP))
	encoder(t, clip, fmt.Sprintf("rtmp://%s/live/mp3", s.RTMP), "-c:a", "libmp3lame", "-ar", "44100")
	waitLog(t, s, 2, "msg=publish")
	for _, stream := range []string{"aac", "mp3"} {
		waitFrames(t, play(t, s, "rtmp", "live/"+stream), 25)
		other := map[string]string{"aac": "mp3", "mp3": "aac"}[stream]
		if res, _ := fetch(t, s.HTTP, "/live/"+stream+"."+other); res.StatusCode != 404 {
			t.Errorf("the stream of %s as %s: %s", stream, other, res.Status)
		}
		for ext, want := range map[string]string{"flv": "h264 " + stream, "ts": "h264 " + stream, stream: stream} {
			t.Run(stream+"."+ext, func(t *testing.T) {
				t.Parallel()
				url := fmt.Sprintf("http://%s/live/%s.%s", s.HTTP, stream, ext)
				out, err := output(t, "ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "default=nw=1:nk=1", url)
				if err != nil || !sameWords(strings.Fields(out), strings.Fields(want)) {
					t.Errorf("ffprobe %s: %v: %q, want %s", url, err, out, want)
				}
				out, err = output(t, "ffmpeg", "-hide_banner", "-v", "warning", "-xerror", "-i", url, "-t", "2", "-f", "null", "-")
				if err != nil || strings.TrimSpace(out) != "" {
					t.Errorf("ffmpeg plays %s: %v:\n%s", url, err, out)
				}
			})
		}
	}
}

func sameWords(got, want []string) bool {
	seen := map[string]bool{}
	for _, w := range got {
		seen[w] = true
	}
	for _, w := range want {
		if !seen[w] {
			return false
		}
	}
	return len(seen) == len(want)
}

// What players decode is what was published: no decoder complains.
func TestFFmpegDecodesWithoutErrors(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(""))
	encoder(t, clip, fmt.Sprintf("rtmp://%s/live/cam1", s.RTMP))
	waitLog(t, s, 1, "msg=publish")
	for _, url := range []string{
		fmt.Sprintf("rtmp://%s/live/cam1", s.RTMP),
		fmt.Sprintf("http://%s/live/cam1.flv", s.HTTP),
		fmt.Sprintf("http://%s/live/cam1.m3u8", s.HTTP),
	} {
		out, err := output(t, "ffmpeg", "-hide_banner", "-v", "warning", "-xerror", "-i", url, "-t", "4", "-f", "null", "-")
		if err != nil || strings.TrimSpace(out) != "" {
			t.Errorf("ffmpeg plays %s: %v:\n%s", url, err, out)
		}
	}
}

func TestRTMPDumpRecords(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(""))
	encoder(t, clip, fmt.Sprintf("rtmp://%s/live/cam1", s.RTMP))
	waitLog(t, s, 1, "msg=publish")
	file := filepath.Join(t.TempDir(), "cam1.flv")
	dump := exec.Command(tool(t, "rtmpdump"), "-q", "--live", "-r", fmt.Sprintf("rtmp://%s/live/cam1", s.RTMP), "-o", file)
	if err := dump.Start(); err != nil {
		t.Fatal(err)
	}
	waitFrames(t, play(t, s, "rtmp", "live/cam1"), 75) // as long as the recording
	if err := dump.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	dump.Wait() // its exit code says that a live stream has no end
	out, err := output(t, "ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "default=nw=1:nk=1", file)
	if err != nil || !sameWords(strings.Fields(out), []string{"h264", "aac"}) {
		t.Errorf("ffprobe of what rtmpdump recorded: %v: %q", err, out)
	}
}

func TestFFmpegShowsTheReason(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`
		js_on_connect { if (s.app === 'closed') return s.deny('come back tomorrow'); }
		js_on_publish { return s.deny(403, 'the key is not known'); }
		js_on_play { return s.deny(403, 'subscribers only'); }
	`))
	for url, want := range map[string]string{
		"rtmp://" + s.RTMP + "/live/a":   "the key is not known",
		"rtmp://" + s.RTMP + "/closed/a": "come back tomorrow",
	} {
		out, err := output(t, "ffmpeg", "-hide_banner", "-v", "verbose", "-i", clip, "-c", "copy", "-f", "flv", url)
		if err == nil || !strings.Contains(out, want) {
			t.Errorf("ffmpeg publishes to %s: %v, want the reason %q:\n%s", url, err, want, out)
		}
	}
	out, err := output(t, "ffprobe", "-v", "verbose", "rtmp://"+s.RTMP+"/live/a")
	if err == nil || !strings.Contains(out, "subscribers only") {
		t.Errorf("ffprobe: %v, want the reason:\n%s", err, out)
	}
	for _, kind := range []string{"flv", "m3u8"} {
		out, err := output(t, "ffprobe", "-v", "verbose", fmt.Sprintf("http://%s/live/a.%s", s.HTTP, kind))
		if err == nil || !strings.Contains(out, "403") {
			t.Errorf("ffprobe of .%s: %v, want 403:\n%s", kind, err, out)
		}
	}
}

func TestEndIsGraceful(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`
		js_on_unpublish { await new Promise(go => setTimeout(go, 50)); s.log('unpublish: ' + s.reason); }
		js_on_stop { s.log('stop: ' + s.reason); }
		js_on_close { s.log('close: ' + s.protocol); }
	`))
	encoder(t, clip, fmt.Sprintf("rtmp://%s/live/cam1", s.RTMP))
	waitLog(t, s, 1, "msg=publish")
	for _, protocol := range weirtest.Basic {
		waitFrames(t, play(t, s, protocol, "live/cam1"), 10)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	waitLog(t, s, 1, "unpublish: server is shutting down")
	waitLog(t, s, 3, "stop: server is shutting down")
	waitLog(t, s, 2, "close: rtmp")
}
