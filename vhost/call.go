package vhost

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"weir/conf"
	"weir/js"
	"weir/js/hook"
	"weir/media"
)

// judge reads from a result whether the handler denied. Its error is what is wrong
// with the result.
type judge func(js.Result) (denied bool, err error)

// do calls a handler with c's arguments in the unit of a vhost, "" for the
// server's own, and counts what it came to. Without a judge every result is good.
func (s *Server) do(ctx context.Context, gen *Generation, unit string, h conf.Handler, c js.Call, judge judge) (js.Result, error) {
	if gen.Caller == nil {
		return js.Result{}, js.ErrClosed
	}
	tally := s.counts.handlers.of(unit, h)
	c.Unit, c.Func = unit, h.Ref()
	c.Origin.VHost, c.Origin.Directive, c.Origin.Handler = unit, h.Directive, tally.name
	begun := time.Now()
	tally.pending.Add(1)
	r, err := gen.Caller.Call(ctx, c)
	tally.pending.Add(-1)
	took := time.Since(begun)
	var denied bool
	if err == nil && judge != nil {
		denied, err = judge(r)
	}
	tally.took.Observe(took)
	switch {
	case err != nil:
		tally.count(resultOf(err))
	case denied:
		tally.count(CallDeny)
	default:
		tally.count(CallOK)
	}
	if err == nil && isSlow(c.Budget, took, r.Ran) {
		s.warnOfSlow(tally, h, c, took, r.Ran)
	}
	return r, err
}

// isSlow says whether a call used more than half of its time, or ran for more than
// half of what it may run at a stretch.
func isSlow(b js.Budget, took, ran time.Duration) bool {
	return b.Wall > 0 && took > b.Wall/2 || b.CPU > 0 && ran > b.CPU/2
}

// warnOfSlow counts a slow call, and says so in the log once in a while.
func (s *Server) warnOfSlow(t *handlerTally, h conf.Handler, c js.Call, took, ran time.Duration) {
	n := t.slow.add(time.Now())
	if n == 0 {
		return
	}
	attrs := []any{"vhost", c.Unit, "directive", h.Directive, "handler", t.name, "at", position(h)}
	if c.Origin.Session != "" {
		attrs = append(attrs, "id", c.Origin.Session)
	}
	attrs = append(attrs, "took", took.Round(time.Microsecond), "limit", c.Budget.Wall)
	if ran > 0 {
		attrs = append(attrs, "ran", ran.Round(time.Microsecond), "cpu_limit", c.Budget.CPU)
	}
	s.log().Warn("script is slow", append(attrs, "count", n)...)
}

// position is where a handler is bound, "srs.conf:12:5".
func position(h conf.Handler) string {
	at := h.Span.Start
	return fmt.Sprintf("%s:%d:%d", at.File, at.Line, at.Col)
}

// failed notes a call that came to nothing, and says once in the log where, and
// for whom: the id of a session, or "".
func (s *Server) failed(unit string, h conf.Handler, id string, err error) {
	tally := s.counts.handlers.of(unit, h)
	fault := s.counts.faults.add(newFault(unit, h, tally.name, id, err))
	tally.last.Store(fault)
	attrs := []any{"vhost", unit, "directive", h.Directive, "handler", tally.name}
	if id != "" {
		attrs = append(attrs, "id", id)
	}
	attrs = append(attrs, "reason", fault.reason(err))
	if fault.Stack != "" {
		attrs = append(attrs, "stack", fault.Stack)
	}
	s.log().Error("script failed", attrs...)
}

// call runs the handler that v binds to p for the session, and reads its verdict;
// one that makes no sense is an error. The arguments stand behind the session.
func (se *session) call(ctx context.Context, gen *Generation, v *conf.VHost, p hook.Point, wall time.Duration, args ...js.Value) (hook.Verdict, error) {
	return se.ask(ctx, gen, v, p, wall, func(js.Value) error { return nil }, args...)
}

// ask is call for a handler whose value counts: read says what is wrong with it.
func (se *session) ask(ctx context.Context, gen *Generation, v *conf.VHost, p hook.Point, wall time.Duration, read func(js.Value) error, args ...js.Value) (hook.Verdict, error) {
	c := js.Call{
		Args:   append([]js.Value{se.view(v, p).Object()}, args...),
		Origin: js.Origin{Session: se.id},
		Budget: js.Budget{Wall: wall, CPU: v.JSCPULimit},
		Slot:   se.slot(v),
	}
	var verdict hook.Verdict
	_, err := se.server.do(ctx, gen, v.Name, handler(v, p), c, func(r js.Result) (denied bool, err error) {
		se.conn.setData(v.Name, hook.Context(r))
		se.keepVariables(v, r)
		if verdict, err = hook.Decide(p, r); err == nil {
			err = read(r.Value)
		}
		return verdict.Deny, err
	})
	return verdict, err
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
		_, err := se.call(context.Background(), gen, v, p, EventTimeout)
		if errors.Is(err, js.ErrOverload) {
			time.Sleep(wait)
			wait = min(2*wait, time.Second)
			continue
		}
		if err != nil {
			se.server.failed(v.Name, h, se.id, err)
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
	view.Variables = se.variables(v)
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
