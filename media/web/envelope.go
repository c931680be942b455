package web

import (
	"encoding/binary"
	"slices"
)

// put adds what write adds, in an envelope; nothing if that is nothing. guess is
// about how long it will be.
func (e envelope) put(dst []byte, guess int, write func([]byte) []byte) []byte {
	start, room := len(dst), e.before(guess)
	dst = write(append(dst, make([]byte, room)...))
	n := len(dst) - start - room
	if n == 0 {
		return dst[:start]
	}
	if need := e.before(n); need != room { // seldom
		dst = slices.Replace(dst, start, start+room, make([]byte, need)...)
	}
	if e == chunks {
		putChunkSize(dst[start:], n)
		return append(dst, '\r', '\n')
	}
	putFrameHeader(dst[start:], opBinary, n)
	return dst
}

// before is how many bytes stand before n others.
func (e envelope) before(n int) int {
	switch {
	case e == chunks:
		return chunkHeader
	case n < 126:
		return 2
	case n < 1<<16:
		return 4
	}
	return 10
}

// chunkHeader is 8 digits, and the end of their line.
const chunkHeader = 10

// putChunkSize writes the size of a chunk, which may have zeros ahead (RFC 9112, 7.1).
func putChunkSize(b []byte, n int) {
	const digits = "0123456789abcdef"
	for i := chunkHeader - 3; i >= 0; i-- {
		b[i] = digits[n&15]
		n >>= 4
	}
	b[chunkHeader-2], b[chunkHeader-1] = '\r', '\n'
}

// putFrameHeader writes the header of a frame that is whole and has n bytes (RFC
// 6455, 5.2). There is room for just that.
func putFrameHeader(b []byte, opcode byte, n int) {
	b[0] = final | opcode
	switch {
	case n < 126:
		b[1] = byte(n)
	case n < 1<<16:
		b[1] = 126
		binary.BigEndian.PutUint16(b[2:], uint16(n)) //nolint:gosec // just compared
	default:
		b[1] = 127
		binary.BigEndian.PutUint64(b[2:], uint64(n)) //nolint:gosec // not negative
	}
}
