package vhost

import (
	"context"
	"errors"
	"strings"
	"time"

	"weir/conf"
	"weir/js"
	"weir/js/hook"
	"weir/media"
)

// call runs the handler that v binds to p for the session, and decides.
func (se *session) call(gen *Generation, v *conf.VHost, h conf.Handler, p hook.Point, wall time.Duration) (hook.Verdict, error) {
	if gen.Caller == nil {
		return hook.Verdict{}, js.ErrClosed
	}
	begun := time.Now()
	r, err := gen.Caller.Call(context.Background(), js.Call{
		Unit: v.Name, Func: h.Ref(), Args: []js.Value{se.view(v, p).Object()},
		Origin: js.Origin{VHost: v.Name, Directive: h.Directive, Handler: h.Ref().String(), Session: se.id},
		Budget: js.Budget{Wall: wall, CPU: v.JSCPULimit},
	})
	se.server.counts.called(v.Name, p, time.Since(begun))
	if err != nil {
		return hook.Verdict{}, err
	}
	se.conn.setData(v.Name, hook.Context(r))
	return hook.Decide(p, r)
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
		_, err := se.call(gen, v, h, p, EventTimeout)
		if errors.Is(err, js.ErrOverload) {
			time.Sleep(wait)
			wait = min(2*wait, time.Second)
			continue
		}
		if err != nil {
			se.server.counts.failed(v.Name, p)
			se.logFailure(v, h, err)
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
