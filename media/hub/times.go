package hub

import (
	"bytes"
	"math/bits"
	"time"

	"weir/media"
)

// Times are which times players are given. A stream's own time never goes back,
// whatever they are: what is kept, and who lags, is judged by that.
type Times uint8

// The times of players; SRS's time_jitter, and atc.
const (
	// SmoothTimes begin at zero for each player, and have no gap or step back where
	// the publisher's clock was set or another publisher followed.
	SmoothTimes Times = iota
	// ZeroTimes begin at zero for each player and jump as the publisher's do; when
	// they go back behind a player's beginning, that becomes its zero.
	ZeroTimes
	// SourceTimes are the publisher's own.
	SourceTimes
)

// bravoATC is a member of metadata: an AMF0 name and the string "true".
var bravoATC = []byte("\x00\x09bravo_atc\x02\x00\x04true")

// hear notes what p, from the publisher, says of its times.
func (s *source) hear(p *media.Packet) {
	if p.Kind == media.Data && !s.atc && bytes.Contains(p.Body, bravoATC) {
		s.atc = true
		s.retime()
	}
}

// retime works out which times players are given from now on.
func (s *source) retime() {
	s.times = s.settings.Times
	if s.atc && s.settings.AutoATC {
		s.times = SourceTimes
	}
	for _, l := range s.logs {
		l.count(s.times)
	}
}

// shown is the time that players are given for a stream's time, each less its zero.
func (s *source) shown(k media.Kind, at time.Duration) time.Duration {
	if s.times == SmoothTimes {
		return at
	}
	return at - s.clock.shift(k)
}

// shift is what a track's stream time has over the publisher's.
func (c *clock) shift(k media.Kind) time.Duration {
	if t := c.track(k); t.seen {
		return t.offset
	}
	return c.offset
}

// count makes l's players count from their own zero, or from the publisher's.
func (l *log) count(t Times) {
	if from := t == SourceTimes; from != l.absolute {
		l.absolute = from
		l.renew = l.begun()
	}
}

// zero is the time that a player counts from which could count from t.
func (l *log) zero(t time.Duration) time.Duration {
	if l.absolute {
		return 0
	}
	return t
}

// shift notes that players are given other times for a track's, from at on. Where
// they go back, all begin anew.
func (l *log) shift(t tracks, by, at time.Duration) {
	l.shifts[trackIndex(t)] = by
	if at < *clockOf(&l.last, t) {
		l.open &^= t
		l.floor = min(l.floor, at)
	}
}

// trackIndex is t's place in eachTrack.
func trackIndex(t tracks) int { return bits.TrailingZeros8(uint8(t)) }
