//go:build !linux

package hub

// poller watches nothing: every connection has goroutines of its own.
type poller struct{ done chan struct{} }

func (l *poller) open() error {
	l.done = make(chan struct{})
	return nil
}

func (l *poller) run() { <-l.done }

func (l *poller) close() error {
	close(l.done)
	return nil
}

// socket returns the socket for p's connection.
func (h *Hub) socket(p *player, _ bool) (socket, error) { return newConnSocket(p), nil }
