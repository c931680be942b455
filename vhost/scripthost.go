package vhost

import (
	"context"
	"log/slog"

	"weir/js"
	"weir/media"
)

// Server is what scripts ask: it implements js.Host, within the vhost of the
// script that asks.
var _ js.Host = (*Server)(nil)

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

// Kick implements js.Host.
func (s *Server) Kick(o js.Origin, id, reason string) bool {
	return s.kick(id, reason, func(vhost string) bool { return vhost == o.VHost })
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

// Live implements js.Host.
func (s *Server) Live(o js.Origin, name string) []*js.Object {
	var list []*js.Object
	for _, st := range s.Streams() {
		if st.Key.VHost == o.VHost && (name == "" || st.Key.Path() == name) {
			list = append(list, st.Object())
		}
	}
	return list
}

// Dict implements js.Host.
func (s *Server) Dict(_ js.Origin, zone, op string, args []js.Value) (js.Value, error) {
	if s.Dicts == nil {
		return nil, &js.Throw{Class: "Error", Message: "no js_shared_dict_zone is declared"}
	}
	return s.Dicts.Do(zone, op, args)
}
