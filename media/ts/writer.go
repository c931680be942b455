package ts

import (
	"bytes"
	"fmt"
	"time"

	"github.com/bluenviron/mediacommon/v2/pkg/formats/mpegts"

	"weir/media"
	"weir/media/flv"
)

const (
	// zero is where the stream's zero stands in the transport stream: behind the
	// clock reference, which runs 100 ms ahead of decoding.
	zero = time.Second

	audioSpan     = 60 * time.Millisecond  // of a group of frames beside video
	onlyAudioSpan = 300 * time.Millisecond // and without
)

// Writer writes a stream of fixed tracks as segments: each begins with the
// tables (PAT, PMT), and the continuity counters run on from one to the next.
// It belongs to one goroutine.
type Writer struct {
	video *video
	audio *audio

	mux    *mpegts.Writer // nil before the first packet
	buf    *bytes.Buffer  // the segment under way; mux writes to it
	tabled bool           // it has tables
}

// NewWriter returns a Writer for the tracks that h has sequence headers of. For a
// Bare codec h.Audio is any frame of it. The error wraps ErrUnsupported or
// ErrMalformed.
func NewWriter(h media.Headers) (*Writer, error) {
	w := &Writer{buf: &bytes.Buffer{}}
	var err error
	if h.Video != nil {
		if w.video, err = newVideo(h.Video); err != nil {
			return nil, fmt.Errorf("ts: video header: %w", err)
		}
	}
	if h.Audio != nil {
		if w.audio, err = newAudio(h.Audio); err != nil {
			return nil, fmt.Errorf("ts: audio header: %w", err)
		}
		w.audio.span = audioSpan
		if w.video == nil {
			w.audio.span = onlyAudioSpan
		}
	}
	return w, nil
}

// Continue lets w, which has written nothing yet, take over from prev, whose last
// segment was cut: if the codecs of their tracks are the same, the tables stay as
// they are and the continuity counters run on. Players need not be told then,
// except of the times.
func (w *Writer) Continue(prev *Writer) {
	if prev.mux == nil || w.codecs() != prev.codecs() || w.isLSF() != prev.isLSF() {
		return
	}
	w.mux, w.buf = prev.mux, prev.buf
	if w.video != nil {
		w.video.track = prev.video.track
	}
	if w.audio != nil {
		prev.audio.track.Codec = w.audio.track.Codec
		w.audio.track = prev.audio.track
	}
}

// codecs are those of the video and of the audio track.
func (w *Writer) codecs() (c [2]media.Codec) {
	if w.video != nil {
		c[0] = w.video.codec
	}
	if w.audio != nil {
		c[1] = w.audio.codec
	}
	return c
}

func (w *Writer) isLSF() bool { return w.audio != nil && w.audio.lsf }

// Write adds a packet to the segment under way. Data, sequence headers, what has
// no media, other tracks than the first (media.Packet.Track), and packets of a kind
// that has no track add nothing. A packet that is refused, with an error that wraps
// ErrUnsupported or ErrMalformed, leaves no trace.
func (w *Writer) Write(p *media.Packet) error {
	if p.Config || p.Track != 0 {
		return nil
	}
	b := flv.Payload(p)
	if len(b) == 0 {
		return nil
	}
	var err error
	switch {
	case p.Kind == media.Video && w.video != nil:
		if err = sameCodec(p, w.video.codec); err == nil {
			err = w.writeVideo(p, b)
		}
	case p.Kind == media.Audio && w.audio != nil:
		if err = sameCodec(p, w.audio.codec); err == nil {
			err = w.writeAudio(p, b)
		}
	}
	if err != nil {
		return fmt.Errorf("ts: %s at %v: %w", p.Kind, p.DTS, err)
	}
	return nil
}

func sameCodec(p *media.Packet, c media.Codec) error {
	if p.Codec != c {
		return fmt.Errorf("%w: %s on a track of %s", ErrUnsupported, p.Codec, c)
	}
	return nil
}

// Len returns how many bytes the segment under way has so far.
func (w *Writer) Len() int { return w.buf.Len() }

// Cut ends the segment under way and returns its bytes, which are the caller's;
// none if nothing was written. The next packet begins another segment.
func (w *Writer) Cut() ([]byte, error) {
	if err := w.flushAudio(); err != nil {
		return nil, fmt.Errorf("ts: end segment: %w", err)
	}
	b := bytes.Clone(w.buf.Bytes())
	w.buf.Reset()
	w.tabled = false
	return b, nil
}

func (w *Writer) writeVideo(p *media.Packet, b []byte) error {
	au, err := w.video.accessUnit(b, p.Key)
	if err != nil || au == nil {
		return err
	}
	if err := w.begin(w.video.track); err != nil {
		return err
	}
	dts, pts := ticks(p.DTS), ticks(p.DTS+p.CTS)
	if p.Codec == media.H265 {
		return w.mux.WriteH265(w.video.track, pts, dts, au)
	}
	return w.mux.WriteH264(w.video.track, pts, dts, au)
}

func (w *Writer) writeAudio(p *media.Packet, b []byte) error {
	err := w.audio.check(b)
	if err != nil {
		return err
	}
	if w.audio.full(len(b), p.DTS) {
		err = w.flushAudio()
	}
	w.audio.add(b, p.DTS)
	return err
}

// flushAudio writes the group of audio frames that waits.
func (w *Writer) flushAudio() error {
	a := w.audio
	if a == nil || len(a.frames) == 0 {
		return nil
	}
	defer a.reset()
	if err := w.begin(a.track); err != nil {
		return err
	}
	return w.writeGroup(a, ticks(a.first))
}

func (w *Writer) writeGroup(a *audio, pts int64) error {
	switch a.codec {
	case media.AAC:
		return w.mux.WriteMPEG4Audio(a.track, pts, a.frames)
	case media.Opus:
		return w.mux.WriteOpus(a.track, pts, a.frames)
	case media.AC3, media.MP3: // WriteMPEG1Audio would refuse MPEG-2, and does nothing else
		return w.mux.WriteAC3(a.track, pts, bytes.Join(a.frames, nil))
	case media.EAC3:
		return w.mux.WriteEAC3(a.track, pts, bytes.Join(a.frames, nil))
	}
	return nil
}

// begin writes the tables at a segment's start. The track that comes first of
// all carries the clock reference.
func (w *Writer) begin(first *mpegts.Track) error {
	if w.tabled {
		return nil
	}
	w.tabled = true
	if w.mux == nil {
		w.mux = &mpegts.Writer{W: w.buf, Tracks: w.tracks(first)}
		if w.isLSF() {
			w.mux.W = lsf{w.buf}
		}
		if err := w.mux.Initialize(); err != nil {
			return err
		}
	}
	_, err := w.mux.WriteTables()
	return err
}

func (w *Writer) tracks(first *mpegts.Track) []*mpegts.Track {
	tracks := []*mpegts.Track{first}
	if w.video != nil && w.video.track != first {
		tracks = append(tracks, w.video.track)
	}
	if w.audio != nil && w.audio.track != first {
		tracks = append(tracks, w.audio.track)
	}
	return tracks
}

// ticks converts a stream time to the transport stream's 90 kHz; the writer
// keeps the low 33 bits.
func ticks(t time.Duration) int64 { return (t + zero).Milliseconds() * 90 }
