package chunk

import "encoding/binary"

// Header is what stands before a message.
type Header struct {
	// Delta says that Timestamp counts from the chunk stream's message before (a
	// type 1 header, which keeps the message stream id), not from zero (type 0).
	Delta       bool
	ChunkStream uint32 // 2 to 65599
	Timestamp   uint32
	Type        Type
	Stream      uint32
}

// Append adds a message to dst in chunks of size bytes; a size of 0 means
// DefaultSize. The body must be shorter than 16 MiB.
func Append(dst []byte, h Header, body []byte, size int) []byte {
	if size <= 0 {
		size = DefaultSize
	}
	dst = appendHeader(dst, h, len(body))
	for len(body) > size {
		dst = append(dst, body[:size]...)
		body = body[size:]
		dst = appendBasic(dst, 3, h.ChunkStream)
		if h.Timestamp >= extended24 {
			dst = binary.BigEndian.AppendUint32(dst, h.Timestamp)
		}
	}
	return append(dst, body...)
}

func appendHeader(dst []byte, h Header, length int) []byte {
	format := byte(0)
	if h.Delta {
		format = 1
	}
	dst = appendBasic(dst, format, h.ChunkStream)
	dst = appendUint24(dst, min(h.Timestamp, extended24))
	dst = appendUint24(dst, uint32(length))
	dst = append(dst, byte(h.Type))
	if !h.Delta {
		dst = binary.LittleEndian.AppendUint32(dst, h.Stream)
	}
	if h.Timestamp >= extended24 {
		dst = binary.BigEndian.AppendUint32(dst, h.Timestamp)
	}
	return dst
}

func appendBasic(dst []byte, format byte, id uint32) []byte {
	switch {
	case id < 64:
		return append(dst, format<<6|byte(id))
	case id < 64+256:
		return append(dst, format<<6, byte(id-64))
	}
	return append(dst, format<<6|1, byte(id-64), byte((id-64)>>8))
}

func appendUint24(dst []byte, v uint32) []byte {
	return append(dst, byte(v>>16), byte(v>>8), byte(v))
}
