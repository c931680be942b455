package flv

import (
	"bytes"
	"errors"
	"net/http"
	"time"

	"weir/media"
	"weir/media/web"
)

// Ext ends the path of a stream's URL: /app/stream.flv.
const Ext = ".flv"

// Handler plays streams over HTTP-FLV (GET /app/stream.flv). It takes the
// connection over once the router has admitted the player, and costs no goroutine
// from then on. What stands in the response's headers already, it keeps.
type Handler struct {
	Router media.Router
	// NotFound is asked when there is no such stream; there may be a file. Nil
	// answers with 404 and the router's reason.
	NotFound http.Handler
}

// ServeHTTP answers GET with the stream, and HEAD with what GET's headers would
// be, without asking the router.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	s, err := web.PlaySession(r, "flv", Ext)
	if err != nil {
		h.refuse(w, r, err)
		return
	}
	if r.Method == http.MethodHead {
		describe(w.Header())
		return
	}
	sub, err := h.Router.Play(r.Context(), s)
	if err != nil {
		h.refuse(w, r, err)
		return
	}
	take(w, r, sub)
}

func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if h.NotFound != nil && errors.Is(err, media.ErrNotFound) {
		h.NotFound.ServeHTTP(w, r)
		return
	}
	web.Refuse(w, err)
}

// take moves the connection from the HTTP server to the subscription.
func take(w http.ResponseWriter, r *http.Request, sub media.Subscription) {
	h := w.Header().Clone()
	describe(h)
	if e, ok := w.(web.HeaderEditor); ok {
		e.EditHeader(http.StatusOK, h)
		h.Set("Connection", "close")
	}
	head := responseHead(h)
	free := web.TakePlace(r.Context())
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		sub.Close(err)
		web.Refuse(w, err)
		return
	}
	c := media.Conn{Net: conn, Hello: head, Closed: func(error) { free() }}
	if err := sub.Attach(c, Framer{}); err != nil {
		sub.Close(err)
		_ = conn.Close() // nobody is left to tell
		free()
	}
}

// describe sets the headers of a stream. Its end is the connection's: no length,
// no chunks, and so HTTP/1.0 is served as well (RFC 9112, 6.3).
func describe(h http.Header) {
	h.Set("Content-Type", "video/x-flv")
	h.Set("Cache-Control", "no-cache")
	h.Set("Connection", "close")
}

// responseHead is the head of the response that h belongs to.
func responseHead(h http.Header) []byte {
	h.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 200 OK\r\n")
	_ = h.Write(&b) // a Buffer takes everything
	b.WriteString("\r\n")
	return b.Bytes()
}
