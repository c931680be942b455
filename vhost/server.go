package vhost

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"weir/conf"
	"weir/js/shared"
	"weir/media"
	"weir/media/hub"
)

// EventTimeout bounds a call of an event's handler.
const EventTimeout = 30 * time.Second

// Server is the router of all protocols.
type Server struct {
	Logger *slog.Logger // slog.Default when nil
	Hub    *hub.Hub
	// Outputs makes what a stream gets beside its players; it is asked at each
	// publish, and an output whose Settings are those of the one that runs keeps it.
	Outputs func(v *conf.VHost, k media.Key) []Output
	Hooks   Hooks         // may be nil: no back ends
	Dicts   *shared.Dicts // may be nil: no dictionaries

	// Scripts executes what scripts ask that is not about media: fetches, files. Nil:
	// nothing does.
	Scripts Executor
	Access  AccessLog // may be nil: none is written
	// Requests executes what scripts ask about the HTTP requests that they answer; nil:
	// there are none.
	Requests Executor

	mu          sync.Mutex
	gen         *Generation
	closed      bool
	connections map[*media.Connection]*connection
	sessions    map[string]*session    // by ID, connections included
	publishers  map[media.Key]*session // who holds a stream, or is about to
	audience    map[media.Key]int      // how many play a stream
	outputs     map[media.Key]map[string]*outlet
	queues      map[queueName]*queue // events that wait or run

	living  map[string]*sync.WaitGroup // sessions until their last event, by kind
	calls   sync.WaitGroup             // gates under way
	workers sync.WaitGroup             // of the queues
	outs    sync.WaitGroup

	counts counters
}

// Output is a media.Output and the settings that it was made with; a publish
// under other settings replaces it.
type Output struct {
	media.Output
	Settings any // comparable
}

// Start makes g the first generation. It belongs to the server from then on.
func (s *Server) Start(g *Generation) {
	s.connections = map[*media.Connection]*connection{}
	s.sessions = map[string]*session{}
	s.publishers = map[media.Key]*session{}
	s.audience = map[media.Key]int{}
	s.outputs = map[media.Key]map[string]*outlet{}
	s.queues = map[queueName]*queue{}
	s.living = map[string]*sync.WaitGroup{media.KindConnect: {}, media.KindPublish: {}, media.KindPlay: {}}
	s.gen = g
}

func (s *Server) log() *slog.Logger {
	if s.Logger != nil {
		return s.Logger
	}
	return slog.Default()
}

// Generation returns the present generation.
func (s *Server) Generation() *Generation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gen
}

// Swap makes g the present generation: newcomers meet it at once. Living sessions
// go over to it if it has their vhost, and else stay with the old one, which is
// returned; its scripts may end when its Ended is closed.
func (s *Server) Swap(g *Generation) *Generation {
	old, moved, disabled := s.swap(g)
	s.apply(g)
	s.counts.handlers.prune(old.Conf, g.Conf)
	for _, se := range inTurn(disabled) {
		se.end(errDisabled)
	}
	for _, se := range moved {
		se.follow()
		se.desert()
	}
	return old
}

// swap returns the generation before g, the sessions that go over to g, and those
// of them whose vhost it disables.
func (s *Server) swap(g *Generation) (old *Generation, moved, disabled []*session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old = s.gen
	s.gen = g
	for _, se := range s.sessions {
		if v := g.vhosts[se.vhost.Name]; v != nil && g.hold(v.Name) {
			se.gen.release(v.Name)
			se.gen, se.vhost = g, v
			se.rules.Store(v)
			moved = append(moved, se)
			if !v.Enabled {
				disabled = append(disabled, se)
			}
		}
	}
	old.retire()
	return old, moved, disabled
}

// End ends every publish and play with media.ErrShutdown, lets nobody in, and
// waits until their events and the outputs are over, or ctx is. Connections go on,
// for the peers to be told.
func (s *Server) End(ctx context.Context) error {
	s.mu.Lock()
	s.closed = true
	sessions := inTurn(slices.Collect(maps.Values(s.sessions)))
	for _, outs := range s.outputs {
		for _, o := range outs {
			o.end()
		}
	}
	s.mu.Unlock()
	for _, se := range sessions {
		se.end(media.ErrShutdown)
	}
	return wait(ctx, s.living[media.KindPublish], s.living[media.KindPlay], &s.outs)
}

// inTurn sorts sessions that the server ends together: players ahead of what they
// play, so that they hear why.
func inTurn(sessions []*session) []*session {
	slices.SortFunc(sessions, func(a, b *session) int { return cmp.Compare(turns[a.kind], turns[b.kind]) })
	return sessions
}

var turns = map[string]int{media.KindPlay: 0, media.KindPublish: 1, media.KindConnect: 2}

// Close waits until the last event of all is over, or ctx is, and retires the
// present generation. The connections are ended by their protocols.
func (s *Server) Close(ctx context.Context) error {
	err := wait(ctx, s.living[media.KindPublish], s.living[media.KindPlay], s.living[media.KindConnect], &s.calls, &s.workers, &s.outs)
	s.Generation().retire()
	return err
}

// wait waits for all of the groups, or until ctx ends.
func wait(ctx context.Context, groups ...*sync.WaitGroup) error {
	over := make(chan struct{})
	go func() {
		defer close(over)
		for _, g := range groups {
			g.Wait()
		}
	}()
	select {
	case <-over:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
