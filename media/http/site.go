package http

import (
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync/atomic"

	"weir/js/hook"
	"weir/media"
	"weir/media/es"
	"weir/media/flv"
	"weir/media/ts"
	"weir/media/web"
)

// Settings are what a reload changes, of http_server.
type Settings struct {
	// Dir is the directory of static files. It may be absent, or come later.
	Dir string
	// CrossDomain lets pages of every origin play (CORS), without credentials.
	CrossDomain bool
	// Locations are what scripts do; nil: nothing.
	Locations *Locations
	// Access logs the requests; nil: nothing does.
	Access Access
}

// formats are those of http_remux.
var formats = []web.Format{flv.Format, ts.Format, es.AAC, es.MP3}

// Site is what the http_server listeners serve. The zero value serves live streams
// and no files.
type Site struct {
	// Mounts are the handlers of other protocols, by the extension of the path's
	// last element: ".m3u8". They come ahead of live streams and files.
	Mounts map[string]http.Handler

	settings atomic.Pointer[Settings]
	streams  atomic.Pointer[map[string]*web.Live]
	exchanges
}

// Set changes the settings for the requests that follow.
func (s *Site) Set(set Settings) { s.settings.Store(&set) }

// Handler returns the handler of the site for streams of r.
func (s *Site) Handler(r media.Router) http.Handler {
	streams := map[string]*web.Live{}
	for _, f := range formats {
		streams[f.Ext] = &web.Live{Format: f, Router: r, NotFound: http.HandlerFunc(s.serveFile)}
	}
	s.streams.CompareAndSwap(nil, &streams)
	return s
}

// ServeHTTP answers with what a script, a stream or a file has to say.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if a := s.current().Access; a != nil {
		s.log(a, w, r)
		return
	}
	s.answer(w, r)
}

// answer answers a request, and returns what scripts were told of it; nil if they
// were not.
func (s *Site) answer(w http.ResponseWriter, r *http.Request) *hook.Request {
	if strings.ContainsAny(r.URL.Path, "\x00\\") || !strings.HasPrefix(r.URL.Path, "/") {
		s.allowOrigins(w, nil)
		http.Error(w, "bad path", http.StatusBadRequest)
		return nil
	}
	for {
		l := s.current().Locations
		if l == nil || l.find(normal(r.URL.Path)) == nil {
			if !s.allowOrigins(w, r) {
				s.serve(w, r)
			}
			return nil
		}
		release, ok := l.Scripts.Hold()
		if !ok && s.current().Locations != l {
			continue // a reload has just replaced them
		}
		if !ok {
			writePage(w, http.StatusServiceUnavailable) // the server ends
			return nil
		}
		defer release()
		e := s.newExchange(l, w, r)
		e.run()
		return &e.view
	}
}

// serve answers with a stream or a file.
func (s *Site) serve(w http.ResponseWriter, r *http.Request) {
	if web.IsWebSocket(r) && !s.current().CrossDomain && foreign(r) {
		writePage(w, http.StatusForbidden)
		return
	}
	if m := s.Mounts[path.Ext(r.URL.Path)]; m != nil {
		m.ServeHTTP(w, r)
		return
	}
	s.ServeLive(w, r)
}

// ServeLive answers with a live stream or a file: it is for mounts whose handlers
// do not know what is asked for.
func (s *Site) ServeLive(w http.ResponseWriter, r *http.Request) {
	if l := s.live(r); l != nil {
		l.ServeHTTP(w, r)
		return
	}
	s.serveFile(w, r)
}

// live is what plays a request's stream; nil when it asks for none.
func (s *Site) live(r *http.Request) *web.Live {
	return (*s.streams.Load())[path.Ext(r.URL.Path)]
}

// foreign says whether a request comes from a page of another origin. Browsers let
// pages open WebSockets anywhere, and leave it to the server.
func foreign(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return false
	}
	u, err := url.Parse(origin)
	return err != nil || !strings.EqualFold(u.Host, r.Host)
}

func (s *Site) current() Settings {
	if set := s.settings.Load(); set != nil {
		return *set
	}
	return Settings{}
}

// allowOrigins lets scripts of every origin read the answer, if they may. Nothing
// here knows a viewer by a cookie, and credentials are not allowed. It answers a
// request that asks for that alone, and reports true.
func (s *Site) allowOrigins(w http.ResponseWriter, r *http.Request) (answered bool) {
	if !s.current().CrossDomain {
		return false
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
	h.Set("Access-Control-Allow-Headers", "*")
	h.Set("Access-Control-Expose-Headers", "Content-Length, Content-Range, Date")
	h.Set("Access-Control-Max-Age", "86400")
	if r == nil || r.Method != http.MethodOptions {
		return false
	}
	w.WriteHeader(http.StatusNoContent)
	return true
}
