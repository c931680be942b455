package rtmp

import (
	"testing"
	"time"
)

// A publisher that has sent nothing yet keeps the time for its first packet when its
// connection was busy with another session's gate.
func TestFirstPacketMayTakeItsTime(t *testing.T) {
	p := &publisher{conn: &conn{in: &input{net: &stuck{}}}, timeouts: func() (first, normal time.Duration) { return time.Hour, time.Second }}
	p.sessions = []session{p}
	p.heard()
	if left := time.Until(p.next); left < time.Minute {
		t.Errorf("%v are left for the first packet", left)
	}
	p.clock.at(0)
	p.heard()
	if left := time.Until(p.next); left > time.Minute {
		t.Errorf("%v are left for the next packet", left)
	}
}
