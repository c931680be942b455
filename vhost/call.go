package vhost

import (
	"context"
	"errors"
	"hash/fnv"
	"strings"
	"time"

	"weir/conf"
	"weir/js"
	"weir/js/hook"
	"weir/media"
)

// do calls a handler with c's arguments in the unit of a vhost, "" for the
// server's own, and counts it.
func (s *Server) do(ctx context.Context, gen *Generation, unit string, h conf.Handler, p hook.Point, c js.Call) (js.Result, error) {
	if gen.Caller == nil {
		return js.Result{}, js.ErrClosed
	}
	c.Unit, c.Func = unit, h.Ref()
	c.Origin.VHost, c.Origin.Directive, c.Origin.Handler = unit, h.Directive, c.Func.String()
	begun := time.Now()
	r, err := gen.Caller.Call(ctx, c)
	s.counts.called(unit, p, time.Since(begun))
	return r, err
}

// failed counts a call that came to nothing, and says once in the log where, and
// for whom: the id of a session, or "".
func (s *Server) failed(unit string, h conf.Handler, p hook.Point, id string, err error) {
	s.counts.failed(unit, p)
	attrs := []any{"vhost", unit, "directive", h.Directive, "handler", h.Ref().String()}
	if id != "" {
		attrs = append(attrs, "id", id)
	}
	attrs = append(attrs, "reason", err)
	var e *js.Error
	if errors.As(err, &e) && e.Stack != "" {
		attrs = append(attrs, "stack", e.Stack)
	}
	s.log().Error("script failed", attrs...)
}

// call runs the handler that v binds to p for the session. The arguments stand
// behind the session.
func (se *session) call(ctx context.Context, gen *Generation, v *conf.VHost, p hook.Point, wall time.Duration, args ...js.Value) (js.Result, error) {
	r, err := se.server.do(ctx, gen, v.Name, handler(v, p), p, js.Call{
		Args:   append([]js.Value{se.view(v, p).Object()}, args...),
		Origin: js.Origin{Session: se.id},
		Budget: js.Budget{Wall: wall, CPU: v.JSCPULimit},
		Slot:   se.slot(v),
	})
	if err == nil {
		se.conn.setData(v.Name, hook.Context(r))
	}
	return r, err
}

// slot keeps a session with one of its vhost's VMs: that which its stream's
// others are with.
func (se *session) slot(v *conf.VHost) uint64 {
	if v.JSWorkers == 1 {
		return 0
	}
	h := fnv.New64a()
	asked := se.id
	if se.media != nil {
		asked = se.media.Asked.Path()
	}
	h.Write([]byte(asked)) //nolint:errcheck // it never fails
	return h.Sum64()
}

// event runs the handler of the session's end. Only an engine that is overloaded
// makes it wait: an event that is owed is never dropped.
func (se *session) event(p hook.Point) {
	gen, v := se.now()
	h := handler(v, p)
	if !h.IsSet() {
		return
	}
	wait := 10 * time.Millisecond
	for {
		r, err := se.call(context.Background(), gen, v, p, EventTimeout)
		if errors.Is(err, js.ErrOverload) {
			time.Sleep(wait)
			wait = min(2*wait, time.Second)
			continue
		}
		if err == nil {
			_, err = hook.Decide(p, r)
		}
		if err != nil {
			se.server.failed(v.Name, h, p, se.id, err)
		}
		return
	}
}

// view is what the script is shown of the session.
func (se *session) view(v *conf.VHost, p hook.Point) *hook.Session {
	key := se.Key()
	var view *hook.Session
	if se.media == nil {
		view = hook.OfConnection(se.conn.Connection, v.Name)
	} else {
		view = hook.OfSession(se.media, key)
		if key.App != se.media.Asked.App || key.Stream != se.media.Asked.Stream {
			view.URL = publicURL(se.media.URL, se.media.Asked, key)
		}
	}
	view.Context = se.conn.data(v.Name)
	view.Hidden = v.Hidden()
	if p.Kind == hook.Event {
		view.Reason = se.why()
	}
	if se.media != nil {
		view.Live = se.server.stream(key)
		if p.Directive == hook.Publish.Directive && view.Live != nil {
			view.Publisher = view.Live.Publisher
		}
	}
	return view
}

// publicURL is the URL of a renamed stream: the name that was asked for does not
// appear in it, but for an extension of HTTP's.
func publicURL(url string, asked, key media.Key) string {
	base, query, has := strings.Cut(url, "?")
	i := strings.LastIndex(base, asked.Path())
	if i < 0 || strings.Contains(base[i+len(asked.Path()):], "/") {
		return "/" + key.Path()
	}
	base = base[:i] + key.Path() + base[i+len(asked.Path()):]
	if has {
		return base + "?" + query
	}
	return base
}
