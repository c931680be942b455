package flv

import (
	"encoding/binary"

	"weir/media"
)

// exVideo is the bit that tells an Enhanced video body (Enhanced RTMP v2,
// Enhanced Video).
const exVideo = 0x80

// Packet types of Enhanced bodies. Video and audio differ in 3 and 4 only.
const (
	exSequenceStart = 0
	exCodedFrames   = 1
	exCodedFramesX  = 3 // video without a composition time, which is zero
	exMetadata      = 4 // video: colour information; audio: channel order
	exMultitrack    = 6 // of video
	exMultitrackA   = 5 // of audio; of video it is the start of an MPEG-2 TS sequence
	exModEx         = 7
)

// parseEx reads the header of an Enhanced body.
func parseEx(kind media.Kind, b []byte) (header, error) {
	typ := b[0] & 0x0f
	frame := b[0] >> 4 & 7
	n, typ, err := skipModEx(b, 1, typ)
	if err != nil {
		return header{}, err
	}
	if kind == media.Video && frame == frameCommand && typ != exMetadata {
		return header{codec: media.OtherVideo}, nil
	}
	if kind == media.Video && typ == exMultitrack || kind == media.Audio && typ == exMultitrackA {
		return parseTracks(kind, b[n:], frame)
	}
	if len(b) < n+4 {
		return header{}, ErrShort
	}
	h := header{codec: fourCC(kind, b[n:]), config: typ == exSequenceStart, key: begins(kind, typ, frame)}
	n += 4
	if kind == media.Video && typ == exCodedFrames && h.composed() {
		if len(b) < n+3 {
			return header{}, ErrShort
		}
		h.cts = millis24(b[n:])
		n += 3
	}
	if h.config || typ == exCodedFrames || kind == media.Video && typ == exCodedFramesX {
		h.size = n
	}
	return h, nil
}

// parseTracks reads the first track of a multitrack body: as long as Key and
// Config must speak of one track, it is track 0.
func parseTracks(kind media.Kind, b []byte, frame byte) (header, error) {
	if len(b) < 6 { // kind of multitrack and packet type, FourCC, track id
		return header{}, ErrShort
	}
	typ, id := b[0]&0x0f, b[5]
	h := header{codec: fourCC(kind, b[1:])}
	if id == 0 {
		h.config, h.key = typ == exSequenceStart, begins(kind, typ, frame)
	}
	return h, nil
}

// begins says whether a body has a picture that a decoder can begin at.
func begins(kind media.Kind, typ, frame byte) bool {
	return kind == media.Video && frame == frameKey && (typ == exCodedFrames || typ == exCodedFramesX)
}

// composed says whether coded frames of the codec have a composition time.
func (h *header) composed() bool { return h.codec == media.H264 || h.codec == media.H265 }

// skipModEx steps over the modifiers that stand ahead of a body's real packet
// type, each with a length; they carry nanoseconds, which have no place here.
func skipModEx(b []byte, n int, typ byte) (int, byte, error) {
	for typ == exModEx {
		if len(b) < n+1 {
			return 0, 0, ErrShort
		}
		size := int(b[n]) + 1
		n++
		if size == 256 {
			if len(b) < n+2 {
				return 0, 0, ErrShort
			}
			size = int(binary.BigEndian.Uint16(b[n:])) + 1
			n += 2
		}
		n += size
		if len(b) < n+1 {
			return 0, 0, ErrShort
		}
		typ = b[n] & 0x0f
		n++
	}
	return n, typ, nil
}

func fourCC(kind media.Kind, b []byte) media.Codec {
	switch string(b[:4]) {
	case "avc1":
		return media.H264
	case "hvc1":
		return media.H265
	case "av01":
		return media.AV1
	case "vp09":
		return media.VP9
	case "mp4a":
		return media.AAC
	case ".mp3":
		return media.MP3
	case "Opus":
		return media.Opus
	}
	if kind == media.Video {
		return media.OtherVideo
	}
	return media.OtherAudio
}
