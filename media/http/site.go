package http

import (
	"net/http"
	"path"
	"strings"
	"sync/atomic"

	"weir/media"
	"weir/media/flv"
)

// Settings are what a reload changes, of http_server.
type Settings struct {
	// Dir is the directory of static files. It may be absent, or come later.
	Dir string
	// CrossDomain lets pages of every origin play (CORS), without credentials.
	CrossDomain bool
}

// Site is what the http_server listeners serve. The zero value serves streams of
// HTTP-FLV and no files.
type Site struct {
	// Mounts are the handlers of other protocols, by the extension of the path's
	// last element: ".m3u8". They come ahead of HTTP-FLV and files.
	Mounts map[string]http.Handler

	settings atomic.Pointer[Settings]
}

// Set changes the settings for the requests that follow.
func (s *Site) Set(set Settings) { s.settings.Store(&set) }

// Handler returns the handler of the site for streams of r.
func (s *Site) Handler(r media.Router) http.Handler {
	files := http.HandlerFunc(s.serveFile)
	streams := &flv.Handler{Router: r, NotFound: files}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.current().CrossDomain {
			allowOrigins(w.Header())
			if r.Method == http.MethodOptions {
				w.WriteHeader(http.StatusNoContent)
				return
			}
		}
		switch ext := path.Ext(r.URL.Path); {
		case strings.ContainsAny(r.URL.Path, "\x00\\") || !strings.HasPrefix(r.URL.Path, "/"):
			http.Error(w, "bad path", http.StatusBadRequest)
		case s.Mounts[ext] != nil:
			s.Mounts[ext].ServeHTTP(w, r)
		case ext == flv.Ext:
			streams.ServeHTTP(w, r)
		default:
			files.ServeHTTP(w, r)
		}
	})
}

func (s *Site) current() Settings {
	if set := s.settings.Load(); set != nil {
		return *set
	}
	return Settings{}
}

// allowOrigins lets scripts of every origin read the answer. Nothing here knows a
// viewer by a cookie, and credentials are not allowed.
func allowOrigins(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
	h.Set("Access-Control-Allow-Headers", "*")
	h.Set("Access-Control-Expose-Headers", "Content-Length, Content-Range, Date")
	h.Set("Access-Control-Max-Age", "86400")
}
