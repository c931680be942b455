package hub

import (
	"sync"
	"sync/atomic"
	"time"

	"weir/media"
)

// pureAudio is after how many audio packets without video a stream counts as one
// without video; SRS's number.
const pureAudio = 115

// source is a stream while somebody uses it.
type source struct {
	hub  *Hub
	key  media.Key
	refs int // guarded by the hub's lock

	mu       sync.Mutex
	closed   bool // with the hub
	settings StreamSettings
	pub      *Publication
	subs     map[*Subscription]struct{}

	clock   clock
	headers media.Headers
	silent  int // audio packets since the newest video; more than pureAudio without video
	ring    ring
	gop     gop
	flusher flusher
	facts   facts

	logs      []*log
	audiences []*audience
	cursors   map[*cursor]struct{}
	more      chan struct{} // closed by the next flush; nil when no cursor waits

	left atomic.Uint64 // how many publishers have left
}

func newSource(h *Hub, k media.Key) *source {
	s := &source{
		hub: h, key: k, silent: pureAudio + 1,
		subs: map[*Subscription]struct{}{}, cursors: map[*cursor]struct{}{},
	}
	s.flusher.fire = s.stalled
	return s
}

// publish makes p the publisher.
func (s *source) publish(p *Publication, set StreamSettings) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return media.ErrShutdown
	case s.pub != nil:
		return media.ErrBusy
	}
	s.pub, s.settings = p, set
	s.headers = media.Headers{}
	s.silent = pureAudio + 1
	s.clock.restart()
	s.facts = facts{since: time.Now()}
	return nil
}

// write takes a packet from p, unless p is not the publisher.
func (s *source) write(p *Publication, pkt *media.Packet) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pub != p {
		return false
	}
	if t := s.clock.time(pkt); t != pkt.DTS {
		q := *pkt
		q.DTS = t
		pkt = &q
	}
	s.hub.Counters.received(pkt)
	s.facts.note(pkt)
	start, urgent := s.group(pkt)
	for _, l := range s.logs {
		s.log(l, pkt, start)
	}
	s.trim()
	s.send(pkt, urgent)
	return true
}

// group puts p into the ring and its group of pictures. It says whether readers
// can begin at p, and whether those that came before had to wait for it.
func (s *source) group(p *media.Packet) (start, urgent bool) {
	had := s.gop.valid
	s.watch(p)
	takeHeader(&s.headers, p)
	seq := s.ring.push(p)
	if start = s.starts(p); start {
		s.gop.begin(seq, p, s.headers)
		s.beginCursors()
	}
	if !s.gop.add(p, &s.settings) {
		s.unplace()
	}
	return start, start && !(had && s.settings.GOPCache)
}

// watch notices when a stream's video appears or ends: with video only keyframes
// are places to begin at.
func (s *source) watch(p *media.Packet) {
	was := s.hasVideo()
	switch p.Kind {
	case media.Video:
		s.silent = 0
	case media.Audio:
		s.silent = min(s.silent+1, pureAudio+1)
	}
	if was != s.hasVideo() {
		s.gop = gop{}
		s.unplace()
	}
}

func (s *source) hasVideo() bool { return s.silent <= pureAudio }

// starts says whether readers can begin at p.
func (s *source) starts(p *media.Packet) bool {
	switch {
	case p.Config:
		return false
	case s.hasVideo():
		return p.Kind == media.Video && p.Key
	default:
		return p.Kind == media.Audio && (!s.gop.valid || p.DTS-s.gop.time >= max(s.settings.MWLatency, maxStep))
	}
}

// unplace leaves players nowhere to begin until the next start.
func (s *source) unplace() {
	for _, l := range s.logs {
		l.place.Store(nil)
	}
}

// log writes p, the ring's newest packet, to l.
func (s *source) log(l *log, p *media.Packet, start bool) {
	switch {
	case l.begun():
		l.write(p, s.ring.head-1, start)
	case start:
		s.seed(l)
	}
}

// seed begins l with the group of pictures.
func (s *source) seed(l *log) {
	first := s.ring.at(s.gop.start)
	at, open := first.DTS, tracksOf(s.gop.headers)
	for _, t := range eachTrack[:2] { // data has no say in where time begins
		if c := s.clock.track(kindOf(t)); c.seen && first.DTS-c.out <= fresh {
			at = min(at, s.firstOf(t, c.out))
			open |= t
		}
	}
	l.begin(s.gop.headers, at, open)
	for seq := s.gop.start; seq < s.ring.head; seq++ {
		l.write(s.ring.at(seq), seq, seq == s.gop.start)
	}
}

// firstOf returns the time of the first packet of a track in the group of pictures,
// or the track's time when the group has none.
func (s *source) firstOf(t tracks, now time.Duration) time.Duration {
	for seq := s.gop.start; seq < s.ring.head; seq++ {
		if p := s.ring.at(seq); trackOf(p.Kind) == t && !p.Config {
			return p.DTS
		}
	}
	return now
}

// trim forgets what no reader can ask for.
func (s *source) trim() {
	keep := s.ring.head
	if s.gop.valid && s.settings.GOPCache {
		keep = s.gop.start
	}
	from := keep
	for c := range s.cursors {
		if !c.waiting {
			from = min(from, c.at)
		}
	}
	s.ring.drop(from)
	for s.ring.tail < keep && s.crowded() {
		s.ring.drop(s.ring.tail + 1)
	}
}

// crowded says whether the ring has more than lagging outputs may keep.
func (s *source) crowded() bool {
	p := s.ring.at(s.ring.tail)
	return s.ring.bytes > 2*s.settings.GOPMaxBytes || s.ring.len() > 4*s.settings.GOPMaxFrames ||
		p != nil && s.clock.now-p.DTS > s.settings.QueueLength
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

// unpublish ends p's turn, if it has not ended.
func (s *source) unpublish(p *Publication) {
	s.mu.Lock()
	if s.pub != p {
		s.mu.Unlock()
		return
	}
	s.pub = nil
	s.gop = gop{}
	s.ring.push(nil)
	for _, l := range s.logs {
		l.unpublish()
	}
	s.left.Add(1)
	s.trim()
	s.flush()
	s.mu.Unlock()
	s.hub.release(s)
}

// shutdown ends all that use the source.
func (s *source) shutdown() {
	s.mu.Lock()
	s.closed = true
	pub := s.pub
	var subs []*Subscription
	for sub := range s.subs {
		subs = append(subs, sub)
	}
	s.mu.Unlock()
	if pub != nil {
		pub.End(media.ErrShutdown)
	}
	for _, sub := range subs {
		sub.End(media.ErrShutdown)
	}
}

func (s *source) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flusher.stop()
}
