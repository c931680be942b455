package hub

import (
	"sync/atomic"
	"time"

	"weir/media"
)

// fresh is how old a track's newest packet may be for players to begin the track
// with it. An older one would move their zero too far back.
const fresh = time.Second

// log is a stream as the bytes of one framing. It exists while the framing has
// players. The publisher writes it under the source's lock; shards read segments
// and place without.
//
// Players' bytes are shared although each has a zero of its own, because a message
// may state its time as the distance from the last of its track. Hence a track is
// open when every player was given a time to start from, by Begin. A packet of a
// track that is not open makes a mark, at which all players are begun anew.
type log struct {
	framer  media.Framer // of the players
	writer  media.Framer // of this log: the same, or what a Muxer has opened
	players int          // guarded by the source's lock

	tail    *segment // nil before the first packet
	headers media.Headers
	last    media.Clocks
	open    tracks
	floor   time.Duration // no player's zero is later
	renew   bool          // a mark is due ahead of the next packet
	changed bool          // because of another publisher

	absolute bool                          // players count from the publisher's zero
	shifts   [len(eachTrack)]time.Duration // what players' times have over the stream's
	view     media.Packet                  // the newest packet as players see it

	place   atomic.Pointer[place] // nil when there is nowhere to begin
	opening opening               // of players who have waited
	written atomic.Int64          // bytes
	flushed int64                 // of them, at the newest flush
	now     atomic.Int64          // the newest time, in nanoseconds

	mirror mirror // what of it many players are sent
}

// place is where players begin: ahead of the newest keyframe.
type place struct {
	seg     *segment
	off     int
	seq     uint64 // of the packet
	headers media.Headers
	last    media.Clocks
	base    time.Duration // the zero of players that begin here
}

// newLog returns a log that has not begun.
func newLog(f media.Framer) *log {
	l := &log{framer: f, writer: f}
	if m, ok := f.(media.Muxer); ok {
		l.writer = m.Open()
	}
	return l
}

// begin starts a log that has no packet yet: all tracks in open count from at, a
// time as players are given it, which has shift over the stream's.
func (l *log) begin(h media.Headers, at, shift time.Duration, open tracks) {
	l.tail = &segment{buf: make([]byte, firstSegment), start: l.written.Load()}
	l.headers, l.open = h, open
	l.last = media.Clocks{Audio: at, Video: at, Data: at}
	l.floor = at
	l.shifts = [...]time.Duration{shift, shift, shift}
	l.renew, l.changed = false, false
	l.tell()
}

// tell lets a framer that has a state know the headers.
func (l *log) tell() {
	if l.writer == l.framer {
		return
	}
	for _, p := range []*media.Packet{l.headers.Video, l.headers.Audio} {
		if p != nil {
			l.writer.Append(nil, p, l.last)
		}
	}
}

// begun says whether the log has begun.
func (l *log) begun() bool { return l.tail != nil }

// write adds the packet with the number seq, which players are given at shown. They
// can begin at it if it is a start.
func (l *log) write(p *media.Packet, shown time.Duration, seq uint64, start bool) {
	t := trackOf(p.Kind)
	if l.headers.Take(p) && (l.renew || l.open&t == 0) {
		l.renew = true // the mark will bring it
		return
	}
	if by := shown - p.DTS; by != l.shifts[trackIndex(t)] {
		l.shift(t, by, shown)
	}
	if shown != p.DTS {
		l.view = *p
		l.view.DTS = shown
		p = &l.view
	}
	if start && p.DTS-*clockOf(&l.last, t) > fresh {
		l.open &^= t // or the pause would stand ahead of the first frame
	}
	if l.renew || l.open&t == 0 {
		l.mark(p)
	}
	if start {
		l.keep(p, seq)
	}
	l.add(p, seq)
}

// mark makes the players begin anew ahead of p.
func (l *log) mark(p *media.Packet) {
	opening := (tracksOf(l.headers) | trackOf(p.Kind)) &^ l.open
	for _, t := range eachTrack {
		if c := clockOf(&l.last, t); opening&t != 0 {
			*c = max(p.DTS, l.floor)
		}
	}
	l.open |= opening
	l.link(&segment{mark: &mark{headers: l.headers, last: l.last, zero: l.zero(l.floor), publisher: l.changed}, buf: l.rest()})
	l.renew, l.changed = false, false
	l.tell()
}

// rest is the unused part of the tail, or a new buffer if that is small.
func (l *log) rest() []byte {
	if b := l.tail.buf[l.tail.n.Load():]; len(b) >= leastSegment {
		return b
	}
	return make([]byte, l.size(0))
}

// keep lets players begin at p. Tracks that had nothing lately are closed: their
// next packet makes a mark.
func (l *log) keep(p *media.Packet, seq uint64) {
	base := *clockOf(&l.last, trackOf(p.Kind))
	for _, t := range eachTrack {
		c := *clockOf(&l.last, t)
		switch {
		case t == trackOf(p.Kind):
		case p.DTS-c > fresh:
			l.open &^= t
		case l.open&t != 0:
			base = min(base, c)
		}
	}
	base = max(base, l.floor)
	for _, t := range eachTrack {
		if l.open&t == 0 {
			*clockOf(&l.last, t) = base
		}
	}
	l.floor = base
	at := &place{
		seg: l.tail, off: int(l.tail.n.Load()), seq: seq, headers: l.headers, last: l.last, base: l.zero(base),
	}
	if l.place.Swap(at) == nil {
		l.opening.open(at)
	} else {
		l.opening.age()
	}
}

// unplace leaves players nowhere to begin until the next start.
func (l *log) unplace() {
	l.place.Store(nil)
	l.opening.place.Store(nil)
}

// add frames p, with the time of players, behind the last packet.
func (l *log) add(p *media.Packet, seq uint64) {
	last := clockOf(&l.last, trackOf(p.Kind))
	if p.DTS < *last { // a track that begins behind the others
		q := *p
		q.DTS = *last
		p = &q
	}
	n := int(l.tail.n.Load())
	if need := n + len(p.Body) + len(p.Body)/16 + 64; need > len(l.tail.buf) {
		l.grow(need - n)
		n = 0
	}
	b := l.writer.Append(l.tail.buf[n:n:len(l.tail.buf)], p, l.last)
	if len(b) > 0 && (n == len(l.tail.buf) || &b[0] != &l.tail.buf[n]) { // it took more room than was guessed
		l.grow(len(b))
		copy(l.tail.buf, b)
		n = 0
	}
	*last = p.DTS
	if len(b) == 0 {
		return
	}
	now := p.DTS - l.shifts[trackIndex(trackOf(p.Kind))]
	l.tail.messages = append(l.tail.messages, message{end: n + len(b), dts: now, seq: seq})
	l.tail.n.Store(int64(n + len(b)))
	l.written.Add(int64(len(b)))
	l.now.Store(max(l.now.Load(), int64(now)))
}

// flush begins a new segment if what comes until the next flush will not go into
// this one, if it is as much as came since the last: players are sent it in one piece.
func (l *log) flush() {
	if l.tail == nil {
		return
	}
	l.mirrorTail()
	lately := int(l.written.Load() - l.flushed)
	l.flushed += int64(lately)
	if room := len(l.tail.buf) - int(l.tail.n.Load()); lately > room {
		l.grow(lately)
	}
}

func (l *log) grow(need int) { l.link(&segment{buf: make([]byte, l.size(need))}) }

func (l *log) link(s *segment) {
	l.mirrorTail()
	s.start = l.written.Load()
	s.messages = make([]message, 0, len(l.tail.messages)+8)
	l.tail.next.Store(s)
	l.tail = s
}

// size is that of the next segment, which has room for need bytes.
func (l *log) size(need int) int {
	return max(need, min(fullSegment, max(firstSegment, 2*len(l.tail.buf))))
}

// unpublish forgets what belongs to the publisher.
func (l *log) unpublish() {
	l.headers, l.open = media.Headers{}, 0
	l.renew, l.changed = true, true
	l.unplace()
}
