package hub

import "time"

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
