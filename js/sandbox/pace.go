package sandbox

import "time"

// How much scripts may write to the log: at once, and a second.
const (
	maxText  = 128 << 10 // bytes of one message: more than scripts can send
	lineSize = 128       // bytes that a message is beside its text
	logBurst = 8 << 20   // bytes
	logRate  = 2 << 20   // bytes
)

// pace is how much of that is left to a vhost: a flood would fill the disk, and keep
// the server from everything else. Its zero value has all.
type pace struct {
	used    float64 // bytes of the burst
	at      time.Time
	dropped int // messages, since one was let through
}

// take reports whether a message may pass. If it does, dropped is how many did not
// since the last.
func (p *pace) take(size int, now time.Time) (ok bool, dropped int) {
	p.used = max(0, p.used-now.Sub(p.at).Seconds()*logRate)
	p.at = now
	if cost := float64(size + lineSize); p.used+cost <= logBurst {
		p.used += cost
		dropped, p.dropped = p.dropped, 0
		return true, dropped
	}
	p.dropped++
	return false, 0
}
