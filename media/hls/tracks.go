package hls

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"weir/media"
	"weir/media/ts"
)

const (
	settling = 500 * time.Millisecond // for a track to follow the other
	maxAhead = 8 << 20                // bytes, until then
)

// track is the header of the kind.
func track(h *media.Headers, k media.Kind) **media.Packet {
	if k == media.Video {
		return &h.Video
	}
	return &h.Audio
}

// header takes a sequence header. One that differs from the track's last begins
// another timeline; one that cannot be used leaves the stream without the track.
func (s *segmenter) header(p *media.Packet) error {
	s.hear(p.Kind)
	h := s.headers
	slot := track(&h, p.Kind)
	old := *slot
	if old != nil && old.Codec == p.Codec && bytes.Equal(old.Body, p.Body) {
		return nil
	}
	*slot = p
	w, err := ts.NewWriter(h)
	if err != nil {
		if *slot = nil; old == nil {
			return err
		}
		w, _ = ts.NewWriter(h) // what remains was good before
	}
	if old != nil {
		err = errors.Join(err, s.settle())
	}
	if s.settled {
		err = errors.Join(err, s.flush())
	}
	s.headers, s.writer = h, w
	return err
}

// bare takes a frame that needs no sequence header: the first of a codec is one.
func (s *segmenter) bare(p *media.Packet) error {
	if old := *track(&s.headers, p.Kind); old != nil && old.Codec == p.Codec {
		return nil
	}
	return s.header(p)
}

// hear notes that a header of the kind has come, and says whether one had before.
func (s *segmenter) hear(k media.Kind) bool {
	if slices.Contains(s.heard, k) {
		return true
	}
	s.heard = append(s.heard, k)
	return false
}

// miss tells, once for each kind, of frames without a header.
func (s *segmenter) miss(p *media.Packet) error {
	if s.hear(p.Kind) {
		return nil
	}
	return fmt.Errorf("%s at %v: %w of %s", p.Kind, p.DTS, errNoHeader, p.Codec)
}

// hold keeps a publisher's first packets until both kinds have come or should
// have, since a track that comes later breaks the stream.
func (s *segmenter) hold(p *media.Packet) error {
	s.ahead = append(s.ahead, p)
	s.weight += len(p.Body) + 1<<10
	both := s.headers.Video != nil && s.headers.Audio != nil
	if both || p.DTS-s.ahead[0].DTS >= settling || s.weight >= maxAhead {
		return s.settle()
	}
	return nil
}

// settle writes what was held.
func (s *segmenter) settle() error {
	var err error
	for _, p := range s.ahead {
		err = errors.Join(err, s.frame(p))
	}
	s.settled, s.ahead, s.weight = true, nil, 0
	return err
}

// end ends the timeline and forgets what the publisher said of its tracks.
func (s *segmenter) end() error {
	err := errors.Join(s.settle(), s.flush())
	s.headers, s.writer, s.settled, s.heard = media.Headers{}, nil, false, nil
	return err
}
