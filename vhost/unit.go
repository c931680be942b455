package vhost

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"weir/conf"
	"weir/js"
	"weir/js/hook"
)

// unit is whose scripts something is: a vhost's, or the server's own.
type unit struct {
	name    string // "" for the server's own
	hooks   *conf.Hooks
	scripts *conf.Scripts
}

// units are those of a configuration that may run scripts.
func units(c *conf.Config) []unit {
	list := []unit{{"", &c.Hooks, &c.Scripts}}
	for _, v := range c.VHosts {
		if v.Enabled {
			list = append(list, unit{v.Name, &v.Hooks, &v.Scripts})
		}
	}
	return list
}

// life is what a unit's scripts do between the beginning of their generation and
// its end.
type life struct {
	unit
	tasks sync.WaitGroup // js_on_start and js_periodic
	exits bool           // its end has begun
}

// startWait is how long js_on_start may keep a configuration from serving.
const startWait = 3 * time.Second

// Begin has the scripts of g begin, which is not retired: js_on_start runs, then
// js_periodic until g is retired. Begin returns when js_on_start is over
// everywhere, so that who comes after finds what it made; it waits for js_timeout
// at most, and not longer than startWait.
func (s *Server) Begin(g *Generation) {
	if g.Caller == nil {
		return
	}
	var started sync.WaitGroup
	for _, u := range units(g.Conf) {
		if !u.hooks.OnStart.IsSet() && !u.hooks.OnExit.IsSet() && len(u.hooks.Periodics) == 0 {
			continue
		}
		l := g.begin(s, u)
		over := make(chan struct{})
		l.tasks.Go(func() {
			s.runOnce(g, u, u.hooks.OnStart, hook.Start)
			close(over)
			for _, p := range u.hooks.Periodics {
				l.tasks.Go(func() { s.repeat(g, l, p) })
			}
		})
		started.Go(func() { within(over, min(u.scripts.JSTimeout, startWait)) })
	}
	started.Wait()
}

// begin notes the life of a unit.
func (g *Generation) begin(s *Server, u unit) *life {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.server = s
	g.lives[u.name] = &life{unit: u}
	return g.lives[u.name]
}

func within(over <-chan struct{}, most time.Duration) {
	late := time.NewTimer(most)
	defer late.Stop()
	select {
	case <-over:
	case <-late.C:
	}
}

// exit has the scripts of a unit end, once its js_periodic are over: the timers of
// its VM are cleared, then js_on_exit runs. The lock is held.
func (g *Generation) exit(unit string) {
	l := g.lives[unit]
	if l == nil || l.exits || g.closing {
		return
	}
	l.exits = true
	s := g.server
	g.exits.Go(func() {
		l.tasks.Wait()
		s.runOnce(g, l.unit, l.hooks.OnExit, hook.Exit)
	})
}

// runOnce calls a handler that is not of a session, if it is bound.
func (s *Server) runOnce(g *Generation, u unit, h conf.Handler, p hook.Point) {
	if !h.IsSet() {
		return
	}
	_, err := s.do(context.Background(), g, u.name, h, js.Call{
		Args:   []js.Value{hook.OfVHost(u.name, g.Number)},
		Budget: js.Budget{Wall: EventTimeout, CPU: u.scripts.JSCPULimit},
		Last:   p.Directive == hook.Exit.Directive,
	}, nil)
	if err != nil {
		s.failed(u.name, h, "", err)
	}
}

// repeat runs a js_periodic until g is retired. A run that is due while another
// goes on is skipped.
func (s *Server) repeat(g *Generation, l *life, p conf.Periodic) {
	var running, told atomic.Bool
	due := time.NewTimer(pause(p))
	defer due.Stop()
	for {
		select {
		case <-g.over:
			return
		case <-due.C:
		}
		due.Reset(pause(p))
		if running.Swap(true) {
			if !told.Swap(true) { // once for each run that is too long
				s.log().Warn("js_periodic is skipped: the run before has not ended", "vhost", l.name, "handler", p.Ref().String())
			}
			continue
		}
		told.Store(false)
		l.tasks.Go(func() {
			defer running.Store(false)
			s.runOnce(g, l.unit, p.Handler, hook.Periodic)
		})
	}
}

// pause is the time to a js_periodic's next run.
func pause(p conf.Periodic) time.Duration {
	if p.Jitter == 0 {
		return p.Interval
	}
	return p.Interval + rand.N(p.Jitter)
}
