package vhost

import (
	"context"
	"fmt"

	"weir/js"
	"weir/js/hook"
	"weir/media"
)

// pick returns the name that a session's vhost is looked up by: what js_vhost
// says, or else the one that was asked for. m is nil for a connection.
func (s *Server) pick(ctx context.Context, c *media.Connection, m *media.Session, asked string) (name string, picked bool, err error) {
	gen := s.current("")
	if gen == nil {
		return asked, false, nil
	}
	defer gen.release("")
	h := gen.Conf.JSVHost
	if !h.IsSet() || !hasNames(c, m) {
		return asked, false, nil
	}
	view := hook.OfConnection(c, asked)
	if m != nil {
		view = hook.OfSession(m, media.Key{VHost: asked, App: m.Asked.App, Stream: m.Asked.Stream})
	}
	view.Hidden = gen.Conf.Hidden()
	view.Variables = variablesOf(gen.Conf.JSVars, gen.Conf.Sets)
	_, err = s.do(ctx, gen, "", h, js.Call{
		Args:   []js.Value{view.Object()},
		Origin: js.Origin{Session: view.ID},
		Budget: js.Budget{Wall: gen.Conf.JSTimeout, CPU: gen.Conf.JSCPULimit},
	}, func(r js.Result) (denied bool, err error) {
		if _, err = hook.Decide(hook.VHost, r); err == nil { // there is nothing to decide here
			name, err = hook.Text(r.Value)
		}
		return false, err
	})
	if ctx.Err() != nil {
		return "", false, ctx.Err() //nolint:wrapcheck // the peer has left
	}
	switch {
	case err == nil && name != "":
		return name, true, nil
	case err == nil:
		return asked, false, nil
	}
	s.failed("", h, view.ID, fmt.Errorf("pick the vhost: %w", err))
	if gen.Conf.JSFail == "open" {
		return asked, false, nil
	}
	return "", false, errHookFailed
}

// hasNames says whether the names of a session are such as scripts may see.
func hasNames(c *media.Connection, m *media.Session) bool {
	if m != nil {
		return media.CheckName(m.Asked.App, m.Asked.Stream) == nil
	}
	return c.App == "" || media.CheckApp(c.App) == nil
}

// current is the present generation, held for a unit; nil once it has ended.
func (s *Server) current(unit string) *Generation {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.gen.hold(unit) {
		return nil
	}
	return s.gen
}
