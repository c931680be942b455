package hub

import (
	"sort"
	"sync/atomic"
	"time"

	"weir/media"
)

// Sizes of a log's segments, which double from the first to the last.
const (
	firstSegment = 16 << 10
	fullSegment  = 128 << 10
	leastSegment = 2 << 10 // less than this is not worth going on with after a mark
)

// segment is a piece of a log. Its first n bytes do not change; shards read them
// while the publisher writes behind them. A segment with a successor is complete.
type segment struct {
	start int64 // the log's bytes ahead of it
	mark  *mark // what players do before they read it; may be nil
	buf   []byte
	n     atomic.Int64
	next  atomic.Pointer[segment]

	messages []message // guarded by the source's lock
}

// message is a message's place in a segment.
type message struct {
	end int // in buf
	dts time.Duration
	seq uint64 // of its packet
}

// mark stands where players' headers and clocks begin anew: a track appeared, or
// another publisher.
type mark struct {
	headers   media.Headers
	last      media.Clocks
	zero      time.Duration // players that count from a later time count from this one
	publisher bool          // another publisher
}

// messageAt returns the index of the message that holds the byte at off, or
// follows off when that is a boundary.
func (s *segment) messageAt(off int) int {
	return sort.Search(len(s.messages), func(i int) bool { return s.messages[i].end > off })
}

// boundary returns where the message under way at off ends: off itself between
// two messages. The source's lock is held.
func (s *segment) boundary(off int) int {
	i := s.messageAt(off)
	if off == 0 || i == len(s.messages) || i > 0 && s.messages[i-1].end == off {
		return off
	}
	return s.messages[i].end
}

// message returns the message at off, nil if there is none yet. The source's lock is
// held.
func (s *segment) message(off int) *message {
	i := s.messageAt(off)
	if i == len(s.messages) {
		return nil
	}
	return &s.messages[i]
}
