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
	"strings"
	"sync"
	"time"

	"weir/conf"
)

// The verbs that a server's control socket takes.
const (
	VerbReload = "reload" // read the file again
	VerbStop   = "stop"   // end in good order; the connection is closed when that is done
	VerbStatus = "status"
	VerbReopen = "reopen" // the log file
)

// Bounds of a control connection.
const (
	askTime  = 5 * time.Second // to say what is wanted
	askBytes = 4 << 10
)

// Request is what is asked at the control socket: a line of JSON.
type Request struct {
	Verb string `json:"verb"`
}

// Reply is the answer: a line of JSON.
type Reply struct {
	Error  string  `json:"error,omitempty"`
	Reload *Reload `json:"reload,omitempty"`
	Status *Status `json:"status,omitempty"`
}

// ErrNotRunning says that nobody answers at a control socket.
var ErrNotRunning = errors.New("no server is running")

// ControlPath is the control socket of the server that serves c: beside its pid file.
func ControlPath(c *conf.Config) string {
	return strings.TrimSuffix(c.PID, filepath.Ext(c.PID)) + ".sock"
}

// Ask asks the server behind a control socket. After VerbStop it returns when the
// server has ended. The error is ErrNotRunning if there is none.
func Ask(ctx context.Context, path, verb string) (Reply, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, "unix", path)
	if err != nil {
		return Reply{}, fmt.Errorf("%w at %s", ErrNotRunning, path)
	}
	defer c.Close()                                      //nolint:errcheck // all was read
	defer context.AfterFunc(ctx, func() { c.Close() })() //nolint:errcheck // it wakes the reader
	if err := json.NewEncoder(c).Encode(Request{verb}); err != nil {
		return Reply{}, fmt.Errorf("ask %s: %w", path, err)
	}
	var r Reply
	if err := json.NewDecoder(c).Decode(&r); err != nil {
		return Reply{}, fmt.Errorf("answer from %s: %w", path, err)
	}
	if verb == VerbStop {
		io.Copy(io.Discard, c) //nolint:errcheck // its end is what is waited for
	}
	return r, nil
}

// ask is a request on its way to the watcher's goroutine, which answers it.
type ask struct {
	verb   string
	answer chan Reply
}

// control is the listener of the control socket.
type control struct {
	asks chan ask

	listener net.Listener
	path     string
	clients  sync.WaitGroup
	over     chan struct{} // closed when the server has ended
}

// open listens at path, which belongs to nobody else: a server that answers there
// is an error, a socket that was left behind is removed.
func (k *control) open(path string) error {
	if c, err := net.Dial("unix", path); err == nil {
		c.Close() //nolint:errcheck // it was only to see
		return fmt.Errorf("another server is running: it answers at %s", path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("control socket: %w", err)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("control socket: %w", err)
	}
	l, err := listenPrivately(path)
	if err != nil {
		return fmt.Errorf("control socket: %w", err)
	}
	k.listener, k.path, k.over = l, path, make(chan struct{})
	k.clients.Go(k.accept)
	return nil
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
	close(k.over)
	err := errors.Join(k.listener.Close(), os.Remove(k.path))
	k.clients.Wait()
	return err
}

func (k *control) accept() {
	for {
		c, err := k.listener.Accept()
		if err != nil {
			return
		}
		k.clients.Go(func() {
			defer c.Close() //nolint:errcheck // the client sees
			k.serve(c)
		})
	}
}

// serve answers one request.
func (k *control) serve(c net.Conn) {
	c.SetReadDeadline(time.Now().Add(askTime)) //nolint:errcheck // a socket has deadlines
	line, err := bufio.NewReader(io.LimitReader(c, askBytes)).ReadBytes('\n')
	if err != nil {
		return
	}
	var r Request
	if err := json.Unmarshal(line, &r); err != nil {
		json.NewEncoder(c).Encode(Reply{Error: "the request is no JSON"}) //nolint:errcheck // the client left
		return
	}
	a := ask{r.Verb, make(chan Reply, 1)}
	select {
	case k.asks <- a:
	case <-k.over:
		return
	}
	select {
	case reply := <-a.answer:
		json.NewEncoder(c).Encode(reply) //nolint:errcheck // the client left
	case <-k.over:
		return
	}
	if r.Verb == VerbStop {
		<-k.over
	}
}

// takeControl makes this the one server of its pid file.
func (s *Server) takeControl(c *conf.Config) error {
	s.control.asks = make(chan ask)
	if err := s.control.open(ControlPath(c)); err != nil {
		return err
	}
	if err := os.WriteFile(c.PID, fmt.Appendln(nil, os.Getpid()), 0o644); err != nil {
		return errors.Join(fmt.Errorf("pid file: %w", err), s.control.close())
	}
	return nil
}

// leaveControl removes the socket and the pid file, and lets those go who wait for the end.
func (s *Server) leaveControl(c *conf.Config) {
	if err := errors.Join(os.Remove(c.PID), s.control.close()); err != nil {
		s.Log.Warn("cannot remove the pid file or the control socket", "reason", err)
	}
}

// answer does what is asked. The watcher's goroutine calls it; stop ends it.
func (s *Server) answer(ctx context.Context, verb string, stop func()) Reply {
	switch verb {
	case VerbReload:
		r := s.reload(ctx)
		return Reply{Reload: &r, Error: r.Error}
	case VerbStatus:
		return Reply{Status: s.status()}
	case VerbStop:
		stop()
		return Reply{}
	case VerbReopen:
		if s.Reopen == nil {
			return Reply{}
		}
		if err := s.Reopen(); err != nil {
			return Reply{Error: err.Error()}
		}
		return Reply{}
	}
	return Reply{Error: fmt.Sprintf("unknown verb %q", verb)}
}
