package http

import (
	"net/http"

	"weir/conf"
	"weir/js/hook"
)

// filter has a js_header_filter edit the headers of answers.
type filter struct {
	http.ResponseWriter
	exchange *exchange
	handler  conf.Handler
	written  bool
}

// WriteHeader implements http.ResponseWriter.
func (f *filter) WriteHeader(status int) {
	if f.written {
		return
	}
	if status >= 200 {
		f.written = true
		status = f.EditHeader(status, f.Header())
	}
	f.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (f *filter) Write(b []byte) (int, error) {
	f.WriteHeader(http.StatusOK)
	return f.ResponseWriter.Write(b)
}

// Unwrap serves http.ResponseController.
func (f *filter) Unwrap() http.ResponseWriter { return f.ResponseWriter }

// EditHeader implements web.HeaderEditor. What fails leaves the headers as they are.
func (f *filter) EditHeader(status int, h http.Header) (edited int) {
	e := f.exchange
	e.view.Status = status
	own := f.ResponseWriter
	f.ResponseWriter = headed{own, h}
	a, err := e.call(f.handler, hook.ForFilter)
	f.ResponseWriter = own
	if err != nil {
		return status
	}
	length := h.Get("Content-Length")
	a.Apply(h)
	tidy(h, status)
	switch { // only the answer's writer knows how long it is
	case length == "":
		h.Del("Content-Length")
	case h.Get("Content-Length") != "":
		h.Set("Content-Length", length)
	}
	if a.Status >= 200 && hasBody(a.Status) == hasBody(status) {
		return a.Status
	}
	return status
}

// headed is a writer whose headers stand elsewhere.
type headed struct {
	http.ResponseWriter
	header http.Header
}

// Header implements http.ResponseWriter.
func (w headed) Header() http.Header { return w.header }
