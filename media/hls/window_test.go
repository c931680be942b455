package hls

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// filled returns a window that segments of these many seconds were added to; a
// negative one does not continue what was before.
func filled(set Settings, durations ...float64) *window {
	w := &window{id: 1, maxBytes: 1 << 20, settings: set.withDefaults(), outputs: 1}
	for _, d := range durations {
		s := &segment{discontinuity: d < 0, data: make([]byte, 1000)}
		if s.duration = time.Duration(d * float64(time.Second)); d < 0 {
			s.duration = -s.duration
		}
		w.add(s)
	}
	return w
}

func TestPlaylist(t *testing.T) {
	set := Settings{Fragment: 2 * time.Second, Window: 5 * time.Second}
	tests := []struct {
		name string
		w    *window
		want string
	}{
		{"first segment, which continues nothing", filled(set, -2), `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:0
#EXTINF:2.00000,
cam1-0.ts?hls_ctx=X
`},
		{"window of five seconds", filled(set, 2, 2, 2, 2), `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:1
#EXTINF:2.00000,
cam1-1.ts?hls_ctx=X
#EXTINF:2.00000,
cam1-2.ts?hls_ctx=X
#EXTINF:2.00000,
cam1-3.ts?hls_ctx=X
`},
		{"three segments at least; the target does not shrink", filled(set, 6.4, 4, 4, 4), `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:6
#EXT-X-MEDIA-SEQUENCE:1
#EXTINF:4.00000,
cam1-1.ts?hls_ctx=X
#EXTINF:4.00000,
cam1-2.ts?hls_ctx=X
#EXTINF:4.00000,
cam1-3.ts?hls_ctx=X
`},
		{"discontinuities, listed and gone", filled(set, 2, -2, 2, 2, -2), `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:2
#EXT-X-DISCONTINUITY-SEQUENCE:1
#EXTINF:2.00000,
cam1-2.ts?hls_ctx=X
#EXTINF:2.00000,
cam1-3.ts?hls_ctx=X
#EXT-X-DISCONTINUITY
#EXTINF:2.00000,
cam1-4.ts?hls_ctx=X
`},
		{"ended", func() *window { w := filled(set, 2); w.close(time.Now()); return w }(), `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:0
#EXTINF:2.00000,
cam1-0.ts?hls_ctx=X
#EXT-X-ENDLIST
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, string(tt.w.current().text("cam1", "?hls_ctx=X"))); diff != "" {
				t.Errorf("playlist (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMaster(t *testing.T) {
	got := string(filled(Settings{}, 2, 1).current().master("cam1.m3u8?hls_ctx=X"))
	want := "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-STREAM-INF:BANDWIDTH=8000\ncam1.m3u8?hls_ctx=X\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("master playlist (-want +got):\n%s", diff)
	}
}

func TestSegmentsStayForAnotherWindow(t *testing.T) {
	set := Settings{Fragment: time.Second, Window: 3 * time.Second}
	w := filled(set, 1, 1, 1, 1, 1, 1, 1, 1)
	for seq, want := range []bool{false, false, true, true, true, true, true, true, false} {
		if got := w.segment(seq) != nil; got != want {
			t.Errorf("segment %d is kept: %t, want %t", seq, got, want)
		}
	}
	if w.segment(-1) != nil {
		t.Error("there is a segment -1")
	}
}

func TestWindowIsBounded(t *testing.T) {
	set := Settings{Fragment: time.Second, Window: 3 * time.Second}
	short := make([]float64, 1000)
	for i := range short {
		short[i] = -0.001
	}
	w := filled(set, short...)
	if n := len(w.segments); n > 2*w.maxListed() {
		t.Errorf("%d segments of a millisecond, want %d at most", n, 2*w.maxListed())
	}
	w.maxBytes = 10_000
	w.add(&segment{duration: time.Second, data: make([]byte, 5000)})
	if got := weight(w.segments); got > w.maxBytes {
		t.Errorf("%d bytes, want %d at most", got, w.maxBytes)
	}
}
