package weir

import (
	"context"
	"fmt"

	"weir/conf"
	"weir/js"
	"weir/js/builtin"
	"weir/js/hook"
	"weir/js/sandbox"
)

// engine starts what runs the scripts of l; nil when none is bound.
func (s *Server) engine(ctx context.Context, l loaded) (js.Caller, error) {
	if l.program == nil {
		return nil, nil
	}
	if l.conf.JSIsolation == "none" {
		return s.pool(l)
	}
	return sandbox.Start(ctx, sandbox.Config{
		Program:    l.program,
		Server:     facts(l.conf),
		Host:       s.router,
		Dicts:      s.router.Dicts,
		PerUnit:    l.conf.JSIsolation == "vhost",
		Memory:     l.conf.JSMemory,
		MaxPending: maxPending(l.conf),
		Log:        s.Log,
		Counter:    &s.workers,
	})
}

// pool runs scripts in this process.
func (s *Server) pool(l loaded) (js.Caller, error) {
	s.warnOfIsolation()
	program, err := l.program.Decode()
	if err != nil {
		return nil, fmt.Errorf("scripts: %w", err)
	}
	lease := s.router.Lease()
	p, err := js.NewPool(program, js.Options{
		Classes: hook.Classes(), Modules: builtin.Modules(facts(l.conf)), Host: lease, Broke: lease.Broke,
		MaxPending: maxPending(l.conf), NoBigInt: true,
	})
	if err != nil {
		return nil, err
	}
	return leased{p, lease}, nil
}

// leased is a pool, and what the server keeps for it.
type leased struct {
	*js.Pool
	lease js.Lease
}

// Close implements js.Caller.
func (l leased) Close(ctx context.Context) error {
	defer l.lease.End()
	return l.Pool.Close(ctx)
}

// warnOfIsolation says once what scripts may do to the server.
func (s *Server) warnOfIsolation() {
	if !s.warned {
		s.Log.Warn("js_isolation none: scripts run in the server's own process: their time is bounded, their memory is not")
	}
	s.warned = true
}

// maxPending is how many calls may wait, by unit.
func maxPending(c *conf.Config) map[string]int {
	m := map[string]int{"": c.JSMaxPending}
	for _, v := range c.VHosts {
		m[v.Name] = v.JSMaxPending
	}
	return m
}
