package vhost

import (
	"sync"

	"weir/js"
	"weir/media"
)

// connection is a peer's connection: what its sessions have in common.
type connection struct {
	*media.Connection
	gate *session // the session of js_on_connect and js_on_close; nil for HTTP

	mu      sync.Mutex
	ctx     js.Value // the script's own data, s.ctx
	open    int      // sessions whose events are not settled
	gone    bool     // Disconnect was called
	settled func()   // runs when gone and open is 0
}

func (c *connection) data() js.Value {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ctx
}

func (c *connection) setData(v js.Value) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ctx = v
}

// enter counts a session; leave must follow.
func (c *connection) enter() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open++
}

// leave says that a session's last event is over.
func (c *connection) leave() {
	c.mu.Lock()
	c.open--
	f := c.take()
	c.mu.Unlock()
	if f != nil {
		f()
	}
}

// whenSettled runs f once the last session has left.
func (c *connection) whenSettled(f func()) {
	c.mu.Lock()
	c.gone, c.settled = true, f
	f = c.take()
	c.mu.Unlock()
	if f != nil {
		f()
	}
}

func (c *connection) take() func() {
	if !c.gone || c.open > 0 {
		return nil
	}
	f := c.settled
	c.settled = nil
	return f
}

// connection finds the state of c, or makes it: HTTP has no connect.
func (s *Server) connection(c *media.Connection) *connection {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k := s.connections[c]; k != nil {
		return k
	}
	return &connection{Connection: c}
}
