package vhost

import (
	"sync"

	"weir/conf"
	"weir/js"
	"weir/media"
)

// connection is a peer's connection: what its sessions have in common.
type connection struct {
	*media.Connection
	gate *session // the session of js_on_connect and js_on_close; nil for HTTP

	ended error // the server's end of the connection, by the server's lock

	mu      sync.Mutex
	ctx     map[string]js.Value // s.ctx, the scripts' own data, by vhost; nil while there is none
	open    int                 // sessions whose events are not settled
	gone    bool                // Disconnect was called
	settled func()              // runs when gone and open is 0
}

// errOtherVHost keeps those out whom a vhost's js_on_connect has not seen.
var errOtherVHost = &media.Denied{Code: 403, Reason: "this vhost wants to be named in the URL of the connection"}

// carries says whether the connection may carry a session of v: it may be another
// vhost than that which it was made to, unless v decides about connections. The
// server's lock is held.
func (c *connection) carries(v *conf.VHost) error {
	if c.ended != nil {
		return c.ended
	}
	if c.gate != nil && c.gate.vhost.Name != v.Name && v.OnConnect.IsSet() {
		return errOtherVHost
	}
	return nil
}

// data is s.ctx of a vhost's scripts: they do not see another's.
func (c *connection) data(vhost string) js.Value {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ctx[vhost]
}

func (c *connection) setData(vhost string, v js.Value) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx == nil {
		if o, ok := v.(map[string]js.Value); v == nil || ok && len(o) == 0 {
			return
		}
		c.ctx = map[string]js.Value{}
	}
	c.ctx[vhost] = v
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

// cut ends the connection's sessions and lets no more of them in; the protocol
// closes what carries none.
func (s *Server) cut(c *connection, reason error) {
	s.mu.Lock()
	c.ended = reason
	var carried []*session
	for _, se := range s.sessions {
		if se.conn == c && se != c.gate {
			carried = append(carried, se)
		}
	}
	s.mu.Unlock()
	for _, se := range carried {
		se.end(reason)
	}
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
