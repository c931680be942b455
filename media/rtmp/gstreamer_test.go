package rtmp_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
)

func TestGStreamerPublishes(t *testing.T) {
	r := mediatest.NewRouter(t)
	addr := serve(t, r, rtmp.Settings{})
	out, err := run(t, "gst-launch-1.0", "-q",
		"filesrc", "location="+flvFile(t, time.Second), "!", "flvdemux", "name=in",
		"in.video", "!", "queue", "!", "out.video", "in.audio", "!", "queue", "!", "out.audio",
		"flvmux", "name=out", "streamable=true", "!", "rtmp2sink", "location=rtmp://"+addr+"/live/cam")
	if err != nil {
		t.Fatalf("gst-launch: %v\n%s", err, out)
	}
	if !r.Wait(soon(t), func() bool { return r.Open() == 0 && len(r.Disconnected()) == 1 }) {
		t.Error("the session goes on")
	}
	var n mediatest.Count
	for _, p := range r.Packets(media.Key{VHost: "127.0.0.1", App: "live", Stream: "cam"}) {
		if p != nil {
			n.Add(p)
		}
	}
	if n.Video != 25 || n.Audio < 40 || n.Configs != 2 || n.Gaps+n.Backwards != 0 {
		t.Errorf("%d video, %d audio, %d configs, %d gaps, %d backwards", n.Video, n.Audio, n.Configs, n.Gaps, n.Backwards)
	}
}

func TestGStreamerPlays(t *testing.T) {
	_, addr := serveHub(t)
	url := "rtmp://" + addr + "/live/cam"
	stream(t, url, mediatest.Stream{})
	file := filepath.Join(t.TempDir(), "out.flv")
	out, err := run(t, "gst-launch-1.0", "-q", "rtmp2src", "num-buffers=80", "location="+url, "!", "filesink", "location="+file)
	if err != nil {
		t.Fatalf("gst-launch: %v\n%s", err, out)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := mediatest.ReadFLV(bytes.NewReader(b), func(*mediatest.Count) bool { return false })
	if n.Video < 10 || n.Audio < 10 || n.Configs != 2 || n.Gaps+n.Backwards != 0 {
		t.Errorf("%d video, %d audio, %d configs, %d gaps, %d backwards", n.Video, n.Audio, n.Configs, n.Gaps, n.Backwards)
	}
}
