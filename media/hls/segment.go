package hls

import (
	"strconv"
	"time"
)

// Segment is what others are told of a segment.
type Segment struct {
	URL         string // below the server's root: "live/cam1-7.ts"
	PlaylistURL string // "live/cam1.m3u8"
	Seq         uint64 // its media sequence number
	Duration    time.Duration
	Size        int64 // bytes
}

// segment is a finished piece of a stream. It does not change after it was
// added to a window.
type segment struct {
	seq           int
	duration      time.Duration
	discontinuity bool // what it begins with does not continue the one before
	data          []byte
}

// etag is unique among the segments of all streams and times that had this name,
// given the number of the window it stands in.
func (s *segment) etag(window uint64) string {
	return `"` + strconv.FormatUint(window, 36) + "-" + strconv.Itoa(s.seq) + `"`
}
