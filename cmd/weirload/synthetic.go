//go:build linux

package main

import (
	"encoding/binary"
	"fmt"

	"weir/media"
	"weir/media/rtmp/amf0"
)

// synthetic is a stream in the shape of H.264 and AAC: the headers are valid, slices
// are filler. A keyframe is eight times as large as another frame.
type synthetic struct {
	kbps  int // video and audio
	fps   int
	gop   int // seconds between keyframes, which divides the loop
	audio bool
}

// standard is the stream of bench: 1 Mbit/s, 77 messages a second.
var standard = synthetic{kbps: 1000, fps: 30, gop: 2, audio: true}

const (
	loopSeconds  = 8 // a whole number of AAC frames
	keyframeSize = 8 // times another frame
	audioKbps    = 64
	audioRate    = 48000
	audioSamples = 1024 // of a frame
	audioSize    = 170  // bytes of a frame: audioKbps
)

// Parameter sets of 1280×720 in Baseline, level 3.1 (H.264 7.3.2.1, 7.3.2.2), decoded in
// the order in which pictures are shown, and the AudioSpecificConfig of AAC-LC, stereo
// (ISO 14496-3, 1.6.2.1).
var (
	sps         = []byte{0x67, 0x42, 0xc0, 0x1f, 0xda, 0x01, 0x40, 0x16, 0xe4}
	pps         = []byte{0x68, 0xce, 0x3c, 0x80}
	audioConfig = []byte{0x11, 0x90}
)

func (s synthetic) source() (*source, error) {
	video := s.kbps
	if s.audio {
		video -= audioKbps
	}
	if s.fps < 1 || s.fps > 1000 || s.gop < 1 || loopSeconds%s.gop != 0 || video < 16 || s.kbps > 100000 {
		return nil, &usageError{fmt.Errorf("no synthetic stream has %d kbit/s, %d frames/s and a keyframe each %d s", s.kbps, s.fps, s.gop)}
	}
	src := &source{head: s.head(), length: loopSeconds * 1000}
	fill := filler(12345)
	size := video * 1000 / 8 * s.gop / (s.gop*s.fps - 1 + keyframeSize)
	sounds, n := 0, 0
	if s.audio {
		sounds = loopSeconds * audioRate / audioSamples
	}
	for i := range loopSeconds * s.fps {
		at := i * 1000 / s.fps
		for ; n < sounds && soundAt(n) <= at; n++ {
			src.frames = append(src.frames, sound(n, &fill))
		}
		src.frames = append(src.frames, picture(at, size, i%(s.gop*s.fps) == 0, &fill))
	}
	for ; n < sounds; n++ {
		src.frames = append(src.frames, sound(n, &fill))
	}
	return src, nil
}

// head is metadata and sequence headers (FLV specification E.4.2.1, E.4.3.1).
func (s synthetic) head() []frame {
	meta := amf0.Append(nil, "onMetaData", amf0.Array{
		{Name: "width", Value: 1280},
		{Name: "height", Value: 720},
		{Name: "framerate", Value: s.fps},
		{Name: "videocodecid", Value: 7},
		{Name: "videodatarate", Value: s.kbps},
	})
	avc := []byte{0x17, 0, 0, 0, 0, 1, sps[1], sps[2], sps[3], 0xff, 0xe1, 0, byte(len(sps))}
	avc = append(append(avc, sps...), 1, 0, byte(len(pps)))
	head := []frame{{media.Data, 0, meta, -1}, {media.Video, 0, append(avc, pps...), -1}}
	if s.audio {
		head = append(head, frame{media.Audio, 0, append([]byte{0xaf, 0}, audioConfig...), -1})
	}
	return head
}

// soundAt is when audio frame n plays, in milliseconds.
func soundAt(n int) int { return n * audioSamples * 1000 / audioRate }

func sound(n int, fill *filler) frame {
	b := make([]byte, 2+audioSize)
	b[0], b[1] = 0xaf, 1
	fill.Fill(b[2:])
	return frame{media.Audio, uint32(soundAt(n)), b, -1} //nolint:gosec // within the loop
}

// picture is a video frame of one NAL unit, whose stamp stands behind the first bytes of its
// slice header.
func picture(at, size int, key bool, fill *filler) frame {
	tag, slice := byte(0x27), []byte{0x41, 0x9a, 0x26}
	if key {
		tag, slice, size = 0x17, []byte{0x65, 0x88, 0x84}, keyframeSize*size
	}
	size = max(size, len(slice)+stampSize)
	b := append(make([]byte, 0, 9+size), tag, 1, 0, 0, 0)
	b = binary.BigEndian.AppendUint32(b, uint32(size)) //nolint:gosec // below a second's bytes
	b = append(b, slice...)
	where := len(b)
	b = b[:9+size]
	fill.Fill(b[where:])
	stamp{}.put(b[where:])
	return frame{media.Video, uint32(at), b, where} //nolint:gosec // within the loop
}

// filler is a generator of bytes that are never zero, so that they need no emulation
// prevention.
type filler uint32

func (f *filler) Fill(b []byte) {
	for i := range b {
		*f = *f*1664525 + 1013904223
		b[i] = byte(*f>>24) | 1
	}
}
