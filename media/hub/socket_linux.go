package hub

import (
	"fmt"
	"net"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// fdSocket is a TCP connection whose descriptor was taken away from Go: it costs
// no goroutine.
type fdSocket struct {
	player     *player
	conn       *net.TCPConn // until it was taken
	fd         int
	generation int32 // tells it from others that had the descriptor
	poller     *poller

	mu     sync.Mutex // between the poller's use of fd and its close
	closed bool
	deaf   bool // reading has ended
}

// socket returns the socket for p's connection.
func (h *Hub) socket(p *player, noDelay bool) (socket, error) {
	tcp, ok := p.conn.Net.(*net.TCPConn)
	if !ok {
		return newConnSocket(p), nil
	}
	if err := tcp.SetNoDelay(noDelay); err != nil {
		return nil, fmt.Errorf("set TCP_NODELAY: %w", err)
	}
	fd, err := duplicate(tcp)
	if err != nil {
		return nil, err
	}
	return &fdSocket{player: p, conn: tcp, fd: fd, poller: &h.poller}, nil
}

// duplicate returns a descriptor of c's own connection.
func duplicate(c *net.TCPConn) (int, error) {
	raw, err := c.SyscallConn()
	if err != nil {
		return -1, err
	}
	fd := -1
	var failed error
	err = raw.Control(func(of uintptr) { fd, failed = unix.FcntlInt(of, unix.F_DUPFD_CLOEXEC, 0) })
	if err == nil {
		err = failed
	}
	if err != nil {
		return -1, fmt.Errorf("duplicate descriptor: %w", err)
	}
	return fd, nil
}

func (s *fdSocket) abandon() { _ = unix.Close(s.fd) } // a duplicate; nothing is lost

// open closes Go's descriptor of the connection, which is forgotten; the duplicate stays.
func (s *fdSocket) open() error {
	err := s.conn.Close()
	s.conn, s.player.conn.Net = nil, nil
	if err != nil {
		return err
	}
	return s.poller.add(s)
}

func (s *fdSocket) send(pre, log []byte) (n int, err error) {
	switch {
	case len(pre) == 0:
		n, err = s.sendLog(log)
	case len(log) == 0:
		n, err = sendNow(s.fd, pre)
	default: // at a beginning, or with a reply
		n, err = unix.SendmsgBuffers(s.fd, [][]byte{pre, log}, nil, nil, sendFlags)
	}
	if err == unix.EAGAIN || err == unix.EINTR {
		return 0, errAgain
	}
	return n, err
}

// sendLog sends what its player has before it, from the log's mirror if much of it is
// there. What the mirror cannot send, or why a connection takes nothing, is for
// sendNow to find.
func (s *fdSocket) sendLog(b []byte) (int, error) {
	if len(b) >= leastMirrored {
		if n := s.player.log.mirror.send(s.fd, s.player.position(), len(b)); n > 0 {
			return n, nil
		}
	}
	return sendNow(s.fd, b)
}

func (s *fdSocket) await() { s.watch(unix.EPOLLOUT) }

// watch sets what is watched beside what the player sends. A socket that the
// poller let go cannot be: its end was posted.
func (s *fdSocket) watch(more uint32) {
	_ = s.poller.control(unix.EPOLL_CTL_MOD, s, unix.EPOLLIN|unix.EPOLLRDHUP|more)
}

func (s *fdSocket) ready() {}

func (s *fdSocket) noDelay(on bool) {
	v := 0
	if on {
		v = 1
	}
	_ = unix.SetsockoptInt(s.fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, v) // a connection that is gone is noticed elsewhere
}

func (s *fdSocket) close(last []byte, _ time.Duration) bool {
	if len(last) > 0 {
		_, _ = s.send(last, nil) // if it takes it
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.poller.remove(s)
	_ = unix.Close(s.fd) // what was sent still goes out
	return true
}

// release makes the descriptor a connection of Go's again.
func (s *fdSocket) release() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.poller.remove(s)
	f := os.NewFile(uintptr(s.fd), "tcp")
	defer f.Close() //nolint:errcheck // what is given back is a duplicate
	c, err := net.FileConn(f)
	if err != nil { // then it is as one that has ended
		c, _ = net.Pipe()
		_ = c.Close() // a pipe's never fails
	}
	s.player.conn.Net = c
	return true
}

// serve is called by the poller.
func (s *fdSocket) serve(events uint32, buf []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.deaf {
		return
	}
	if events&unix.EPOLLOUT != 0 {
		s.watch(0)
		s.post(event{what: writable})
	}
	if events&^unix.EPOLLOUT == 0 {
		return
	}
	n, err := readNow(s.fd, buf)
	switch {
	case err == unix.EAGAIN || err == unix.EINTR:
	case err != nil || n == 0:
		s.leave(nil)
	default:
		s.receive(buf[:n])
	}
}

func (s *fdSocket) receive(b []byte) {
	reply, err := s.player.receive(b)
	if len(reply) > 0 {
		s.post(event{what: replied, reply: reply})
	}
	if err != nil {
		s.leave(err)
	}
}

// leave posts the peer's end, and stops watching until the shard closes.
func (s *fdSocket) leave(reason error) {
	s.deaf = true
	s.poller.remove(s)
	s.post(event{what: gone, reason: reason})
}

func (s *fdSocket) post(e event) {
	e.player = s.player
	s.player.shard.post(e)
}
