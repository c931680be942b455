package weir

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"weir/conf"
)

// Bounds of a control connection.
const (
	clientTime = 5 * time.Second // to say what is wanted, and to take the answer
	lastTime   = time.Second     // to take the answer when the server has ended
	askBytes   = 4 << 10
)

// ask is a request on its way to the watcher's goroutine, which answers it.
type ask struct {
	verb   string
	answer chan Reply
}

// control is the listener of the control socket.
type control struct {
	asks chan ask

	pid      *pidFile
	listener net.Listener
	path     string
	clients  sync.WaitGroup
	end      context.CancelFunc // the server has ended
}

// open listens at path, and writes the pid file. They belong to nobody else: a
// server that has the one or answers at the other is an error, what was left
// behind is replaced.
func (k *control) open(pid, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("control socket: %w", err)
	}
	p, err := openPID(pid)
	if err != nil {
		return err
	}
	l, err := listenAlone(path)
	if err != nil {
		return errors.Join(err, p.remove())
	}
	over, end := context.WithCancel(context.Background())
	k.pid, k.listener, k.path, k.end = p, l, path, end
	k.asks = make(chan ask)
	k.clients.Go(func() { k.accept(over) })
	return nil
}

// listenAlone listens at path unless somebody does.
func listenAlone(path string) (net.Listener, error) {
	if c, err := net.Dial("unix", path); err == nil {
		c.Close() //nolint:errcheck // it was only to see
		return nil, fmt.Errorf("another server is running: it answers at %s", path)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	l, err := listenPrivately(path)
	if err != nil {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	return l, nil
}

// listenPrivately makes a socket of mode 0600: it is named only when it has that.
func listenPrivately(path string) (net.Listener, error) {
	temporary := fmt.Sprintf("%s.%d", path, os.Getpid())
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: temporary, Net: "unix"})
	if err != nil {
		return nil, err
	}
	l.SetUnlinkOnClose(false)
	err = os.Chmod(temporary, 0o600)
	if err == nil {
		err = os.Rename(temporary, path)
	}
	if err != nil {
		return nil, errors.Join(err, l.Close(), os.Remove(temporary))
	}
	return l, nil
}

// close ends the control socket and tells those who wait for the end.
func (k *control) close() error {
	if k.listener == nil {
		return nil
	}
	err := errors.Join(k.listener.Close(), os.Remove(k.path), k.pid.remove())
	k.end()
	k.clients.Wait()
	return err
}

// accept serves clients until the listener is closed.
func (k *control) accept(over context.Context) {
	for {
		c, err := k.listener.Accept()
		if err != nil {
			return
		}
		k.clients.Go(func() {
			defer c.Close() //nolint:errcheck // the client sees
			k.serve(over, c)
		})
	}
}

// serve answers one request. Who takes no time to ask, or to take the answer, is
// left alone, the sooner when the server has ended.
func (k *control) serve(over context.Context, c net.Conn) {
	c.SetReadDeadline(time.Now().Add(clientTime)) //nolint:errcheck // a socket has deadlines
	defer context.AfterFunc(over, func() {
		c.SetReadDeadline(time.Now())                //nolint:errcheck // as above
		c.SetWriteDeadline(time.Now().Add(lastTime)) //nolint:errcheck // as above
	})()
	line, err := bufio.NewReader(io.LimitReader(c, askBytes)).ReadBytes('\n')
	if err != nil {
		return
	}
	var r Request
	reply := Reply{Error: "the request is no JSON"}
	if json.Unmarshal(line, &r) == nil {
		reply = k.forward(over, r.Verb)
	}
	c.SetWriteDeadline(time.Now().Add(clientTime)) //nolint:errcheck // as above
	json.NewEncoder(c).Encode(reply)               //nolint:errcheck // the client left
	if r.Verb == VerbStop {
		<-over.Done()
	}
}

// forward has the watcher answer, as long as it does.
func (k *control) forward(over context.Context, verb string) Reply {
	a := ask{verb, make(chan Reply, 1)}
	select {
	case k.asks <- a:
		return <-a.answer
	case <-over.Done():
	}
	if verb == VerbStop { // somebody else's wish is granted
		return Reply{}
	}
	return Reply{Error: "the server is stopping"}
}

// takeControl makes this the one server of its pid file.
func (s *Server) takeControl(c *conf.Config) error { return s.control.open(c.PID, ControlPath(c)) }

// leaveControl removes the socket and the pid file, and lets those go who wait for the end.
func (s *Server) leaveControl() {
	if err := s.control.close(); err != nil {
		s.Log.Warn("cannot remove the pid file or the control socket", "reason", err)
	}
}
