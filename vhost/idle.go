package vhost

import (
	"time"

	"weir/media"
)

// errIdle ends a publisher for kickoff_for_idle.
var errIdle = &media.Kicked{Reason: "nobody has played the stream for kickoff_for_idle"}

// idle is when a publisher that nobody plays has to end.
type idle struct {
	*time.Timer
	due time.Time
}

// desert has a publisher end when nobody plays its stream from now on for as long as
// its vhost says. It is called when its last player leaves, too.
func (se *session) desert() {
	_, v := se.now()
	se.mu.Lock()
	defer se.mu.Unlock()
	if se.idle != nil {
		se.idle.Stop()
		se.idle = nil
	}
	wait := v.Publish.KickoffForIdle
	if wait == 0 || se.kind != media.KindPublish || se.cut == nil || se.over {
		return
	}
	se.idle = &idle{time.AfterFunc(wait, se.deserted), time.Now().Add(wait)}
}

// deserted ends the publisher unless somebody plays, or has played just now.
func (se *session) deserted() {
	s := se.server
	se.mu.Lock()
	key, early := se.key, se.idle == nil || time.Now().Before(se.idle.due)
	se.mu.Unlock()
	if s.players(key) == 0 && !early {
		se.end(errIdle)
	}
}
