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

// Begin has the scripts of g begin, which is not retired: js_on_start runs, then
// js_periodic until g is retired. Begin returns when js_on_start is over
// everywhere, so that who comes after finds what it made; a unit's js_timeout is
// the longest that it waits.
func (s *Server) Begin(g *Generation) {
	g.server = s
	if g.Caller == nil {
		return
	}
	var started sync.WaitGroup
	for _, u := range units(g.Conf) {
		if !u.hooks.OnStart.IsSet() && len(u.hooks.Periodics) == 0 {
			continue
		}
		over := make(chan struct{})
		g.tasks.Go(func() {
			s.runOnce(context.Background(), g, u, u.hooks.OnStart, hook.Start, false)
			close(over)
			for _, p := range u.hooks.Periodics {
				g.tasks.Go(func() { s.repeat(g, u, p) })
			}
		})
		started.Go(func() { within(over, u.scripts.JSTimeout) })
	}
	started.Wait()
}

func within(over <-chan struct{}, most time.Duration) {
	late := time.NewTimer(most)
	defer late.Stop()
	select {
	case <-over:
	case <-late.C:
	}
}

// exit has the scripts of g end, when its js_periodic are over or ctx is:
// js_on_exit runs, for which the VM's timers are cleared.
func (s *Server) exit(ctx context.Context, g *Generation) {
	_ = wait(ctx, &g.tasks) // what is not over is cut off by the engine's end
	var exits sync.WaitGroup
	for _, u := range units(g.Conf) {
		if u.hooks.OnExit.IsSet() {
			exits.Go(func() { s.runOnce(ctx, g, u, u.hooks.OnExit, hook.Exit, true) })
		}
	}
	exits.Wait()
}

// runOnce calls a handler that is not of a session, if it is bound.
func (s *Server) runOnce(ctx context.Context, g *Generation, u unit, h conf.Handler, p hook.Point, last bool) {
	if !h.IsSet() {
		return
	}
	_, err := s.do(ctx, g, u.name, h, p, js.Call{
		Args:   []js.Value{hook.OfVHost(u.name, g.Number)},
		Budget: js.Budget{Wall: EventTimeout, CPU: u.scripts.JSCPULimit},
		Last:   last,
	})
	if err != nil {
		s.failed(u.name, h, p, "", err)
	}
}

// repeat runs a js_periodic until g is retired. A run that is due while another
// goes on is skipped.
func (s *Server) repeat(g *Generation, u unit, p conf.Periodic) {
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
				s.log().Warn("js_periodic is skipped: the run before has not ended", "vhost", u.name, "handler", p.Ref().String())
			}
			continue
		}
		told.Store(false)
		g.tasks.Go(func() {
			defer running.Store(false)
			s.runOnce(context.Background(), g, u, p.Handler, hook.Periodic, false)
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
