package http

import (
	"bufio"
	"context"
	"net"
	"net/http"

	"weir/js/hook"
)

// Access logs the requests that were answered.
type Access interface {
	// Hold and Request are as those of Scripts.
	Hold() (release func(), ok bool)
	Request() hook.Request
	// Log logs a request. It may have scripts give values to variables.
	Log(ctx context.Context, r *hook.Request)
}

// statusGone is nginx's for a client that did not wait for the answer.
const statusGone = 499

// log answers a request, and logs that. A connection that was taken over has a
// session, which is logged at its end.
func (s *Site) log(a Access, w http.ResponseWriter, r *http.Request) {
	c := &counted{ResponseWriter: w, head: r.Method == http.MethodHead}
	var view *hook.Request
	defer func() { // also of what ends without an answer
		if c.taken {
			return
		}
		release, ok := a.Hold()
		if !ok {
			return
		}
		defer release()
		if view == nil {
			unseen := a.Request()
			look(&unseen, r)
			unseen.URI, unseen.Query = normal(r.URL.Path), r.URL.RawQuery
			view = &unseen
		}
		view.Status, view.Sent, view.Out = c.status, c.sent, w.Header()
		if c.status == 0 {
			view.Status = statusGone
		}
		a.Log(context.WithoutCancel(r.Context()), view)
	}()
	view = s.answer(c, r)
	if c.status == 0 && r.Context().Err() == nil {
		c.status = http.StatusOK // as net/http will say
	}
}

// counted is a writer that keeps what the answer was.
type counted struct {
	http.ResponseWriter
	head   bool
	status int
	sent   int64
	taken  bool // the connection was
}

// WriteHeader implements http.ResponseWriter.
func (c *counted) WriteHeader(status int) {
	if c.status == 0 && status >= 200 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (c *counted) Write(b []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	n, err := c.ResponseWriter.Write(b)
	if !c.head {
		c.sent += int64(n)
	}
	return n, err
}

// Hijack implements http.Hijacker.
func (c *counted) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(c.ResponseWriter).Hijack()
	c.taken = c.taken || err == nil
	return conn, rw, err
}

// Unwrap serves http.ResponseController.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }
