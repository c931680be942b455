package rtmp

import (
	"iter"

	"weir/media/rtmp/chunk"
)

// parts are the messages of an aggregate: FLV tags, each followed by its size. The
// first one's time is the aggregate's (7.1.6). Aggregates within it and what is
// cut off are left out.
func parts(m *chunk.Message) iter.Seq[chunk.Message] {
	const header, trailer = 11, 4
	return func(yield func(chunk.Message) bool) {
		first, begun := uint32(0), false
		for b := m.Body; len(b) >= header; {
			size := int(b[1])<<16 | int(b[2])<<8 | int(b[3])
			ts := uint32(b[7])<<24 | uint32(b[4])<<16 | uint32(b[5])<<8 | uint32(b[6])
			if len(b) < header+size {
				return
			}
			if !begun {
				first, begun = ts, true
			}
			part := chunk.Message{
				Type: chunk.Type(b[0]), Stream: m.Stream, ChunkStream: m.ChunkStream,
				Timestamp: m.Timestamp + ts - first, Body: b[header : header+size : header+size],
			}
			if part.Type != chunk.Aggregate && !yield(part) {
				return
			}
			b = b[min(len(b), header+size+trailer):]
		}
	}
}
