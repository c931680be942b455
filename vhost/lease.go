package vhost

import (
	"context"
	"maps"
	"sync"

	"weir/js"
	"weir/js/host"
)

// Server keeps things for the VMs of each process of scripts.
var _ js.Lessor = (*Server)(nil)

// lease is the server as the VMs of one process ask it.
type lease struct {
	*Server
	scripts *host.Lease // nil: Server's Scripts keeps nothing
}

// Lease implements js.Lessor.
func (s *Server) Lease() js.Lease {
	l := &lease{Server: s}
	if h, ok := s.Scripts.(interface{ Lease() *host.Lease }); ok {
		l.scripts = h.Lease()
	}
	return l
}

// Ask is Server.Ask, with the files of the lease.
func (l *lease) Ask(ctx context.Context, o js.Origin, op string, args []js.Value) (js.Value, error) {
	if l.scripts == nil {
		return l.Server.Ask(ctx, o, op, args)
	}
	return l.Server.ask(ctx, l.scripts, o, op, args)
}

// Broke implements js.Lease.
func (l *lease) Broke(unit string, alone bool) {
	if !l.knows(unit) { // it comes from a process that is not trusted
		return
	}
	l.counts.vms.add(unit, VMCount{Breaks: 1})
	if alone && l.scripts != nil {
		l.leaked(unit, l.scripts.CloseFiles(unit))
	}
}

// knows says whether there is such a unit.
func (s *Server) knows(unit string) bool { return unit == "" || s.Generation().vhosts[unit] != nil }

// End implements js.Lease.
func (l *lease) End() {
	if l.scripts == nil {
		return
	}
	for unit, n := range l.scripts.End() {
		l.leaked(unit, n)
	}
}

// leaked says that scripts have left files open.
func (s *Server) leaked(unit string, n int) {
	if n == 0 {
		return
	}
	s.counts.vms.add(unit, VMCount{Leaks: uint64(n)})
	s.log().Warn("scripts had not closed their files when their VM ended", "vhost", unit, "files", n)
}

// VMCount counts what became of a vhost's VMs.
type VMCount struct {
	Breaks uint64 // VMs that a call broke, and that were replaced
	Leaks  uint64 // files that were open when their VM ended
}

type vmCounts struct {
	mu     sync.Mutex
	byUnit map[string]VMCount
}

func (c *vmCounts) add(unit string, n VMCount) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byUnit == nil {
		c.byUnit = map[string]VMCount{}
	}
	sum := c.byUnit[unit]
	c.byUnit[unit] = VMCount{sum.Breaks + n.Breaks, sum.Leaks + n.Leaks}
}

// VMCounts returns what became of VMs so far, by vhost; "" is the server's own, and
// where vhosts share one.
func (s *Server) VMCounts() map[string]VMCount {
	s.counts.vms.mu.Lock()
	defer s.counts.vms.mu.Unlock()
	return maps.Clone(s.counts.vms.byUnit)
}
