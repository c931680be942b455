package http

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"sync"

	"weir/media/web"
)

// connections are those that a listener accepted and that are still HTTP's. It is
// the listener too: what it returns are the connections themselves, since a sender
// shard serves a bare *net.TCPConn without a goroutine.
type connections struct {
	net.Listener
	admit func(netip.AddrPort) (free func(), ok bool)

	mu   sync.Mutex
	open map[net.Conn]*web.Place
	gone chan struct{} // closed and replaced whenever one leaves
}

func newConnections(l net.Listener, admit func(netip.AddrPort) (func(), bool)) *connections {
	return &connections{Listener: l, admit: admit, open: map[net.Conn]*web.Place{}, gone: make(chan struct{})}
}

// Accept returns the next connection that is admitted.
func (c *connections) Accept() (net.Conn, error) {
	for {
		conn, err := c.Listener.Accept()
		if err != nil {
			return nil, err //nolint:wrapcheck // net/http looks at it
		}
		if place, ok := c.place(conn); ok {
			c.mu.Lock()
			c.open[conn] = place
			c.mu.Unlock()
			return conn, nil
		}
		_ = conn.Close() // it carried nothing
	}
}

func (c *connections) place(conn net.Conn) (*web.Place, bool) {
	if c.admit == nil {
		return web.NewPlace(func() {}), true
	}
	var remote netip.AddrPort
	if a, ok := conn.RemoteAddr().(*net.TCPAddr); ok {
		remote = netip.AddrPortFrom(a.AddrPort().Addr().Unmap(), a.AddrPort().Port())
	}
	free, ok := c.admit(remote)
	if !ok {
		return nil, false
	}
	return web.NewPlace(free), true
}

// context lets a protocol that takes the connection over find its place.
func (c *connections) context(ctx context.Context, conn net.Conn) context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	return web.WithPlace(ctx, c.open[conn])
}

// state forgets a connection that has ended or was taken over.
func (c *connections) state(conn net.Conn, state http.ConnState) {
	if state != http.StateClosed && state != http.StateHijacked {
		return
	}
	c.mu.Lock()
	place := c.open[conn]
	delete(c.open, conn)
	close(c.gone)
	c.gone = make(chan struct{})
	c.mu.Unlock()
	if state == http.StateClosed || !place.Taken() {
		place.Free()
	}
}

// wait waits until every connection has ended or was taken over, or ctx ends.
func (c *connections) wait(ctx context.Context) {
	for {
		c.mu.Lock()
		n, gone := len(c.open), c.gone
		c.mu.Unlock()
		if n == 0 {
			return
		}
		select {
		case <-gone:
		case <-ctx.Done():
			return
		}
	}
}
