package flv

import (
	"time"

	"weir/media"
)

// Framer writes a stream as HTTP-FLV. Its times are the stream's own: a tag's
// time is absolute, and the bytes are shared by players that began at different
// places, so a player takes its first tag's time for its zero.
type Framer struct{}

var _ media.Framer = Framer{}

// Append adds p as a tag.
func (Framer) Append(dst []byte, p *media.Packet, _ media.Clocks) []byte {
	return AppendTag(dst, p)
}

// Begin adds the file header for a new player, then the metadata and the sequence
// headers, stamped with the time at which the stream goes on; but metadata at the
// head of a file is stamped zero, since ffmpeg makes a track of text of a later one.
// The file header announces the kinds that have a sequence header, and both when
// neither has.
func (Framer) Begin(dst []byte, h media.Headers, last media.Clocks, _ time.Duration, first bool) []byte {
	if first {
		video, audio := h.Video != nil, h.Audio != nil
		if !video && !audio {
			video, audio = true, true
		}
		dst = AppendHeader(dst, video, audio)
	}
	ms := max(last.Audio, last.Video).Milliseconds()
	if h.Metadata != nil && first {
		dst = appendTagAt(dst, h.Metadata, 0)
	} else if h.Metadata != nil {
		dst = appendTagAt(dst, h.Metadata, ms)
	}
	for _, p := range []*media.Packet{h.Video, h.Audio} {
		if p != nil {
			dst = appendTagAt(dst, p, ms)
		}
	}
	return dst
}
