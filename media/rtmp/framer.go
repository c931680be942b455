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

// Framer writes a stream as RTMP messages. They carry the time since their
// predecessor of the same kind (type 1 headers), so that all players share the
// bytes though each one's time begins at zero; Begin says (type 0 headers) from
// where a player counts.
type Framer struct {
	ChunkSize int    // of the chunks; 0 means 128. Set Chunk Size is not the Framer's to send
	Stream    uint32 // message stream id; 0 means 1
}

var _ media.Pinger = Framer{}

// Append adds p. A time before its predecessor's is a delta modulo 2³² ms, as RTMP
// counts.
func (f Framer) Append(dst []byte, p *media.Packet, last media.Clocks) []byte {
	h := chunk.Header{Delta: true, Type: chunk.Type(p.Kind)}
	switch p.Kind {
	case media.Audio:
		h.ChunkStream, h.Timestamp = audioChunks, millis(p.DTS-last.Audio)
	case media.Video:
		h.ChunkStream, h.Timestamp = videoChunks, millis(p.DTS-last.Video)
	default:
		h.ChunkStream, h.Timestamp = dataChunks, millis(p.DTS-last.Data)
	}
	return chunk.Append(dst, h, p.Body, f.ChunkSize)
}

// Begin adds metadata and sequence headers, and sets the clock of each kind to
// last, counted from base. Metadata of a new player is stamped zero, since ffmpeg
// makes a track of text of any later message of data; its clock is then set by a
// Stream Begin, whose time means nothing to players.
func (f Framer) Begin(dst []byte, h media.Headers, last media.Clocks, base time.Duration, first bool) []byte {
	if now := last.Data - base; first && now > 0 && h.Metadata != nil {
		dst = f.full(dst, dataChunks, chunk.Type(media.Data), 0, h.Metadata.Body)
		dst = f.full(dst, dataChunks, chunk.UserControl, now, event(eventStreamBegin, f.stream()).Body)
	} else {
		dst = f.begin(dst, dataChunks, media.Data, h, now)
	}
	dst = f.begin(dst, videoChunks, media.Video, h, last.Video-base)
	return f.begin(dst, audioChunks, media.Audio, h, last.Audio-base)
}

// Ping adds a ping request (7.1.7).
func (f Framer) Ping(dst []byte, now time.Time) []byte {
	return appendMessages(dst, f.ChunkSize, ping(now))
}

// begin sets the clock of a chunk stream, by the kind's headers if there are any and
// now is a time that a player can show. Else a message that players ignore does:
// what follows is right, modulo 2³² ms, for a track that was silent for long.
func (f Framer) begin(dst []byte, chunks uint32, kind media.Kind, h media.Headers, now time.Duration) []byte {
	has := false
	for p := range h.All() {
		if p.Kind == kind {
			dst, has = f.full(dst, chunks, chunk.Type(kind), max(0, now), p.Body), true
		}
	}
	if !has || now < 0 {
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

// millis is d modulo 2³² ms, as timestamps are written.
func millis(d time.Duration) uint32 { return uint32(d.Milliseconds()) } //nolint:gosec // modulo is meant

// sampleAccess lets Flash players read the samples; every other player ignores it.
var sampleAccess = amf0.Append(nil, "|RtmpSampleAccess", true, true)
