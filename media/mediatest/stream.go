package mediatest

import (
	"iter"
	"time"

	"weir/media"
	"weir/media/flv"
)

// Stream is a synthetic live stream without an end: grey H.264 video and silent
// AAC-LC (44.1 kHz, stereo), decodable. The zero value has 25 frames a second and
// a keyframe every two seconds.
type Stream struct {
	NoVideo bool
	NoAudio bool

	FPS       int           // frames a second; zero means 25
	GOP       int           // frames from one keyframe to the next; zero means 50
	FrameSize int           // bytes that each video frame is filled up to; zero leaves it small
	CTS       time.Duration // composition offset of each video frame
	Start     time.Duration // DTS of the first packet
}

// sampleRate and frameSamples tell the length of an AAC frame.
const (
	sampleRate   = 44100
	frameSamples = 1024
)

// Packets yields metadata and sequence headers, then the frames in the order of
// their DTS. A keyframe is the first frame.
func (s Stream) Packets() iter.Seq[*media.Packet] {
	return func(yield func(*media.Packet) bool) {
		for _, p := range s.begin() {
			if !yield(p) {
				return
			}
		}
		var video, audio int
		for {
			v, a := s.videoTime(video), s.audioTime(audio)
			var p *media.Packet
			if s.NoAudio || !s.NoVideo && v <= a {
				p = s.frame(video)
				video++
			} else {
				p = packet(media.Audio, a, append([]byte{0xaf, 1}, silence...))
				audio++
			}
			if !yield(p) {
				return
			}
		}
	}
}

// Until returns the packets of the stream's first d, headers included.
func (s Stream) Until(d time.Duration) []*media.Packet {
	var out []*media.Packet
	for p := range s.Packets() {
		if p.DTS-s.Start >= d {
			break
		}
		out = append(out, p)
	}
	return out
}

// Headers returns the stream's metadata and sequence headers.
func (s Stream) Headers() media.Headers {
	h := media.Headers{Metadata: packet(media.Data, s.Start, s.metadata())}
	if !s.NoVideo {
		h.Video = packet(media.Video, s.Start, append([]byte{0x17, 0, 0, 0, 0}, avcC()...))
	}
	if !s.NoAudio {
		h.Audio = packet(media.Audio, s.Start, append([]byte{0xaf, 0}, audioConfig...))
	}
	return h
}

// GOP returns the headers, one group of n video frames, and its audio.
func GOP(n int) []*media.Packet {
	s := Stream{GOP: n}
	return s.Until(s.videoTime(n))
}

// FLV returns packets as the bytes of a file.
func FLV(packets []*media.Packet) []byte {
	b := flv.AppendHeader(nil, true, true)
	for _, p := range packets {
		b = flv.AppendTag(b, p)
	}
	return b
}

func (s Stream) begin() []*media.Packet {
	var out []*media.Packet
	h := s.Headers()
	for _, p := range []*media.Packet{h.Metadata, h.Video, h.Audio} {
		if p != nil {
			out = append(out, p)
		}
	}
	return out
}

func (s Stream) fps() int {
	if s.FPS == 0 {
		return 25
	}
	return s.FPS
}

func (s Stream) videoTime(n int) time.Duration {
	return s.Start + wholeMillis(n, 1, s.fps())
}

func (s Stream) audioTime(n int) time.Duration {
	return s.Start + wholeMillis(n, frameSamples, sampleRate)
}

// wholeMillis is n frames of num/den seconds, in whole milliseconds.
func wholeMillis(n, num, den int) time.Duration {
	return time.Duration(n*num*1000/den) * time.Millisecond
}

// frame returns the nth video frame.
func (s Stream) frame(n int) *media.Packet {
	gop := s.GOP
	if gop == 0 {
		gop = 50
	}
	cts := s.CTS.Milliseconds()
	body := []byte{0x27, 1, byte(cts >> 16), byte(cts >> 8), byte(cts)}
	if at := n % gop; at == 0 {
		body[0] = 0x17
		body = appendNALU(body, idr(uint(n/gop))) //nolint:gosec // not negative
	} else {
		body = appendNALU(body, repeated(uint(at))) //nolint:gosec // not negative
	}
	if rest := s.FrameSize - len(body) - 4; rest > 1 {
		body = appendNALU(body, filler(rest))
	}
	return packet(media.Video, s.videoTime(n), body)
}

// packet panics at a body that is none: bodies here are our own.
func packet(kind media.Kind, dts time.Duration, body []byte) *media.Packet {
	p, err := flv.Packet(kind, dts, body)
	if err != nil {
		panic(err)
	}
	return p
}
