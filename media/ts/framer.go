package ts

import (
	"bytes"
	"time"

	"weir/media"
	"weir/media/web"
)

// Format is MPEG-TS over HTTP and WebSocket.
var Format = web.Format{
	Protocol: "ts", Ext: ".ts", ContentType: "video/mp2t",
	Framer: func(t media.Tracks) media.Framer { return Framer{t} },
}

// Framer writes a stream as one transport stream that all players share. Tables
// stand ahead of each keyframe, where players begin, and without video ahead of
// each group of frames; there is nothing else to begin with. Its times are the
// stream's own. What a transport stream cannot carry is left out.
type Framer struct{ Tracks media.Tracks }

var _ media.Muxer = Framer{}

// Append adds nothing: that is for the framers that Open returns.
func (Framer) Append(dst []byte, _ *media.Packet, _ media.Clocks) []byte { return dst }

// Begin adds nothing.
func (Framer) Begin(dst []byte, _ media.Headers, _ media.Clocks, _ time.Duration, _ bool) []byte {
	return dst
}

// Open implements media.Muxer.
func (f Framer) Open() media.Framer {
	return &muxer{Framer: f, writer: &Writer{buf: &bytes.Buffer{}}, counters: map[uint16]byte{}}
}

// muxer is the framer of one log.
type muxer struct {
	Framer
	headers  media.Headers // of the tracks
	writer   *Writer
	counters map[uint16]byte // of the next packet, by PID
}

// Append implements media.Framer.
func (m *muxer) Append(dst []byte, p *media.Packet, _ media.Clocks) []byte {
	switch {
	case p.Kind == media.Data, p.Track != 0, p.Info, p.Config && Bare(p.Codec), m.Tracks.Drops(p.Kind):
		return dst
	case p.Config:
		return m.header(dst, p)
	case Bare(p.Codec) && (m.headers.Audio == nil || m.headers.Audio.Codec != p.Codec):
		dst = m.header(dst, p)
	}
	w := m.writer
	if w.video == nil || p.Key {
		w.tabled = false
	}
	if p.Key {
		_ = w.flushAudio() // of frames that were good alone
	}
	_ = w.Write(p) // what is refused leaves no trace
	return m.take(dst)
}

// header takes a sequence header, or a frame that is as good as one. One that cannot
// be used leaves the stream without the track.
func (m *muxer) header(dst []byte, p *media.Packet) []byte {
	h := m.headers
	slot := &h.Audio
	if p.Kind == media.Video {
		slot = &h.Video
	}
	if old := *slot; old != nil && old.Codec == p.Codec && bytes.Equal(old.Body, p.Body) {
		return dst
	}
	kept := *p
	*slot = &kept
	w, err := NewWriter(h)
	if err != nil {
		*slot = nil
		if w, err = NewWriter(h); err != nil {
			return dst // what remains was good before
		}
	}
	_ = m.writer.flushAudio() // of frames that were good alone
	dst = m.take(dst)
	w.Continue(m.writer)
	m.headers, m.writer = h, w
	return dst
}

// take moves what was written to dst. The counters run on when the tracks change,
// which begins another multiplex, or players would take packets for repetitions
// (ISO/IEC 13818-1, 2.4.3.3).
func (m *muxer) take(dst []byte) []byte {
	start := len(dst)
	dst = append(dst, m.writer.buf.Bytes()...)
	m.writer.buf.Reset()
	for b := dst[start:]; len(b) >= packetSize; b = b[packetSize:] {
		pid := uint16(b[1]&0x1f)<<8 | uint16(b[2])
		n := m.counters[pid]
		if b[3]&hasPayload == 0 {
			n-- // such packets repeat the one before
		} else {
			m.counters[pid] = n + 1
		}
		b[3] = b[3]&0xf0 | n&0x0f
	}
	return dst
}

const (
	packetSize = 188
	hasPayload = 0x10
)
