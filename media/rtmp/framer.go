package rtmp

import (
	"time"

	"weir/media"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// The chunk streams of media, as most servers number them.
const (
	audioChunks = 4
	dataChunks  = 5
	videoChunks = 6
)

// Framer writes a stream as RTMP messages. Audio and video carry the time since
// their predecessor (type 1 headers), so that all players share the bytes though
// each one's time begins at zero; Begin says (type 0 headers) from where a player
// counts. Data takes the time of the newest audio or video: a time of its own
// would need a base of its own at each Begin, far in the past of most players.
type Framer struct {
	ChunkSize int    // of the chunks; 0 means 128. Set Chunk Size is not the Framer's to send
	Stream    uint32 // message stream id; 0 means 1
}

var _ media.Framer = Framer{}

// Append adds p. A time before its predecessor's is a delta modulo 2³² ms, as RTMP
// counts.
func (f Framer) Append(dst []byte, p *media.Packet, last media.Clocks) []byte {
	h := chunk.Header{Delta: true, ChunkStream: chunks(p.Kind, last), Type: chunk.Type(p.Kind)}
	switch p.Kind {
	case media.Audio:
		h.Timestamp = millis(p.DTS - last.Audio)
	case media.Video:
		h.Timestamp = millis(p.DTS - last.Video)
	}
	return chunk.Append(dst, h, p.Body, f.ChunkSize)
}

// Begin adds metadata and sequence headers, and sets the clocks of audio and video
// to last, counted from base.
func (f Framer) Begin(dst []byte, h media.Headers, last media.Clocks, base time.Duration, _ bool) []byte {
	if h.Metadata != nil {
		now := max(0, max(last.Audio, last.Video)-base)
		dst = f.full(dst, dataChunks, chunk.DataAMF0, now, h.Metadata.Body)
	}
	dst = f.base(dst, videoChunks, h.Video, last.Video-base)
	return f.base(dst, audioChunks, h.Audio, last.Audio-base)
}

// base sets the clock of a chunk stream, by the sequence header if there is one
// and now is a time that a player can show. A track that has been silent since
// before the player's zero, or that never was, has its clock set by a message that
// players ignore: modulo 2³² it is right when the track goes on.
func (f Framer) base(dst []byte, chunks uint32, header *media.Packet, now time.Duration) []byte {
	if header != nil {
		dst = f.full(dst, chunks, chunk.Type(header.Kind), max(0, now), header.Body)
	}
	if header == nil || now < 0 {
		dst = f.full(dst, chunks, chunk.DataAMF0, now, sampleAccess)
	}
	return dst
}

func (f Framer) full(dst []byte, chunks uint32, t chunk.Type, at time.Duration, body []byte) []byte {
	h := chunk.Header{ChunkStream: chunks, Type: t, Timestamp: millis(at), Stream: f.stream()}
	return chunk.Append(dst, h, body, f.ChunkSize)
}

func (f Framer) stream() uint32 {
	if f.Stream == 0 {
		return 1
	}
	return f.Stream
}

// chunks is the chunk stream of a packet that is not a player's first.
func chunks(k media.Kind, last media.Clocks) uint32 {
	if k == media.Audio || k == media.Data && last.Audio > last.Video {
		return audioChunks
	}
	return videoChunks
}

// millis is d modulo 2³² ms, as timestamps are written.
func millis(d time.Duration) uint32 { return uint32(d.Milliseconds()) } //nolint:gosec // modulo is meant

// sampleAccess lets Flash players read the samples; every other player ignores it.
var sampleAccess = amf0.Append(nil, "|RtmpSampleAccess", true, true)
