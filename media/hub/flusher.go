package hub

import (
	"time"

	"weir/media"
)

// stall is how much longer than mw_latency a packet may wait to be sent when none
// comes that would make a flush.
const stall = 200 * time.Millisecond

// beside is how long audio may wait for the next frame of video, to travel with it:
// longer than a frame at 24 a second.
const beside = 50 * time.Millisecond

// flusher decides when a stream's readers are told that there is more: by the
// stream's time, so that sending keeps step with the publisher, and by the clock
// for what a stalled publisher leaves behind. The source's lock guards it.
type flusher struct {
	pulse *pulse
	fire  func() // called when armed, without the lock

	sent    time.Duration // stream time of the newest flush
	packets int           // since then
	at      time.Time     // its wall clock
	pending time.Time     // since when a packet waits; zero when none does
	armed   bool

	forecast forecast
}

// due says whether a packet at dts makes a flush. Packets of the stream's pace,
// video if it has any, do when enough has gathered; others travel with them, unless
// the pace halts.
func (f *flusher) due(dts time.Duration, set *StreamSettings, pace bool) bool {
	if f.packets < set.MWMessages || set.SendInterval > 0 && time.Since(f.at) < set.SendInterval {
		return false
	}
	gathered := dts - f.sent
	if pace {
		return gathered >= set.least()
	}
	return gathered > max(2*set.MWLatency, beside)
}

func (f *flusher) flushed(dts time.Duration, set *StreamSettings) {
	now := time.Now()
	f.forecast.flushed(f.pulse, now, dts, dts-f.sent, set)
	f.sent, f.packets, f.at = dts, 0, now
	f.pending = time.Time{}
}

// unwanted drops what nobody takes.
func (f *flusher) unwanted(dts time.Duration) {
	f.sent, f.packets = dts, 0
	f.pending = time.Time{}
	f.forecast = forecast{}
}

// wait has fire called when a packet has waited too long.
func (f *flusher) wait(set *StreamSettings) {
	if f.pending.IsZero() {
		f.pending = time.Now()
	}
	if f.armed {
		return
	}
	f.armed = true
	f.pulse.at(f.pending.Add(set.longest()), f.fire)
}

// fired says whether something has waited too long. If it has not yet, fire will
// be called again.
func (f *flusher) fired(set *StreamSettings) bool {
	f.armed = false
	if f.pending.IsZero() {
		return false
	}
	until := f.pending.Add(set.longest())
	if f.armed = time.Now().Before(until); f.armed {
		f.pulse.at(until, f.fire)
	}
	return !f.armed
}

// least is how much stream time makes a flush: a sixteenth less than was asked for,
// rather than a frame more. 350 ms are ten frames of a thirtieth of a second.
func (s *StreamSettings) least() time.Duration { return s.MWLatency - s.MWLatency/16 }

// longest is how long a packet may wait to be sent.
func (s *StreamSettings) longest() time.Duration { return max(s.MWLatency+stall, s.SendInterval) }

// send makes a flush if p is due.
func (s *source) send(p *media.Packet, urgent bool) {
	s.flusher.packets++
	pace := p.Kind == media.Video || p.Kind == media.Audio && !s.hasVideo()
	switch {
	case len(s.audiences) == 0 && s.more == nil:
		s.flusher.unwanted(s.clock.now)
	case urgent, s.flusher.due(s.clock.now, &s.settings, pace):
		s.flush()
	default:
		s.flusher.wait(&s.settings)
	}
}

// flush wakes the shards once each, and the outputs.
func (s *source) flush() {
	s.flusher.flushed(s.clock.now, &s.settings)
	for _, l := range s.logs {
		l.flush()
	}
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
	if s.flusher.fired(&s.settings) {
		s.flush()
	}
}
