package hub

import (
	"time"

	"weir/media"
)

const (
	maxJump   = 10 * time.Second       // a packet that is further ahead of its stream means that the source's clock was set
	maxBack   = 250 * time.Millisecond // a packet that is further behind its track, too; SRS's bound
	maxStep   = 100 * time.Millisecond // a longer step between frames is no frame's duration
	firstStep = 20 * time.Millisecond
)

// clock turns the times of publishers, one after the other, into the stream's:
// they never go back within a track, and leave no gap where a source's clock was
// set anew. A source's tracks are moved by the same offset, so they stay together.
type clock struct {
	now    time.Duration // the newest time given
	offset time.Duration // what is added to the times of tracks that are new
	begun  bool          // the publisher's zero is known
	tracks [len(eachTrack)]trackClock
}

type trackClock struct {
	raw, out time.Duration // the publisher's time and the stream's, of the newest packet
	offset   time.Duration
	step     time.Duration // between frames
	seen     bool
}

// restart makes the next publisher continue where the last one ended.
func (c *clock) restart() {
	if c.begun {
		c.now += c.step()
	}
	c.begun = false
	for i := range c.tracks {
		c.tracks[i] = trackClock{out: max(c.now, c.tracks[i].out), step: firstStep}
	}
}

// step is a frame's duration: of video if there is any.
func (c *clock) step() time.Duration {
	if c.tracks[1].seen {
		return c.tracks[1].step
	}
	return c.tracks[0].step
}

func (c *clock) track(k media.Kind) *trackClock {
	switch trackOf(k) {
	case audio:
		return &c.tracks[0]
	case video:
		return &c.tracks[1]
	default:
		return &c.tracks[2]
	}
}

// time returns the stream's time of p.
func (c *clock) time(p *media.Packet) time.Duration {
	t := c.track(p.Kind)
	switch {
	case p.Kind == media.Data:
		return c.follow(t, p.DTS)
	case (p.Config || p.Info) && !t.seen:
		return c.now
	case p.Config, p.Info:
		return t.out // encoders stamp what they repeat with zero
	}
	if !c.begun {
		c.begin(p.DTS)
	}
	return c.advance(t, p.DTS)
}

// begin takes raw for the first time of a publisher. That of a stream's first
// publisher keeps its own zero, when raw is near it.
func (c *clock) begin(raw time.Duration) {
	c.begun = true
	c.offset = c.now - raw
	if c.now == 0 && raw >= 0 && raw <= maxJump {
		c.offset = 0
	}
}

func (c *clock) advance(t *trackClock, raw time.Duration) time.Duration {
	if !t.seen {
		t.offset = c.offset
	}
	step, out := raw-t.raw, raw+t.offset
	switch {
	case out > c.now+maxJump, t.seen && step < -maxBack, !t.seen && out < c.now-maxJump:
		out = c.fold(t, raw)
	case t.seen && step > 0 && step <= maxStep:
		t.step = step
	}
	t.raw, t.out, t.seen = raw, max(out, t.out), true
	c.now = max(c.now, t.out)
	return t.out
}

// fold lets a track whose clock was set go on: with the offset that another track
// has since the same event if that fits, else a frame after its newest packet.
func (c *clock) fold(t *trackClock, raw time.Duration) time.Duration {
	if out := raw + c.offset; out >= t.out-maxBack && out <= c.now+time.Second {
		t.offset = c.offset
		return out
	}
	from := t.out
	if !t.seen || c.now-from > time.Second {
		from = c.now
	}
	t.offset = from + t.step - raw
	c.offset = t.offset
	return from + t.step
}

// follow gives data the time of the media about it when its own makes no sense.
func (c *clock) follow(t *trackClock, raw time.Duration) time.Duration {
	out := raw + c.offset
	if !c.begun || out > c.now+time.Second || out < c.now-time.Second {
		out = c.now
	}
	t.out = max(out, t.out)
	return t.out
}
