package hub

import (
	"testing"
	"time"

	"weir/media"
)

func TestPace(t *testing.T) {
	var r pace
	for i := range 60 {
		r.note(&media.Packet{Kind: media.Video, DTS: time.Duration(i) * 40 * time.Millisecond, Body: make([]byte, 500)})
		r.note(&media.Packet{Kind: media.Video, Config: true, Body: make([]byte, 9999)})
		r.note(&media.Packet{Kind: media.Audio, DTS: time.Duration(i) * 40 * time.Millisecond, Body: make([]byte, 100)})
	}
	if r.fps < 24.9 || r.fps > 25.1 || r.bitrate < 119_000 || r.bitrate > 121_000 {
		t.Errorf("%.1f frames and %.0f bits a second, want 25 and 120,000", r.fps, r.bitrate)
	}
}
