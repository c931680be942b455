package host

import "sync/atomic"

// Limits of what is under way at a time.
const (
	maxFetches    = 1024      // of one vhost
	maxAllFetches = 4096      // of all
	maxBytes      = 64 << 20  // of one vhost's bodies
	maxAllBytes   = 256 << 20 // of all
)

// gauge counts what is under way, up to a limit: a part of another gauge, if there
// is one.
type gauge struct {
	n     atomic.Int64
	limit int64
	all   *gauge
}

// take counts n in, unless that would be too much.
func (g *gauge) take(n int64) bool {
	if g.n.Add(n) > g.limit || g.all != nil && !g.all.take(n) {
		g.n.Add(-n)
		return false
	}
	return true
}

func (g *gauge) give(n int64) {
	g.n.Add(-n)
	if g.all != nil {
		g.all.give(n)
	}
}

// load is what fetches hold: their number, and the bytes of their bodies.
type load struct{ fetches, bytes gauge }

func newLoad() *load {
	return &load{gauge{limit: maxAllFetches}, gauge{limit: maxAllBytes}}
}

// part is the load of a vhost.
func (l *load) part() *load {
	return &load{gauge{limit: maxFetches, all: &l.fetches}, gauge{limit: maxBytes, all: &l.bytes}}
}
