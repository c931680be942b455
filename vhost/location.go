package vhost

import (
	"context"
	"errors"
	"hash/fnv"

	"weir/conf"
	"weir/js"
	"weir/js/hook"
)

// Locations run the scripts of http_server's locations under one generation, in the
// server's own unit.
type Locations struct {
	server  *Server
	gen     *Generation
	request hook.Request
}

// Locations returns what runs the scripts of locations under g.
func (s *Server) Locations(g *Generation) *Locations {
	return &Locations{server: s, gen: g, request: hook.Request{Variables: variablesOf(g.Conf.JSVars, g.Conf.Sets), Hidden: g.Conf.Hidden()}}
}

// Hold keeps the scripts until release is called; false when they have ended.
func (l *Locations) Hold() (release func(), ok bool) {
	if !l.gen.hold("") {
		return nil, false
	}
	return func() { l.gen.release("") }, true
}

// Request is what each request begins with: its variables, and what is hidden.
func (l *Locations) Request() hook.Request { return l.request }

// Call runs a handler for a request, and keeps what it makes of variables. An error
// has been logged, but for that of ctx. The scripts must be held.
func (l *Locations) Call(ctx context.Context, h conf.Handler, r *hook.Request) (hook.Response, error) {
	var a hook.Response
	_, err := l.server.do(ctx, l.gen, "", h, l.callOf(r), func(result js.Result) (denied bool, err error) {
		r.Variables.Keep(result)
		a, err = hook.ReadResponse(result)
		if err == nil && r.Phase == hook.ForContent && a.End != hook.Answer && a.End != hook.Redirect {
			err = errUnanswered
		}
		return r.Phase == hook.ForAccess && a.End == hook.Answer, err
	})
	if err != nil && ctx.Err() == nil {
		l.server.failed("", h, r.ID, err)
	}
	return a, err
}

// errUnanswered is the failure of a js_content that has ended, and said nothing.
var errUnanswered = errors.New("the request was not answered: call r.return, or r.send and r.finish")

// callOf is a call with a request.
func (l *Locations) callOf(r *hook.Request) js.Call {
	return js.Call{
		Args:   []js.Value{r.Object()},
		Origin: js.Origin{Session: r.ID},
		Budget: js.Budget{Wall: l.gen.Conf.JSTimeout, CPU: l.gen.Conf.JSCPULimit},
		Slot:   l.slot(r),
	}
}

// slot keeps a request with one of several VMs.
func (l *Locations) slot(r *hook.Request) uint64 {
	if l.gen.Conf.JSWorkers == 1 {
		return 0
	}
	h := fnv.New64a()
	h.Write([]byte(r.ID)) //nolint:errcheck // it never fails
	return h.Sum64()
}
