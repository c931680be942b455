package flv

import (
	"time"

	"weir/media"
)

// Frame types, the high four bits of a video body (E.4.3.1). With Enhanced RTMP
// they have three bits.
const (
	frameKey     = 1
	frameCommand = 5 // for the player; no picture
)

// Codec ids, the low four bits of a video body (E.4.3.1).
const (
	videoAVC  = 7
	videoHEVC = 12 // not of the specification; what Chinese encoders send
)

// Packet types of AVC and of HEVC in AVC's manner (E.4.3.1).
const (
	avcConfig = 0
	avcNALU   = 1
)

// parseVideo reads the header of a video body that is not an Enhanced one (E.4.3).
func parseVideo(b []byte) (header, error) {
	frame, id := b[0]>>4, b[0]&0x0f
	if frame == frameCommand {
		return header{}, nil
	}
	h := header{codec: videoCodec(id)}
	if h.codec == media.OtherVideo {
		h.key, h.from, h.to = frame == frameKey, 1, len(b)
		return h, nil
	}
	if len(b) < 5 {
		return header{}, ErrShort
	}
	switch b[1] {
	case avcConfig:
		h.config, h.from, h.to = true, 5, len(b)
	case avcNALU:
		h.key, h.cts, h.from, h.to = frame == frameKey, millis24(b[2:]), 5, len(b)
	}
	return h, nil
}

func videoCodec(id byte) media.Codec {
	switch id {
	case videoAVC:
		return media.H264
	case videoHEVC:
		return media.H265
	}
	return media.OtherVideo
}

// millis24 reads a signed time of 24 bits in milliseconds.
func millis24(b []byte) time.Duration {
	v := int32(b[0])<<24 | int32(b[1])<<16 | int32(b[2])<<8
	return time.Duration(v>>8) * time.Millisecond
}
