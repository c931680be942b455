package vhost

import (
	"errors"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
)

// Audio alone is not found where the stream is known to have another or none.
func TestAudioAloneNeedsAudio(t *testing.T) {
	r := newRig(t, `vhost v { http_remux { enabled on; mount [vhost]/[app]/[stream].aac [vhost]/[app]/[stream].mp3; } }`, nil)
	for name, tt := range map[string]struct {
		stream   mediatest.Stream
		length   time.Duration
		protocol string
		found    bool
	}{
		"audio":        {mediatest.Stream{}, 2 * time.Second, "aac", true},
		"audio only":   {mediatest.Stream{NoVideo: true}, 2 * time.Second, "aac", true},
		"other audio":  {mediatest.Stream{}, 2 * time.Second, "mp3", false},
		"no audio":     {mediatest.Stream{NoAudio: true}, 2 * time.Second, "aac", false},
		"none as yet":  {mediatest.Stream{NoAudio: true}, 200 * time.Millisecond, "aac", true},
		"no media yet": {mediatest.Stream{}, 0, "mp3", true},
	} {
		pub := must(r.publish(peer("v"), "a"))(t)
		for _, p := range tt.stream.Until(tt.length) {
			if err := pub.WritePacket(p); err != nil {
				t.Fatal(err)
			}
		}
		sub, err := r.play(viewer(tt.protocol), "a")
		if err != nil && !errors.Is(err, media.ErrNotFound) || (err == nil) != tt.found {
			t.Errorf("%s: %v, want found: %v", name, err, tt.found)
		}
		if err == nil {
			sub.Close(nil)
		}
		pub.Close(nil)
	}
	r.over()
}
