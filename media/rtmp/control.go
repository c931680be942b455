package rtmp

import (
	"encoding/binary"
	"time"

	"weir/media/rtmp/chunk"
)

// The user control events that matter here (7.1.7).
const (
	eventStreamBegin = 0
	eventStreamEOF   = 1
	eventBuffer      = 3 // Set Buffer Length
	eventPing        = 6
	eventPong        = 7
)

func control(t chunk.Type, body []byte) chunk.Message {
	return chunk.Message{Type: t, ChunkStream: chunk.ControlStream, Body: body}
}

func number(t chunk.Type, v uint32) chunk.Message {
	return control(t, binary.BigEndian.AppendUint32(nil, v))
}

func event(kind uint16, values ...uint32) chunk.Message {
	b := binary.BigEndian.AppendUint16(nil, kind)
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return control(chunk.UserControl, b)
}

// ping asks a peer whether it lives.
func ping(now time.Time) chunk.Message {
	return event(eventPing, uint32(now.UnixMilli())) //nolint:gosec // wraps, as RTMP's times do
}

// pong is the answer to a ping, if m is one.
func pong(m *chunk.Message) (chunk.Message, bool) {
	b := m.Body
	if m.Type != chunk.UserControl || len(b) < 6 || binary.BigEndian.Uint16(b) != eventPing {
		return chunk.Message{}, false
	}
	return event(eventPong, binary.BigEndian.Uint32(b[2:])), true
}

// appendMessages adds messages with full headers, in chunks of size bytes.
func appendMessages(dst []byte, size int, ms ...chunk.Message) []byte {
	for _, m := range ms {
		h := chunk.Header{ChunkStream: m.ChunkStream, Timestamp: m.Timestamp, Type: m.Type, Stream: m.Stream}
		dst = chunk.Append(dst, h, m.Body, size)
	}
	return dst
}
