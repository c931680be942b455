package vhost

import (
	"net/http"

	"weir/js/hook"
	"weir/media"
)

// errFull keeps out who would be one more than a script's maxSessions.
var errFull = &media.Denied{Code: http.StatusTooManyRequests, Reason: "too many sessions"}

// room says whether a connection or a publish of the vhost fits in a script's
// maxSessions, beside the others: those whose place it takes do not count. The
// server's lock is held.
func (s *Server) room(v hook.Verdict, kind string, key media.Key, but *session) error {
	if v.MaxSessions == 0 {
		return nil
	}
	n := 1
	switch kind {
	case media.KindPublish:
		for k, se := range s.publishers {
			if k.VHost == key.VHost && se != but {
				n++
			}
		}
	case media.KindConnect:
		for _, se := range s.sessions {
			if se.kind == kind && se != but && se.vhost.Name == key.VHost && se.counted {
				n++
			}
		}
	}
	if n > v.MaxSessions {
		return errFull
	}
	return nil
}

// join adds a player to a stream's audience, if it fits in a script's maxSessions.
func (s *Server) join(key media.Key, v hook.Verdict) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v.MaxSessions > 0 && s.audience[key] >= v.MaxSessions {
		return errFull
	}
	s.audience[key]++
	return nil
}

// part takes a player from a stream's audience.
func (s *Server) part(key media.Key) {
	s.mu.Lock()
	var holder *session
	if s.audience[key]--; s.audience[key] == 0 {
		delete(s.audience, key)
		holder = s.publishers[key]
	}
	s.mu.Unlock()
	if holder != nil {
		holder.desert()
	}
}
