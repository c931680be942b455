package hub

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"weir/media"
)

// Settings are the hub's own; see StreamSettings for those of a stream.
type Settings struct {
	// Shards is how many goroutines send to players. Zero means one per processor.
	Shards int
}

// Hub holds the streams of a server. Players and publishers may come before Run;
// bytes are sent while Run runs.
type Hub struct {
	// Counters count what happened since the start.
	Counters Counters

	mu      sync.Mutex
	sources map[media.Key]*source
	closed  bool

	shards []*shard
	turn   atomic.Uint32 // of the shards, for the next player
	poller poller
	pulse  pulse
	conns  sync.WaitGroup // goroutines of connections that the poller cannot watch
}

// New returns a hub. It starts nothing.
func New(s Settings) *Hub {
	h := &Hub{sources: map[media.Key]*source{}, pulse: pulse{start: time.Now()}}
	if s.Shards <= 0 {
		s.Shards = runtime.GOMAXPROCS(0)
	}
	for range s.Shards {
		h.shards = append(h.shards, newShard(h))
	}
	return h
}

// Run sends to players until ctx ends. It then ends every publication and
// subscription with media.ErrShutdown and returns when all connections are closed.
// A hub runs once.
func (h *Hub) Run(ctx context.Context) error {
	if err := h.open(); err != nil {
		h.shutdown()
		return fmt.Errorf("hub: %w", err)
	}
	var polling, sending sync.WaitGroup
	polling.Go(h.poller.run)
	polling.Go(h.pulse.run)
	for _, s := range h.shards {
		sending.Go(s.run)
	}
	<-ctx.Done()
	h.shutdown()
	sending.Wait()
	err := errors.Join(h.pulse.close(), h.poller.close())
	polling.Wait()
	h.conns.Wait()
	if err != nil {
		return fmt.Errorf("hub: %w", err)
	}
	return nil
}

// open opens what players and publishers are watched by.
func (h *Hub) open() error {
	if err := h.poller.open(); err != nil {
		return err
	}
	if err := h.pulse.open(); err != nil {
		return errors.Join(err, h.poller.close())
	}
	return nil
}

func (h *Hub) shutdown() {
	h.mu.Lock()
	h.closed = true
	var sources []*source
	for _, s := range h.sources {
		sources = append(sources, s)
	}
	h.mu.Unlock()
	for _, s := range sources {
		s.shutdown()
	}
	for _, s := range h.shards {
		s.close()
	}
}

// acquire returns k's source, making it when there is none. Each acquire is
// undone by a release; a source that nobody holds is gone.
func (h *Hub) acquire(k media.Key) *source {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.sources[k]
	if s == nil {
		s = newSource(h, k)
		s.closed = h.closed
		h.sources[k] = s
	}
	s.refs++
	return s
}

func (h *Hub) release(s *source) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.refs--; s.refs == 0 {
		delete(h.sources, s.key)
	}
}

// shard returns the shard of the next player.
func (h *Hub) shard() *shard {
	return h.shards[int(h.turn.Add(1))%len(h.shards)]
}
