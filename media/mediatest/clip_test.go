package mediatest

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"weir/media"
	"weir/media/flv"
)

func TestClips(t *testing.T) {
	for _, r := range recipes {
		t.Run(r.codec.String(), func(t *testing.T) {
			c := Count{Step: 100 * time.Millisecond}
			var composed bool
			for _, p := range Clip(r.codec) {
				if p.Codec != r.codec || len(flv.Payload(p)) == 0 {
					t.Errorf("packet of %s with %d bytes", p.Codec, len(flv.Payload(p)))
				}
				composed = composed || p.CTS > 0
				c.Add(p)
			}
			switch {
			case c.Gaps+c.Backwards > 0, (c.Configs == 1) != (r.config != nil):
				t.Errorf("%+v", c)
			case r.codec <= media.VP9 && (c.Video != 20 || c.Keyframes != 2 || composed != (r.codec == media.H265)):
				t.Errorf("%+v, composed %v", c, composed)
			case r.codec > media.VP9 && (c.Audio < 4 || c.Last(media.Audio).DTS < 1800*time.Millisecond):
				t.Errorf("%+v", c)
			}
		})
	}
}

// Codecs that no segment carries are decoded from files of their own.
func TestClipsDecode(t *testing.T) {
	tests := []struct {
		codec media.Codec
		name  string
		file  func([]*media.Packet) []byte
	}{
		{media.AV1, "clip.ivf", func(p []*media.Packet) []byte { return ivf("AV01", p) }},
		{media.VP9, "clip.ivf", func(p []*media.Packet) []byte { return ivf("VP90", p) }},
		{media.FLAC, "clip.flac", func(packets []*media.Packet) (b []byte) {
			for _, p := range packets {
				b = append(b, flv.Payload(p)...)
			}
			return b
		}},
	}
	for _, tt := range tests {
		t.Run(tt.codec.String(), func(t *testing.T) {
			ffmpeg, err := exec.LookPath("ffmpeg")
			if err != nil {
				t.Skip(err)
			}
			name := filepath.Join(t.TempDir(), tt.name)
			if err := os.WriteFile(name, tt.file(Clip(tt.codec)), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.CommandContext(t.Context(), ffmpeg, "-v", "warning", "-i", name, "-f", "null", "-").CombinedOutput()
			if err != nil || len(out) > 0 {
				t.Errorf("ffmpeg: %v: %s", err, out)
			}
		})
	}
}

// ivf is a file of frames: a header of 32 bytes, and twelve ahead of each frame.
func ivf(fourCC string, packets []*media.Packet) []byte {
	le := binary.LittleEndian
	b := append([]byte("DKIF\x00\x00\x20\x00"+fourCC), 160, 0, 90, 0)
	b = le.AppendUint32(le.AppendUint32(b, 1000), 1)
	b = le.AppendUint64(b, 0)
	for _, p := range packets {
		if !p.Config {
			b = le.AppendUint32(b, uint32(len(flv.Payload(p))))
			b = append(le.AppendUint64(b, uint64(p.DTS.Milliseconds())), flv.Payload(p)...)
		}
	}
	return b
}

func TestTracksAreOfTheirPackets(t *testing.T) {
	hevc, av1 := Clip(media.H265), Clip(media.AV1)
	for i := range hevc[:3] {
		one := Track(3, hevc[i])
		if one.Track != 3 || one.Config != hevc[i].Config || one.CTS != hevc[i].CTS || one.Key || !bytes.Equal(flv.Payload(one), flv.Payload(hevc[i])) {
			t.Errorf("track of packet %d is %+v", i, one)
		}
		old := Legacy(hevc[i])
		if old.Config != hevc[i].Config || old.Key != hevc[i].Key || old.CTS != hevc[i].CTS || !bytes.Equal(flv.Payload(old), flv.Payload(hevc[i])) {
			t.Errorf("legacy form of packet %d is %+v", i, old)
		}
	}
	for _, p := range Clip(media.Opus)[:2] {
		timed := Timed(p)
		if timed.Config != p.Config || timed.Codec != p.Codec || !bytes.Equal(flv.Payload(timed), flv.Payload(p)) {
			t.Errorf("with nanoseconds it is %+v", timed)
		}
	}
	if c := Colours(); !c.Info || c.Codec != media.H265 {
		t.Errorf("colours are %+v", c)
	}
	both := Tracks(av1[0], hevc[0])
	if both.Track != 0 || both.Codec != media.AV1 || !both.Config || !bytes.Equal(flv.Payload(both), flv.Payload(av1[0])) {
		t.Errorf("tracks are %+v", both)
	}
}
