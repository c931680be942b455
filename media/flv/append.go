package flv

import (
	"encoding/binary"

	"weir/media"
)

// MaxBody is the longest body that a tag can have (E.4.1: 24 bits of length).
const MaxBody = 1<<24 - 1

const (
	tagHeaderSize   = 11
	tagTrailerSize  = 4 // the size of the tag before it, behind every tag
	fileHeaderSize  = 9
	hasVideo        = 1
	hasAudio        = 4
	tagTypeMask     = 0x1f
	tagFiltered     = 0x20 // encrypted
	timestampOffset = 4
)

// AppendHeader adds the header of an FLV file and the empty tag trailer behind it
// (E.2, E.3). Some players wait for each kind that the header announces.
func AppendHeader(dst []byte, video, audio bool) []byte {
	var flags byte
	if video {
		flags |= hasVideo
	}
	if audio {
		flags |= hasAudio
	}
	return append(dst, 'F', 'L', 'V', 1, flags, 0, 0, 0, fileHeaderSize, 0, 0, 0, 0)
}

// AppendTag adds p as a tag with its trailer (E.4.1), at p's decoding time in
// milliseconds modulo 32 bits. A body that is longer than MaxBody adds nothing.
func AppendTag(dst []byte, p *media.Packet) []byte {
	return appendTagAt(dst, p, p.DTS.Milliseconds())
}

func appendTagAt(dst []byte, p *media.Packet, ms int64) []byte {
	n := len(p.Body)
	if n > MaxBody {
		return dst
	}
	dst = append(dst, byte(p.Kind), byte(n>>16), byte(n>>8), byte(n),
		byte(ms>>16), byte(ms>>8), byte(ms), byte(ms>>24), 0, 0, 0)
	dst = append(dst, p.Body...)
	return binary.BigEndian.AppendUint32(dst, uint32(tagHeaderSize+n)) //nolint:gosec // 24 bits and eleven
}
