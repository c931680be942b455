package flv

import (
	"encoding/binary"

	"weir/media"
)

// exVideo is the bit that tells an Enhanced video body (Enhanced RTMP v2,
// Enhanced Video).
const exVideo = 0x80

// Packet types of Enhanced bodies. Video and audio differ from 2 on.
const (
	exSequenceStart = 0
	exCodedFrames   = 1
	exCodedFramesX  = 3 // video without a composition time, which is zero
	exMetadata      = 4 // video: colour information; audio: the order of channels
	exTSStart       = 5 // video: a sequence header as MPEG-2 TS has it
	exMultitrackA   = 5 // audio
	exMultitrack    = 6 // video
	exModEx         = 7
)

// maxModifiers bounds the modifiers of one body; the specification knows one kind.
const maxModifiers = 16

// exBody is an Enhanced body while it is read.
type exBody struct {
	kind  media.Kind
	frame byte // video: the frame type
	typ   byte // the packet type
	b     []byte
	at    int // how far it was read
}

// parseEx reads the header of an Enhanced body.
func parseEx(kind media.Kind, b []byte) (header, error) {
	e := exBody{kind: kind, frame: b[0] >> 4 & 7, typ: b[0] & 0x0f, b: b, at: 1}
	if err := e.skipModifiers(); err != nil {
		return header{}, err
	}
	if kind == media.Video && e.frame == frameCommand && e.typ != exMetadata {
		return header{}, nil
	}
	if e.typ == multitrack(kind) {
		return e.tracks()
	}
	codec, err := e.fourCC()
	if err != nil {
		return header{}, err
	}
	return e.track(codec, 0, len(b))
}

func multitrack(kind media.Kind) byte {
	if kind == media.Video {
		return exMultitrack
	}
	return exMultitrackA
}

// track reads one track from where its media begins to end.
func (e *exBody) track(codec media.Codec, id byte, end int) (header, error) {
	h := header{codec: codec, track: id}
	video := e.kind == media.Video
	switch {
	case e.typ == exSequenceStart, video && e.typ == exTSStart:
		h.config = true
	case video && e.typ == exCodedFrames && composed(codec):
		b, err := e.take(3, end)
		if err != nil {
			return header{}, err
		}
		h.cts = millis24(b)
	case e.typ == exCodedFrames, video && e.typ == exCodedFramesX:
	default: // no media
		h.info = e.typ == exMetadata
		return h, nil
	}
	h.key = video && !h.config && id == 0 && e.frame == frameKey
	h.from, h.to = e.at, end
	return h, nil
}

// composed says whether coded frames of the codec have a composition time.
func composed(c media.Codec) bool { return c == media.H264 || c == media.H265 || c == media.H266 }

// skipModifiers steps over what stands ahead of a body's real packet type, each
// with a length; it is nanoseconds, which have no place here.
func (e *exBody) skipModifiers() error {
	for n := 0; e.typ == exModEx; n++ {
		if n == maxModifiers {
			return ErrForm
		}
		b, err := e.take(1, len(e.b))
		if err != nil {
			return err
		}
		size := int(b[0]) + 1
		if size == 256 {
			if b, err = e.take(2, len(e.b)); err != nil {
				return err
			}
			size = int(binary.BigEndian.Uint16(b)) + 1
		}
		if b, err = e.take(size+1, len(e.b)); err != nil {
			return err
		}
		e.typ = b[size] & 0x0f
	}
	return nil
}

// take reads n bytes of those ahead of end.
func (e *exBody) take(n, end int) ([]byte, error) {
	if end-e.at < n {
		return nil, ErrShort
	}
	e.at += n
	return e.b[e.at-n : e.at], nil
}
