package http

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"weir/js/hook"
)

// statusClose closes the connection without an answer, as in nginx.
const statusClose = 444

// answer writes what a script has answered. Its changes of the headers are applied.
func (e *exchange) answer(a hook.Response) {
	h := e.w.Header()
	status := a.Status
	switch {
	case status == 0:
		status = http.StatusOK
	case status == statusClose && e.parent == nil:
		panic(http.ErrAbortHandler)
	case status < 200:
		writePage(e.w, http.StatusInternalServerError)
		return
	}
	body := a.Body
	switch {
	case a.Whole && isRedirect(status) && bytes.ContainsAny(body, "\r\n\x00"):
		writePage(e.w, http.StatusInternalServerError)
		return
	case a.Whole && isRedirect(status) && body != nil:
		h.Set("Location", string(body))
		writePage(e.w, status)
		return
	case a.Whole && body == nil && status >= 300 && hasBody(status):
		writePage(e.w, status)
		return
	}
	tidy(h, status)
	if hasBody(status) && (e.r.Method != http.MethodHead || len(body) > 0 || h.Get("Content-Length") == "") {
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	if h.Get("Content-Type") == "" && hasBody(status) {
		h.Set("Content-Type", "text/plain")
	}
	e.w.WriteHeader(status)
	if hasBody(status) {
		_, _ = e.w.Write(body) // the peer may be gone
	}
}

// tidy takes away what is the server's to say: how long the answer is, and how the
// connection goes on.
func tidy(h http.Header, status int) {
	h.Del("Transfer-Encoding")
	h.Del("Trailer")
	if h.Get("Connection") != "close" {
		h.Del("Connection")
	}
	if !hasBody(status) {
		h.Del("Content-Length")
	}
}

func isRedirect(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

func hasBody(status int) bool { return status >= 200 && status != 204 && status != 304 }

// writePage answers with a page that says the status.
func writePage(w http.ResponseWriter, status int) {
	h := w.Header()
	tidy(h, status)
	title := strconv.Itoa(status)
	if text := http.StatusText(status); text != "" {
		title += " " + text
	}
	text := fmt.Sprintf("<html>\n<head><title>%s</title></head>\n<body>\n<center><h1>%s</h1></center>\n<hr><center>weir</center>\n</body>\n</html>\n", title, title)
	h.Set("Content-Type", "text/html")
	h.Set("Content-Length", strconv.Itoa(len(text)))
	h.Del("Content-Encoding")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // the peer may be gone
}
