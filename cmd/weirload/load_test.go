//go:build linux

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"testing"

	"go.uber.org/goleak"

	"weir/js/sandbox"
	"weir/weirtest"
)

func TestMain(m *testing.M) {
	sandbox.Main()
	rig()
	goleak.VerifyTestMain(m)
}

func writeFile(t *testing.T, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

const loadedConf = `
listen 1935;
http_server { enabled on; listen 8080; }
vhost __defaultVhost__ {
	min_latency on;
	hls { enabled on; hls_fragment 1s; }
	http_remux { enabled on; mount [vhost]/[app]/[stream].flv; }
}
`

// publishes runs mode pub until the test ends, and returns when it publishes.
func publishes(t *testing.T, url string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	events, w := io.Pipe()
	var out bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"pub", "-url", url, "-t", "60s", "-gop", "1"}, console{&out, w})
		w.Close()
	}()
	lines := bufio.NewScanner(events)
	for lines.Scan() && lines.Text() != eventPrefix+eventReady {
		t.Log(lines.Text())
	}
	t.Cleanup(func() {
		stop()
		var f pubFigures
		if c := <-code; c != exitClean || json.Unmarshal(out.Bytes(), &f) != nil || f.Ready != 1 || f.Count != 0 {
			t.Errorf("pub: exit code %d, %s", c, out.Bytes())
		}
	})
}

// load runs a mode and reads its figures.
func load(t *testing.T, figures any, args ...string) {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(t.Context(), args, console{&out, &errs}); code != exitClean {
		t.Fatalf("%v: exit code %d\n%s", args, code, &errs)
	}
	if err := json.Unmarshal(out.Bytes(), figures); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, &out)
	}
}

func TestEveryModeLoadsAServer(t *testing.T) {
	s := weirtest.Up(t, loadedConf)
	publishes(t, "rtmp://"+s.RTMP+"/live/s{i}")
	for mode, url := range map[string]string{
		"play": "rtmp://" + s.RTMP + "/live/s{i}",
		"flv":  "http://" + s.HTTP + "/live/s{i}.flv",
		"ws":   "http://" + s.HTTP + "/live/s{i}.flv",
		"hls":  "http://" + s.HTTP + "/live/s{i}.m3u8",
	} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			var f playFigures
			load(t, &f, mode, "-url", url, "-n", "3", "-warm", "4s", "-t", "3s")
			if f.Playing != 3 || f.Frames == 0 || f.Missed != 0 || f.Bytes == 0 || f.LatencyP50 <= 0 || f.FirstP50 <= 0 {
				t.Errorf("got %+v", f)
			}
			if mode != "hls" && f.Count != 0 {
				t.Errorf("%d errors: %q", f.Count, f.First)
			}
		})
	}
	for _, kind := range []role{connecting, publishing, playing} {
		t.Run("connect "+string(kind), func(t *testing.T) {
			t.Parallel()
			url := "rtmp://" + s.RTMP + "/live/" + string(kind) + "{i}"
			if kind == playing {
				url = "rtmp://" + s.RTMP + "/live/s0"
			}
			var f connectFigures
			load(t, &f, "connect", "-url", url, "-kind", string(kind), "-r", "0", "-max", "4", "-count", "20", "-t", "20s")
			if f.Done != 20 || f.Count != 0 || f.SetupP50 <= 0 {
				t.Errorf("got %+v", f)
			}
		})
	}
}

// What the server refuses is counted, and does not end the load.
func TestRefusalsAreCounted(t *testing.T) {
	s := weirtest.Up(t, "listen 1935; vhost __defaultVhost__ { security { enabled on; deny publish all; } }")
	var f connectFigures
	load(t, &f, "connect", "-url", "rtmp://"+s.RTMP+"/live/s{i}", "-r", "50", "-warm", "0s", "-t", "200ms")
	if f.Done != 0 || f.Count == 0 || len(f.First) == 0 {
		t.Errorf("got %+v", f)
	}
}

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
	}{
		{nil, exitUsage},
		{[]string{"dance"}, exitUsage},
		{[]string{"play", "-h"}, exitClean},
		{[]string{"play", "-n", "0"}, exitUsage},
		{[]string{"play", "-ramp", "0"}, exitUsage},
		{[]string{"play", "word"}, exitUsage},
		{[]string{"pub", "-chunk", "1"}, exitUsage},
		{[]string{"pub", "-fps", "0"}, exitUsage},
		{[]string{"pub", "-file", "/does/not/exist"}, exitFailed},
		{[]string{"connect", "-kind", "dance"}, exitUsage},
		{[]string{"hls", "-url", "http://192.0.2.1/{i}.m3u8"}, exitUsage},
	} {
		if code := run(t.Context(), c.args, console{io.Discard, io.Discard}); code != c.code {
			t.Errorf("weirload %q: exit code %d, want %d", c.args, code, c.code)
		}
	}
}
