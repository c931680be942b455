package http

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"weir/js"
	"weir/js/hook"
)

// maxAnswer bounds the answer of a subrequest, in bytes.
const maxAnswer = 1 << 20

var (
	errOver   = errors.New("the request is over")
	errAnswer = errors.New("too big subrequest response")
)

// Ask executes what scripts ask for about the requests that they answer, as
// js.Host.Ask does. "http.heldBody" of a request's ID is its body, which was read;
// "http.readBody" reads it ahead of that; "http.subrequest" of the ID, a method, a
// path, a query and a body, or null for that of the request, is the answer, a
// hook.Request.
func (s *Site) Ask(ctx context.Context, _ js.Origin, op string, args []js.Value) (js.Value, error) {
	id, _ := arg(args, 0).(string)
	e, ok := s.find(id)
	if !ok {
		return nil, errOver
	}
	switch op {
	case "http.heldBody":
		return e.body.bytes(), nil
	case "http.readBody":
		if err := e.body.read(e.r); err != nil {
			return nil, err
		}
		return append([]byte{}, e.body.bytes()...), nil
	case "http.subrequest":
		return e.subrequest(ctx, args[1:])
	}
	return nil, errors.New(op + ": no such operation")
}

func arg(args []js.Value, i int) js.Value {
	if i >= len(args) {
		return nil
	}
	return args[i]
}

// subrequest takes (method, path, query, body).
func (e asked) subrequest(ctx context.Context, args []js.Value) (js.Value, error) {
	method, _ := arg(args, 0).(string)
	to, _ := arg(args, 1).(string)
	query, _ := arg(args, 2).(string)
	u, err := internalURL(to)
	if err != nil || e.parent != nil || to == "" {
		return nil, errors.New("unsafe uri")
	}
	u.RawQuery = query
	release, ok := e.in.Scripts.Hold()
	if !ok {
		return nil, js.ErrClosed
	}
	defer release()
	w := &recorder{header: http.Header{}, head: method == http.MethodHead}
	sub := e.site.newExchange(e.in, w, e.subrequestOf(ctx, method, u, arg(args, 3)))
	sub.parent = e.exchange
	sub.view.Internal, sub.view.Variables = true, e.variables
	if err := sub.runSafely(); err != nil {
		return nil, err
	}
	if w.over {
		return nil, errAnswer
	}
	w.WriteHeader(http.StatusOK)
	sub.show(hook.ForReply)
	sub.view.Status, sub.view.Out, sub.view.Answer = w.status, w.header, w.body.Bytes()
	return sub.view.Object(), nil
}

// runSafely is run, for who has nobody above to recover from a panic, as net/http
// does for requests.
func (e *exchange) runSafely() (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("subrequest: panic: %v", x)
		}
	}()
	e.run()
	return nil
}

// subrequestOf is the request that a subrequest is seen as: the peer's, for another
// URL.
func (e asked) subrequestOf(ctx context.Context, method string, u *url.URL, body js.Value) *http.Request {
	data := e.body.bytes()
	switch b := body.(type) {
	case string:
		data = []byte(b)
	case []byte:
		data = b
	}
	own, cancel := context.WithCancel(context.WithoutCancel(e.r.Context())) // what it knows of the connection
	context.AfterFunc(ctx, cancel)
	r := e.r.WithContext(own)
	r.Method, r.URL, r.RequestURI = method, u, u.RequestURI()
	r.Header = e.r.Header.Clone()
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(data)), int64(len(data))
	r.Header.Del("Range") // conditions are the peer's
	return r
}

// recorder keeps the answer of a subrequest.
type recorder struct {
	header http.Header
	head   bool // only the headers are wanted
	status int
	body   bytes.Buffer
	over   bool // it is too large
}

// Header implements http.ResponseWriter.
func (w *recorder) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
}

// Write implements http.ResponseWriter.
func (w *recorder) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	if w.head {
		return len(b), nil
	}
	if w.body.Len()+len(b) > maxAnswer {
		w.over = true
		return 0, errAnswer
	}
	return w.body.Write(b)
}
