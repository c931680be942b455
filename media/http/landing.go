package http

import (
	"bytes"
	_ "embed"
	"html/template"
	"net"
	"net/http"
	"strings"
)

//go:embed landing.html
var landingText string

// landing is the page at "/" of a server whose directory has no index.html.
var landing = template.Must(template.New("landing").Parse(landingText))

// serveLanding tells how to publish and to play at this very server.
func serveLanding(w http.ResponseWriter, r *http.Request) {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		if host = h; strings.Contains(h, ":") {
			host = "[" + h + "]"
		}
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	var b bytes.Buffer
	if err := landing.Execute(&b, struct{ Host, HTTP string }{host, scheme + "://" + r.Host}); err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(b.Bytes()) // the reader may be gone
}
