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
// The file header announces the kinds that have a sequence header, of any track,
// and both when neither has.
func (Framer) Begin(dst []byte, h media.Headers, last media.Clocks, _ time.Duration, first bool) []byte {
	if first {
		dst = appendHeaderOf(dst, h)
	}
	now := max(last.Audio, last.Video).Milliseconds()
	for p := range h.All() {
		ms := now
		if p.Kind == media.Data && first {
			ms = 0
		}
		dst = appendTagAt(dst, p, ms)
	}
	return dst
}

// appendHeaderOf adds the file header of a stream with headers h.
func appendHeaderOf(dst []byte, h media.Headers) []byte {
	var video, audio bool
	for p := range h.All() {
		video = video || p.Kind == media.Video
		audio = audio || p.Kind == media.Audio
	}
	if !video && !audio {
		video, audio = true, true
	}
	return AppendHeader(dst, video, audio)
}
