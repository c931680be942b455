package hls

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"weir/media"
	"weir/media/mediatest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var key = media.Key{VHost: "example.com", App: "live", Stream: "cam1"}

// clip is d of a stream with a keyframe each second.
func clip(d time.Duration) []*media.Packet {
	return mediatest.Stream{GOP: 25}.Until(d)
}

// cutAll returns the segments of packets, the one under way at the end included.
func cutAll(t testing.TB, fragment time.Duration, packets []*media.Packet) []*segment {
	t.Helper()
	var got []*segment
	s := segmenter{fragment: fragment, broken: true, add: func(s *segment) { got = append(got, s) }}
	for _, p := range packets {
		if err := s.write(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.end(); err != nil {
		t.Fatal(err)
	}
	return got
}
