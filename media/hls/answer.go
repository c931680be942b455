package hls

import (
	"bytes"
	"net/http"
	"strconv"
	"time"

	"weir/media"
)

// counter counts what a viewer is sent.
type counter struct {
	http.ResponseWriter
	session *media.Session
}

func (c counter) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.session.BytesOut.Add(uint64(n))
	c.session.Connection.BytesOut.Add(uint64(n))
	return n, err
}

// Unwrap serves http.ResponseController.
func (c counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// writePlaylist answers GET and HEAD; net/http leaves the body of the latter out.
func writePlaylist(w http.ResponseWriter, text []byte, caching string) {
	h := w.Header()
	h.Set("Content-Type", "application/vnd.apple.mpegurl")
	h.Set("Content-Length", strconv.Itoa(len(text)))
	h.Set("Cache-Control", caching)
	_, _ = w.Write(text) // the viewer may be gone
}

// writeSegment answers GET and HEAD, ranges and conditions. The viewer has two
// windows' time to take it.
func writeSegment(w http.ResponseWriter, r *http.Request, win *window, s *segment, caching string) {
	h := w.Header()
	h.Set("Content-Type", "video/mp2t")
	h.Set("ETag", s.etag(win.id))
	h.Set("Cache-Control", caching+", max-age="+strconv.Itoa(int(win.silence().Seconds())))
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(win.silence())) // a recorder has none
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(s.data))
}
