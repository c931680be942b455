package hub

import (
	"time"

	"weir/media"
)

// stall is how much longer than mw_latency a packet may wait to be sent when none
// comes that would make a flush.
const stall = 200 * time.Millisecond

// flusher decides when a stream's readers are told that there is more: by the
// stream's time, so that sending keeps step with the publisher, and by a timer
// for what a stalled publisher leaves behind. The source's lock guards it.
type flusher struct {
	fire func() // called by the timer, without the lock

	sent    time.Duration // stream time of the newest flush
	pending time.Time     // since when a packet waits; zero when none does
	timer   *time.Timer
	armed   bool
}

// due says whether a packet at dts makes a flush. Packets of the stream's pace,
// video if it has any, do when latency has gathered; others when the pace halts.
func (f *flusher) due(dts, latency time.Duration, pace bool) bool {
	gathered := dts - f.sent
	if pace {
		return gathered >= latency
	}
	return gathered > 2*latency
}

func (f *flusher) flushed(dts time.Duration) {
	f.sent = dts
	f.pending = time.Time{}
}

// wait has fire called when a packet has waited too long.
func (f *flusher) wait(latency time.Duration) {
	if f.pending.IsZero() {
		f.pending = time.Now()
	}
	if f.armed {
		return
	}
	f.armed = true
	if f.timer == nil {
		f.timer = time.AfterFunc(latency+stall, f.fire)
		return
	}
	f.timer.Reset(latency + stall)
}

// fired says whether something has waited too long. If it has not yet, fire will
// be called again.
func (f *flusher) fired(latency time.Duration) bool {
	f.armed = false
	if f.pending.IsZero() {
		return false
	}
	if left := latency + stall - time.Since(f.pending); left > 0 {
		f.armed = true
		f.timer.Reset(left)
		return false
	}
	return true
}

func (f *flusher) stop() {
	if f.timer != nil {
		f.timer.Stop()
	}
}

// send makes a flush if p is due.
func (s *source) send(p *media.Packet, urgent bool) {
	pace := p.Kind == media.Video || p.Kind == media.Audio && !s.hasVideo()
	switch {
	case len(s.audiences) == 0 && s.more == nil:
		s.flusher.flushed(s.clock.now)
	case urgent, s.flusher.due(s.clock.now, s.settings.MWLatency, pace):
		s.flush()
	default:
		s.flusher.wait(s.settings.MWLatency)
	}
}

// flush wakes the shards once each, and the outputs.
func (s *source) flush() {
	s.flusher.flushed(s.clock.now)
	for _, a := range s.audiences {
		a.shard.due(a)
	}
	if s.more != nil {
		close(s.more)
		s.more = nil
	}
}

func (s *source) stalled() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.flusher.fired(s.settings.MWLatency) {
		s.flush()
	}
}
