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

// maxMetadata is the size above which metadata is not kept for players to come.
const maxMetadata = 64 << 10

var onMetaData = []byte("\x02\x00\x0aonMetaData") // an AMF0 string

// takeHeader notes p in h if it is one of a stream's headers, and says so.
func takeHeader(h *media.Headers, p *media.Packet) bool {
	switch {
	case p.Kind == media.Video && p.Config:
		h.Video = p
	case p.Kind == media.Audio && p.Config:
		h.Audio = p
	case p.Kind == media.Data && len(p.Body) <= maxMetadata && bytes.HasPrefix(p.Body, onMetaData):
		h.Metadata = p
	default:
		return false
	}
	return true
}

// tracksOf returns the kinds that h has headers of.
func tracksOf(h media.Headers) tracks {
	var t tracks
	if h.Audio != nil {
		t |= audio
	}
	if h.Video != nil {
		t |= video
	}
	if h.Metadata != nil {
		t |= data
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
