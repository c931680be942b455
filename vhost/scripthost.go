package vhost

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"weir/js"
	"weir/js/hook"
	"weir/media"
)

// Server is what scripts ask: it implements js.Host, within the vhost of the
// script that asks.
var _ js.Host = (*Server)(nil)

// Executor does what scripts ask that is not about media, as js.Host.Ask does.
type Executor interface {
	Ask(ctx context.Context, o js.Origin, op string, args []js.Value) (js.Value, error)
}

var slogLevels = map[js.Level]slog.Level{
	js.LevelError: slog.LevelError, js.LevelWarn: slog.LevelWarn, js.LevelInfo: slog.LevelInfo, js.LevelDebug: slog.LevelDebug,
}

// Log implements js.Host.
func (s *Server) Log(o js.Origin, level js.Level, message string) {
	var attrs []slog.Attr
	for _, a := range [][2]string{{"vhost", o.VHost}, {"directive", o.Directive}, {"handler", o.Handler}, {"id", o.Session}} {
		if a[1] != "" {
			attrs = append(attrs, slog.String(a[0], a[1]))
		}
	}
	s.log().LogAttrs(context.Background(), slogLevels[level], message, attrs...)
}

// Ask implements js.Host: "kick", of a session's ID and a reason, is whether it
// was there; "live", of "app/stream" or "", lists streams, and "clients" who
// publishes and plays; "dict" is
// shared.Dicts.Answer; "fault" is told of a js_set whose value a script asked for. All
// are of the origin's vhost alone.
// Requests executes what begins with "http.". What else is asked, Scripts executes.
func (s *Server) Ask(ctx context.Context, o js.Origin, op string, args []js.Value) (js.Value, error) {
	return s.ask(ctx, s.Scripts, o, op, args)
}

func (s *Server) ask(ctx context.Context, scripts Executor, o js.Origin, op string, args []js.Value) (js.Value, error) {
	switch op {
	case "kick":
		return s.kick(word(args, 0), word(args, 1), func(vhost string) bool { return vhost == o.VHost }), nil
	case "live":
		return s.live(o.VHost, word(args, 0)), nil
	case "clients":
		return s.clients(o.VHost), nil
	case "dict":
		if s.Dicts == nil {
			return nil, &js.Throw{Class: "Error", Message: "no js_shared_dict_zone is declared"}
		}
		return s.Dicts.Answer(o.VHost, args)
	}
	if op == "fault" {
		return nil, s.blame(o, args)
	}
	if strings.HasPrefix(op, "http.") && s.Requests != nil {
		return s.Requests.Ask(ctx, o, op, args)
	}
	if scripts != nil {
		return scripts.Ask(ctx, o, op, args)
	}
	return nil, fmt.Errorf("%s: no such operation", op)
}

// word is the i-th argument; "" if it is no string.
func word(args []js.Value, i int) string {
	if i >= len(args) {
		return ""
	}
	s, _ := args[i].(string)
	return s
}

// KickAny ends a session of any vhost; false if there is none of that ID.
func (s *Server) KickAny(id, reason string) bool {
	return s.kick(id, reason, func(string) bool { return true })
}

func (s *Server) kick(id, reason string, may func(vhost string) bool) bool {
	s.mu.Lock()
	se := s.sessions[id]
	ok := se != nil && may(se.vhost.Name)
	s.mu.Unlock()
	if !ok {
		return false
	}
	se.end(&media.Kicked{Reason: reason}) // which waits for nobody: a script may kick its own session
	return true
}

// live are the streams of a vhost: all, or the one named "app/stream".
func (s *Server) live(vhost, name string) []js.Value {
	hidden := s.hidden(vhost)
	list := []js.Value{}
	for _, st := range s.Streams() {
		if st.Key.VHost == vhost && (name == "" || st.Key.Path() == name) {
			list = append(list, hidden.Object(st.Object()))
		}
	}
	return list
}

// clients are the publishes and plays of a vhost.
func (s *Server) clients(vhost string) []js.Value {
	hidden := s.hidden(vhost)
	list := []js.Value{}
	for _, c := range s.Clients() {
		if c.Key.VHost != vhost {
			continue
		}
		m := c.Session
		view := hook.Client{
			ID: c.ID, Kind: c.Kind, Key: c.Key, Protocol: m.Connection.Protocol, Remote: m.Connection.Remote,
			StartedAt: m.StartedAt, BytesIn: m.BytesIn.Load(), BytesOut: m.BytesOut.Load(),
		}
		list = append(list, hidden.Object(view.Object()))
	}
	return list
}

// hidden is what a vhost's scripts do not see.
func (s *Server) hidden(vhost string) hook.Hidden {
	if v := s.Generation().vhosts[vhost]; v != nil {
		return v.Hidden()
	}
	return nil
}
