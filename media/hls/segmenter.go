package hls

import (
	"time"

	"weir/media"
	"weir/media/flv"
	"weir/media/ts"
)

const (
	// overflow times the fragment bounds a segment that finds no keyframe to end
	// at: SRS's hls_aof_ratio.
	overflow = 2.1
	// slack is what a keyframe may miss of the fragment by: RTMP rounds times to
	// milliseconds, and a segment that just misses its end lasts a group longer.
	slack = 20 * time.Millisecond
	// maxSegment bounds a segment whose times do not run, in bytes.
	maxSegment = 64 << 20

	maxBackward = 5 * time.Second // what lies further back is another timeline
	maxForward  = 10 * time.Second
)

// segmenter cuts a stream into segments. It belongs to one goroutine.
type segmenter struct {
	fragment time.Duration
	add      func(*segment) // takes what was cut

	headers media.Headers // of the tracks
	writer  *ts.Writer    // of those tracks; nil while there is none
	written *ts.Writer    // the last that wrote, perhaps of other tracks

	settled bool            // the tracks are known
	heard   []media.Kind    // of which a header has come, or was missed
	ahead   []*media.Packet // while they are not
	weight  int             // of those, in bytes

	open   bool          // a segment is under way
	keyed  bool          // which begins with a keyframe
	broken bool          // and does not continue the one before
	start  time.Duration // DTS of its first packet
	shown  time.Duration // when its last packet has been shown

	waiting bool          // for a keyframe to begin at
	since   time.Duration // DTS since which it waits

	audio, video clock
	last         clock // of any track
}

// clock holds the DTS of the newest packet.
type clock struct {
	dts  time.Duration
	runs bool
}

// write takes the stream's next packet. A packet with an error is left out; the
// stream goes on.
func (s *segmenter) write(p *media.Packet) error {
	switch {
	case p.Kind == media.Data, p.Track != 0, flv.Payload(p) == nil:
		return nil
	case ts.Bare(p.Codec):
		if p.Config {
			return nil
		}
		if err := s.bare(p); err != nil {
			return err
		}
	case p.Config:
		return s.header(p)
	}
	if *track(&s.headers, p.Kind) == nil {
		return s.miss(p)
	}
	if s.settled {
		return s.frame(p)
	}
	return s.hold(p)
}

// frame writes a packet of a track, ahead of it the end of the segment that it ends.
func (s *segmenter) frame(p *media.Packet) error {
	var err error
	switch {
	case s.last.runs && (p.DTS < s.last.dts-maxBackward || p.DTS > s.last.dts+maxForward):
		err = s.flush()
	case s.open && s.due(p):
		err = s.cut(p.DTS)
	}
	s.last = clock{p.DTS, true}
	if !s.open && !s.begins(p) {
		return err
	}
	if s.written != nil && s.written != s.writer {
		s.writer.Continue(s.written)
	}
	s.written = s.writer
	if err := s.writer.Write(p); err != nil {
		return err
	}
	if !s.open {
		s.open, s.keyed, s.waiting = true, p.Key, false
		s.start, s.shown = p.DTS, p.DTS
	}
	s.shown = max(s.shown, p.DTS+s.lasts(p))
	return err
}

// due says whether p begins another segment.
func (s *segmenter) due(p *media.Packet) bool {
	age := p.DTS - s.start
	switch {
	case s.writer.Len() >= maxSegment, age >= s.overflow():
		return true
	case s.headers.Video == nil:
		return age+slack >= s.fragment
	}
	return p.Key && (age+slack >= s.fragment || !s.keyed)
}

// begins says whether a segment can begin with p when none is under way: if the
// stream goes on with it, else at a keyframe, unless there is no video or none comes.
func (s *segmenter) begins(p *media.Packet) bool {
	if !s.broken || s.headers.Video == nil || p.Key {
		return true
	}
	if !s.waiting {
		s.waiting, s.since = true, p.DTS
	}
	return p.DTS-s.since >= s.overflow()
}

func (s *segmenter) overflow() time.Duration {
	return time.Duration(overflow * float64(s.fragment))
}

// lasts estimates how long p is shown: as long as the one before it was.
func (s *segmenter) lasts(p *media.Packet) time.Duration {
	c := &s.audio
	if p.Kind == media.Video {
		c = &s.video
	}
	d := p.DTS - c.dts
	if !c.runs || d < 0 || d > time.Second {
		d = 0
	}
	*c = clock{p.DTS, true}
	return d
}

// cut ends the segment under way at the DTS of what follows it.
func (s *segmenter) cut(at time.Duration) error {
	s.open = false
	data, err := s.writer.Cut()
	if err != nil {
		s.broken = true
		return err
	}
	if len(data) == 0 {
		return nil
	}
	s.add(&segment{duration: max(at-s.start, time.Millisecond), discontinuity: s.broken, data: data})
	s.broken = false
	return nil
}

// flush ends the segment under way because what follows does not continue it.
func (s *segmenter) flush() error {
	var err error
	if s.open {
		err = s.cut(s.shown)
	}
	s.broken, s.waiting = true, false
	s.audio, s.video, s.last = clock{}, clock{}, clock{}
	return err
}
