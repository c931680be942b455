package media

import (
	"errors"
	"fmt"
)

// What keeps a session out, or ends it.
var (
	ErrBusy        = errors.New("stream is being published by another session")
	ErrNotFound    = errors.New("no such stream")
	ErrBadName     = errors.New("bad name")
	ErrShutdown    = errors.New("server is shutting down")
	ErrUnpublished = errors.New("publisher has left")
	ErrSlow        = errors.New("player is too slow")
	ErrSilent      = errors.New("player does not answer")
	ErrTakenOver   = errors.New("stream was taken over by another publisher")
	ErrOverload    = errors.New("server is overloaded")
)

// Denied is a refusal with the code and the reason that the peer is told.
type Denied struct {
	Code     int    // of HTTP; 403 unless the script says otherwise
	Reason   string // for the peer; may be empty
	Redirect string // URL to go to instead; then Code is 302
}

func (d *Denied) Error() string {
	if d.Reason == "" {
		return fmt.Sprintf("denied (%d)", d.Code)
	}
	return d.Reason
}

// Kicked is the end of a session by an operator or a script.
type Kicked struct{ Reason string }

func (k *Kicked) Error() string {
	if k.Reason == "" {
		return "kicked"
	}
	return "kicked: " + k.Reason
}
