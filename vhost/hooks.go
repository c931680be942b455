package vhost

import (
	"context"

	"weir/conf"
	"weir/js/hook"
)

// Hooks are the back ends that http_hooks names; httphooks.Client implements it.
type Hooks interface {
	// Ask asks at a gate whether the session is admitted; nil admits, as do hooks
	// that are not configured. An error is the peer's answer.
	Ask(ctx context.Context, v *conf.VHost, p hook.Point, s *hook.Session) error
	// Tell says that a session has ended which Ask admitted. It does not wait, and
	// keeps the order of a connection's events.
	Tell(v *conf.VHost, p hook.Point, s *hook.Session)
}

// asks says whether v's back ends have a say at gates.
func (s *Server) asks(v *conf.VHost) bool { return s.Hooks != nil && v.HTTPHooks.Enabled }
