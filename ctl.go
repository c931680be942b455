package weir

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"syscall"

	"weir/conf"
)

// The verbs that a server's control socket takes.
const (
	VerbReload = "reload" // read the file again
	VerbStop   = "stop"   // end in good order; the connection is closed when that is done
	VerbStatus = "status"
	VerbReopen = "reopen" // the log files
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
	var r Reply
	if err := json.NewEncoder(c).Encode(Request{verb}); err != nil {
		return r, ended(verb, fmt.Errorf("ask %s: %w", path, err))
	}
	if err := json.NewDecoder(c).Decode(&r); err != nil {
		return r, ended(verb, fmt.Errorf("answer from %s: %w", path, err))
	}
	if verb == VerbStop {
		io.Copy(io.Discard, c) //nolint:errcheck // its end is what is waited for
	}
	return r, nil
}

// ended is what err means to who asked for verb: a server that hangs up on who
// asks for its end has come to it already, since its socket is the last to go.
func ended(verb string, err error) error {
	if verb == VerbStop && (errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)) {
		return nil
	}
	return err
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
		err := s.access.Reopen()
		if s.Reopen != nil {
			err = errors.Join(err, s.Reopen())
		}
		if err != nil {
			return Reply{Error: err.Error()}
		}
		return Reply{}
	}
	return Reply{Error: fmt.Sprintf("unknown verb %q", verb)}
}
