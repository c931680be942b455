package mediatest

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"weir/media"
)

// decode runs ffmpeg over an FLV and fails if it has anything to say.
func decode(t *testing.T, b []byte) {
	t.Helper()
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("ffmpeg is not installed")
	}
	cmd := exec.CommandContext(t.Context(), ffmpeg, "-v", "warning", "-xerror", "-f", "flv", "-i", "-", "-f", "null", "-")
	cmd.Stdin = bytes.NewReader(b)
	out, err := cmd.CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("ffmpeg: %v\n%s", err, out)
	}
}

func TestStreamDecodes(t *testing.T) {
	tests := map[string]Stream{
		"both":       {},
		"video only": {NoAudio: true},
		"audio only": {NoVideo: true},
		"filled":     {FrameSize: 6000, FPS: 30, GOP: 20, CTS: 80 * time.Millisecond},
	}
	for name, s := range tests {
		t.Run(name, func(t *testing.T) { decode(t, FLV(s.Until(5*time.Second))) })
	}
}

func TestGOP(t *testing.T) {
	var c Count
	for _, p := range GOP(48) {
		c.Add(p)
	}
	if c.Video != 48 || c.Keyframes != 1 || c.Gaps != 0 || c.Backwards != 0 {
		t.Errorf("GOP(48) counts %+v", c)
	}
	if p := c.First(media.Video); p == nil || !p.Key {
		t.Errorf("first video packet %+v is no keyframe", p)
	}
}

func TestFrameSize(t *testing.T) {
	for _, p := range (Stream{FrameSize: 6000}).Until(3 * time.Second) {
		if p.Kind == media.Video && !p.Config && len(p.Body) != 6000 {
			t.Fatalf("frame at %v has %d bytes, want 6000", p.DTS, len(p.Body))
		}
	}
}

func TestCountSeesFaults(t *testing.T) {
	packets := (Stream{NoAudio: true}).Until(time.Second)
	var c Count
	for i, p := range packets {
		if i != 10 && i != 15 {
			c.Add(p)
		}
	}
	c.Add(packets[5])
	if c.Gaps != 2 || c.Backwards != 1 {
		t.Errorf("gaps, backwards = %d, %d, want 2, 1", c.Gaps, c.Backwards)
	}
}

func TestReadFLV(t *testing.T) {
	c, err := ReadFLV(bytes.NewReader(FLV(GOP(48))), func(c *Count) bool { return c.Video == 20 })
	if err != nil || c.Video != 20 {
		t.Errorf("ReadFLV = %+v, %v", c, err)
	}
	if _, err := ReadFLV(strings.NewReader("HTTP"), func(*Count) bool { return true }); err == nil {
		t.Error("ReadFLV takes text")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Watch(ctx, "http://127.0.0.1:1/live/a.flv", nil); err == nil {
		t.Error("Watch of a context that has ended succeeds")
	}
}
