package hls

import (
	"fmt"
	"strconv"
	"strings"

	m3u8 "github.com/bluenviron/gohlslib/v2/pkg/playlist"
)

// playlist is the text of a media playlist (RFC 8216, 4.3.3), built once for all
// its viewers. Their URLs differ by the stream's name that they asked for and by
// their query.
type playlist struct {
	pieces    []string // what stands between the names and queries, in turns
	size      int      // of the pieces, in bytes
	segments  int
	bandwidth int // of the greatest segment, in bits per second
}

// mark stands in the text where a name or a query goes; neither text nor names have it.
const mark = "\x00"

// list builds the playlist of what is listed.
func (w *window) list(ended bool) *playlist {
	m := m3u8.Media{Version: 3, TargetDuration: w.target, MediaSequence: w.segments[w.listed].seq, Endlist: ended}
	if w.breaks > 0 {
		m.DiscontinuitySequence = &w.breaks
	}
	p := &playlist{segments: len(w.segments) - w.listed}
	for _, s := range w.segments[w.listed:] {
		m.Segments = append(m.Segments, &m3u8.MediaSegment{
			URI:           mark + "-" + strconv.Itoa(s.seq) + ".ts" + mark,
			Duration:      s.duration,
			Discontinuity: s.discontinuity,
		})
		p.bandwidth = max(p.bandwidth, int(float64(8*len(s.data))/s.duration.Seconds()))
	}
	text, _ := m.Marshal() // it has no error to return
	p.pieces = strings.Split(string(text), mark)
	p.size = len(text)
	return p
}

// text returns the playlist for those who asked for the stream by name; query, if
// any, begins with "?" and is set behind each segment's URL. Both are escaped.
func (p *playlist) text(name, query string) []byte {
	b := make([]byte, 0, p.size+p.segments*(len(name)+len(query)))
	for i, piece := range p.pieces {
		switch {
		case i%2 == 1:
			b = append(b, name...)
		case i > 0:
			b = append(b, query...)
		}
		b = append(b, piece...)
	}
	return b
}

// master returns a multivariant playlist (RFC 8216, 4.3.4) whose one variant is
// at uri: the place where a viewer gets its session, as in SRS.
func (p *playlist) master(uri string) []byte {
	return fmt.Appendf(nil, "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-STREAM-INF:BANDWIDTH=%d\n%s\n", max(p.bandwidth, 1), uri)
}
