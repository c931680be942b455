package flv_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/media"
	"weir/media/flv"
	"weir/media/mediatest"
)

// clip makes two seconds of video with B-frames, and of sound, in one group.
func clip(t *testing.T, ffmpeg string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "clip.flv")
	out, err := exec.CommandContext(within(t), ffmpeg, "-v", "error",
		"-f", "lavfi", "-i", "testsrc=s=160x120:r=25:d=2", "-f", "lavfi", "-i", "sine=d=2",
		"-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "1000", "-c:a", "aac", "-flvflags", "no_duration_filesize", name).CombinedOutput()
	if err != nil {
		t.Skipf("ffmpeg makes no clip: %v\n%s", err, out)
	}
	return name
}

// readClip returns a file's packets.
func readClip(t *testing.T, name string) []*media.Packet {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var packets []*media.Packet
	for r := flv.NewReader(bytes.NewReader(b)); ; {
		p, err := r.ReadPacket()
		if errors.Is(err, io.EOF) {
			return packets
		}
		if err != nil {
			t.Fatal(err)
		}
		packets = append(packets, p)
	}
}

func TestPlayersSeeTheFramesOfAClip(t *testing.T) {
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("ffmpeg is not installed")
	}
	name := clip(t, ffmpeg)
	packets := readClip(t, name)
	var c mediatest.Count
	for _, p := range packets {
		c.Add(p)
	}
	if c.Video != 50 || c.Keyframes != 1 || c.Configs < 2 || c.Gaps != 0 || c.Backwards != 0 {
		t.Fatalf("the clip counts %+v", c)
	}
	srv := serve(t, mediatest.NewRouter(t), packets)

	frames := func(input string) string {
		out, err := exec.CommandContext(within(t), ffmpeg, "-v", "error", "-analyzeduration", "1000000", "-i", input,
			"-map", "0:v", "-frames:v", "40", "-f", "framemd5", "-").CombinedOutput()
		if err != nil {
			t.Fatalf("ffmpeg: %v\n%s", err, out)
		}
		return string(out)
	}
	if d := cmp.Diff(frames(name), frames(srv.URL+"/live/a.flv")); d != "" {
		t.Errorf("pictures (-file +stream):\n%s", d)
	}
}
