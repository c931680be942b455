//go:build linux

package main

import (
	"strconv"
	"strings"
	"time"
)

// playlist is what a player takes of a playlist (RFC 8216).
type playlist struct {
	variant  string // of a multivariant playlist: its first; the rest is empty then
	sequence int64  // of the first segment
	target   time.Duration
	init     string // URI of EXT-X-MAP
	segments []string
	ended    bool
}

const defaultTarget = 2 * time.Second

func parsePlaylist(s string) playlist {
	p := playlist{target: defaultTarget}
	inf := false
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		tag, value, _ := strings.Cut(line, ":")
		switch {
		case tag == "#EXT-X-MEDIA-SEQUENCE":
			p.sequence, _ = strconv.ParseInt(value, 10, 64)
		case tag == "#EXT-X-TARGETDURATION":
			if n, err := strconv.Atoi(value); err == nil && n > 0 && n < 3600 {
				p.target = time.Duration(n) * time.Second
			}
		case tag == "#EXT-X-MAP":
			_, uri, _ := strings.Cut(value, `URI="`)
			p.init, _, _ = strings.Cut(uri, `"`)
		case tag == "#EXT-X-ENDLIST":
			p.ended = true
		case tag == "#EXT-X-STREAM-INF":
			inf = true
		case line == "" || line[0] == '#':
		case inf:
			return playlist{variant: line, target: p.target}
		default:
			p.segments = append(p.segments, line)
		}
	}
	return p
}
