package flv

import (
	"time"

	"weir/media"
)

// Framer writes a stream as HTTP-FLV. Its times are the stream's own: a tag's
// time is absolute, and the bytes are shared by players that began at different
// places, so a player takes its first tag's time for its zero.
type Framer struct {
	Tracks media.Tracks // what the file header announces, and what is sent
}

var _ media.Framer = Framer{}

// Append adds p as a tag.
func (f Framer) Append(dst []byte, p *media.Packet, _ media.Clocks) []byte {
	if f.Tracks.Drops(p.Kind) {
		return dst
	}
	return AppendTag(dst, p)
}

// Begin adds the file header for a new player, then the metadata and the sequence
// headers, stamped with the time at which the stream goes on; but metadata at the
// head of a file is stamped zero, since ffmpeg makes a track of text of a later one.
// Unless the kinds that the file header announces are Fixed, it announces those that
// have had a frame or a sequence header, of any track; when neither has, those that
// Tracks names.
func (f Framer) Begin(dst []byte, h media.Headers, last media.Clocks, _ time.Duration, first bool) []byte {
	if first {
		dst = f.appendHeader(dst, h)
	}
	now := max(last.Audio, last.Video).Milliseconds()
	for p := range h.All() {
		if f.Tracks.Drops(p.Kind) {
			continue
		}
		ms := now
		if p.Kind == media.Data && first {
			ms = 0
		}
		dst = appendTagAt(dst, p, ms)
	}
	return dst
}

// appendHeader adds the file header of a stream with headers h.
func (f Framer) appendHeader(dst []byte, h media.Headers) []byte {
	video, audio := h.HasVideo, h.HasAudio
	for p := range h.All() {
		video = video || p.Kind == media.Video
		audio = audio || p.Kind == media.Audio
	}
	if f.Tracks.Fixed || !video && !audio {
		video, audio = !f.Tracks.NoVideo, !f.Tracks.NoAudio
	}
	return AppendHeader(dst, video, audio)
}
