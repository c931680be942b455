package hub

import (
	"runtime"
	"sync"
	"time"
)

const (
	sweepEvery = 250 * time.Millisecond // blocked players are looked at, when no flush does
	yieldEvery = 64                     // players that are sent to in one go
)

// shard sends to its players: one goroutine, whatever their number.
type shard struct {
	hub    *Hub
	wake   chan struct{}
	rounds <-chan time.Time // of ask

	mu      sync.Mutex
	inbox   []event
	queue   []*audience // that have something new
	closing bool

	// Of the goroutine alone.
	players map[*player]struct{}
	blocked map[*player]struct{}
	now     time.Time
	asked   time.Time // the newest round of ask
	turn    uint      // of players
	sent    uint64    // bytes in this round

	_ [128]byte // what one shard writes is not in another's cache line
}

func newShard(h *Hub) *shard {
	return &shard{
		hub: h, wake: make(chan struct{}, 1), rounds: time.Tick(askEvery),
		players: map[*player]struct{}{}, blocked: map[*player]struct{}{},
	}
}

// post tells the shard; false says that it takes no more players.
func (s *shard) post(e event) bool {
	s.mu.Lock()
	if s.closing && e.what == joined {
		s.mu.Unlock()
		return false
	}
	s.inbox = append(s.inbox, e)
	s.mu.Unlock()
	s.signal()
	return true
}

// due has a's players sent what is new.
func (s *shard) due(a *audience) {
	s.mu.Lock()
	fresh := !a.queued
	if fresh {
		a.queued = true
		s.queue = append(s.queue, a)
	}
	s.mu.Unlock()
	if fresh {
		s.signal()
	}
}

func (s *shard) close() {
	s.mu.Lock()
	s.closing = true
	s.mu.Unlock()
	s.signal()
}

func (s *shard) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// run sends until the shard was closed and its players' connections are.
func (s *shard) run() {
	var sweep <-chan time.Time // ticks while players are blocked
	var events []event
	var queue []*audience
	for closing := false; !closing || len(s.players) > 0; {
		swept, round := false, false
		select {
		case <-s.wake:
		case <-sweep:
			sweep, swept = nil, true
		case <-s.rounds:
			round = true
		}
		events, queue, closing = s.swap(events, queue)
		s.now = time.Now()
		for i := range events {
			s.handle(events[i])
		}
		for _, a := range queue {
			s.send(a)
		}
		if swept {
			s.sweep()
		}
		if round {
			s.ask()
		}
		if closing {
			s.endAll()
		}
		if sweep == nil && len(s.blocked) > 0 {
			sweep = time.After(sweepEvery)
		}
		s.hub.Counters.BytesOut.Add(s.sent) // once for all, or shards would wait for each other
		s.sent = 0
		clear(events)
		clear(queue)
	}
}

// swap takes what has come and leaves the emptied buffers of the round before.
func (s *shard) swap(events []event, queue []*audience) ([]event, []*audience, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	events, s.inbox = s.inbox, events[:0]
	queue, s.queue = s.queue, queue[:0]
	for _, a := range queue {
		a.queued = false
	}
	return events, queue, s.closing
}

func (s *shard) handle(e event) {
	p := e.player
	switch {
	case e.what == joined:
		s.join(p)
	case e.what == closed:
		s.finish(p)
	case p.ending:
	case e.what == gone:
		s.leave(p, e.reason)
	case e.what == ended:
		s.end(p, e.reason, true)
	case e.what == tuned:
		p.socket.noDelay(p.src.noDelay.Load())
	case e.what == replied:
		s.result(p, p.answer(e.reply))
	case e.what == writable:
		p.socket.ready()
		s.unblock(p)
		s.result(p, p.push(s.now))
	}
}

func (s *shard) join(p *player) {
	s.players[p] = struct{}{}
	p.audience.add(p)
	p.moved = s.now
	if err := p.socket.open(); err != nil {
		s.end(p, err, false)
		return
	}
	s.result(p, p.push(s.now))
}

// send gives a's players what is new. A player that ends leaves its place in the
// list to one that was served.
func (s *shard) send(a *audience) {
	for i := len(a.players) - 1; i >= 0; i-- {
		s.yield()
		p := a.players[i]
		if p.blocked {
			s.result(p, p.check(s.now))
		} else {
			s.result(p, p.push(s.now))
		}
	}
}

// yield lets others have the processor now and then: sends hide from the scheduler.
func (s *shard) yield() {
	if s.turn++; s.turn%yieldEvery == 0 {
		runtime.Gosched()
	}
}

// sweep looks at blocked players, whose streams may have halted.
func (s *shard) sweep() {
	for p := range s.blocked {
		s.result(p, p.check(s.now))
	}
}
