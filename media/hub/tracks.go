package hub

import (
	"bytes"
	"time"

	"weir/media"
)

// tracks is a set of kinds.
type tracks uint8

const (
	audio tracks = 1 << iota
	video
	data
	allTracks = audio | video | data
)

// eachTrack lists the kinds one by one.
var eachTrack = [...]tracks{audio, video, data}

func trackOf(k media.Kind) tracks {
	switch k {
	case media.Audio:
		return audio
	case media.Video:
		return video
	default:
		return data
	}
}

// clockOf returns the one of c's times that belongs to t.
func clockOf(c *media.Clocks, t tracks) *time.Duration {
	switch t {
	case audio:
		return &c.Audio
	case video:
		return &c.Video
	default:
		return &c.Data
	}
}

// tracksOf returns the kinds that h has headers of.
func tracksOf(h media.Headers) tracks {
	var t tracks
	for p := range h.All() {
		t |= trackOf(p.Kind)
	}
	return t
}

func kindOf(t tracks) media.Kind {
	switch t {
	case audio:
		return media.Audio
	case video:
		return media.Video
	default:
		return media.Data
	}
}

// repeats says whether p is a sequence header that h has already.
func repeats(h *media.Headers, p *media.Packet) bool {
	if !p.Config {
		return false
	}
	for had := range h.All() {
		if had.Config && had.Kind == p.Kind && had.Track == p.Track && bytes.Equal(had.Body, p.Body) {
			return true
		}
	}
	return false
}
