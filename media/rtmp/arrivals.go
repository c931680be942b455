package rtmp

import (
	"net/netip"
	"sync"
)

// maxArrivals is how many connections of one address may be on their way from TCP to
// connect's answer at a time; more are closed at once. It is less than the default of
// max_connections, so that no address alone keeps the others out, and more than the
// players behind one address that come in the same second.
const maxArrivals = 512

// arrivals are the connections that connect has not been granted yet, by address.
type arrivals struct {
	mu sync.Mutex
	of map[netip.Prefix]arriving
}

type arriving struct {
	n       int
	refused bool // another, since there was room
}

func newArrivals() *arrivals { return &arrivals{of: map[netip.Prefix]arriving{}} }

// enter counts a connection in if there is room for it. first is for the one that
// is refused, of those in a row.
func (a *arrivals) enter(from netip.Addr) (ok, first bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	w := network(from)
	now := a.of[w]
	if ok = now.n < maxArrivals; ok {
		now.n++
	} else {
		first, now.refused = !now.refused, true
	}
	a.of[w] = now
	return ok, first
}

// leave counts it out.
func (a *arrivals) leave(from netip.Addr) {
	a.mu.Lock()
	defer a.mu.Unlock()
	w := network(from)
	if n := a.of[w].n - 1; n > 0 {
		a.of[w] = arriving{n: n}
	} else {
		delete(a.of, w)
	}
}

// network is what an address counts as: itself, or for IPv6 its /64, all of which its
// owner has.
func network(a netip.Addr) netip.Prefix {
	bits := 32
	if a.Is6() {
		bits = 64
	}
	p, _ := a.WithZone("").Prefix(bits)
	return p
}
