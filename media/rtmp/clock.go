package rtmp

import "time"

// clock turns the timestamps of a publisher, 32 bits of milliseconds, into times
// that go on after the 49 days in which those wrap. A step of less than 24 days,
// in either direction, is taken as it is.
type clock struct {
	newest int64 // ms
	begun  bool
}

func (c *clock) at(ts uint32) time.Duration {
	if !c.begun {
		c.begun, c.newest = true, int64(ts)
	}
	c.newest += int64(int32(ts - uint32(c.newest))) //nolint:gosec // modulo is meant
	return time.Duration(max(0, c.newest)) * time.Millisecond
}
