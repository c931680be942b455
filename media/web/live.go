package web

import (
	"errors"
	"net/http"

	"weir/media"
)

// Format is a container that live streams over HTTP come in.
type Format struct {
	Protocol    string // "flv"; over WebSocket "ws-flv"
	Ext         string // ends the path of a stream's URL: ".flv"
	ContentType string
	// Framer returns the framer of a player; those of equal tracks are equal.
	Framer func(media.Tracks) media.Framer
}

// Live plays streams of a format: GET /app/stream.flv, and the same over WebSocket.
// It takes the connection over once the router has admitted the player, and costs
// no goroutine from then on. What stands in the response's headers already, it
// keeps.
type Live struct {
	Format
	Router media.Router
	// NotFound is asked when there is no such stream; there may be a file. Nil
	// answers with 404 and the router's reason.
	NotFound http.Handler
}

// ServeHTTP answers GET with the stream, and HEAD with what GET's headers would
// be, without asking the router.
func (l *Live) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
		l.play(w, r)
	case http.MethodHead:
		if _, err := PlaySession(r, l.Protocol, l.Ext); err != nil {
			l.refuse(w, r, err)
			return
		}
		(&plain{contentType: l.ContentType}).describe(w.Header())
	default:
		NotAllowed(w)
	}
}

func (l *Live) play(w http.ResponseWriter, r *http.Request) {
	var carry carrier = &plain{contentType: l.ContentType, chunked: r.ProtoAtLeast(1, 1)}
	protocol := l.Protocol
	if IsWebSocket(r) {
		ws, refused := upgrade(w, r)
		if refused {
			return
		}
		carry, protocol = ws, "ws-"+protocol
	}
	s, err := PlaySession(r, protocol, l.Ext)
	if err != nil {
		l.refuse(w, r, err)
		return
	}
	sub, err := l.Router.Play(r.Context(), s)
	if err != nil {
		l.refuse(w, r, err)
		return
	}
	var t media.Tracks
	if o, ok := sub.(interface{ Tracks() media.Tracks }); ok {
		t = o.Tracks()
	}
	take(w, r, sub, carry, l.Framer(t))
}

func (l *Live) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if l.NotFound != nil && errors.Is(err, media.ErrNotFound) {
		l.NotFound.ServeHTTP(w, r)
		return
	}
	Refuse(w, err)
}
