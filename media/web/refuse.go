package web

import (
	"context"
	"errors"
	"io"
	"net/http"

	"weir/media"
)

// Refuse answers a request that the router, or PlaySession, kept out with err: the
// status of Status and the reason as text, or a redirect.
func Refuse(w http.ResponseWriter, err error) {
	code := Status(err)
	text := err.Error()
	if code == http.StatusInternalServerError {
		text = http.StatusText(code) // of no use to a player
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	var denied *media.Denied
	if errors.As(err, &denied) && denied.Redirect != "" {
		h.Set("Location", denied.Redirect)
	}
	w.WriteHeader(code)
	_, _ = io.WriteString(w, text+"\n") // the player may be gone
}

// Status returns the HTTP status that says err: a *Denied's own code, if it is one of a
// refusal, and 500 for what this package does not know. A request whose context was
// cancelled met the server's end, or nobody reads the answer.
func Status(err error) int {
	var denied *media.Denied
	switch {
	case errors.As(err, &denied):
		return deniedStatus(denied)
	case errors.Is(err, media.ErrBadName):
		return http.StatusBadRequest
	case errors.Is(err, media.ErrNotFound), errors.Is(err, media.ErrUnpublished):
		return http.StatusNotFound
	case errors.Is(err, media.ErrBusy):
		return http.StatusConflict
	case errors.Is(err, media.ErrShutdown), errors.Is(err, media.ErrOverload), errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable
	case errors.As(err, new(*media.Kicked)):
		return http.StatusForbidden
	}
	return http.StatusInternalServerError
}

func deniedStatus(d *media.Denied) int {
	switch {
	case d.Redirect != "" && (d.Code == 301 || d.Code == 303 || d.Code == 307 || d.Code == 308):
		return d.Code
	case d.Redirect != "":
		return http.StatusFound
	case d.Code >= 400 && d.Code < 600:
		return d.Code
	}
	return http.StatusForbidden
}
