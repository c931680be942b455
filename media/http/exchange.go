package http

import (
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"time"

	"weir/conf"
	"weir/js/hook"
	"weir/media"
)

// maxRedirects bounds the internal redirects of a request, as in nginx.
const maxRedirects = 10

// exchange is a request, or a subrequest, on its way through the locations.
type exchange struct {
	site   *Site
	in     *Locations
	w      http.ResponseWriter
	r      *http.Request // with the URL that it was redirected to
	parent *exchange     // of a subrequest

	path string // normalized, or "@name"
	view hook.Request
	body body
}

// newExchange makes the exchange of a request; Scripts are held.
func (s *Site) newExchange(l *Locations, w http.ResponseWriter, r *http.Request) *exchange {
	e := &exchange{site: s, in: l, w: w, r: r, path: normal(r.URL.Path), view: l.Scripts.Request()}
	look(&e.view, r)
	e.body.limit = l.MaxBody
	return e
}

// look sees what a request says.
func look(v *hook.Request, r *http.Request) {
	v.ID, v.Method, v.Target, v.Header, v.Host = media.NewID(), r.Method, r.RequestURI, r.Header, r.Host
	v.Version, v.Scheme, v.Begun = strings.TrimPrefix(r.Proto, "HTTP/"), "http", time.Now()
	if r.TLS != nil {
		v.Scheme = "https"
	}
	v.Remote, v.Local = addresses(r)
	v.TLS = r.TLS
	if r.Host != "" {
		v.Header = r.Header.Clone()
		v.Header["Host"] = []string{r.Host}
	}
}

func addresses(r *http.Request) (remote, local netip.AddrPort) {
	remote, _ = netip.ParseAddrPort(r.RemoteAddr) // as net/http wrote it
	if a, ok := r.Context().Value(http.LocalAddrContextKey).(interface{ AddrPort() netip.AddrPort }); ok {
		local = a.AddrPort()
	}
	return remote, local
}

// run has the location of the path answer, and those that it is redirected to.
func (e *exchange) run() {
	for range maxRedirects {
		l := e.in.find(e.path)
		if l == nil {
			l = &conf.Location{}
		}
		again := e.visit(l)
		if !again {
			return
		}
	}
	writePage(e.w, http.StatusInternalServerError)
}

// visit has a location answer; true if it sends the request to another.
func (e *exchange) visit(l *conf.Location) (again bool) {
	if l.HeaderFilter.IsSet() {
		w := e.w
		e.w = &filter{ResponseWriter: w, exchange: e, handler: l.HeaderFilter}
		defer func() { e.w = w }()
	}
	if e.parent == nil && !l.Content.IsSet() && e.site.allowOrigins(e.w, e.r) {
		return false
	}
	if l.Access.IsSet() && e.parent == nil {
		done, again := e.access(l.Access)
		if done || again {
			return again
		}
	}
	if l.Content.IsSet() {
		return e.content(l.Content)
	}
	if strings.HasPrefix(e.path, "@") {
		writePage(e.w, http.StatusNotFound)
		return false
	}
	e.serve()
	return false
}

// access asks js_access whether the request is let in.
func (e *exchange) access(h conf.Handler) (done, again bool) {
	a, err := e.call(h, hook.ForAccess)
	switch {
	case e.r.Context().Err() != nil:
		return true, false // nobody waits for an answer
	case err != nil && e.body.tooLarge():
		writePage(e.w, http.StatusRequestEntityTooLarge)
		return true, false
	case err != nil && e.in.Open:
		return false, false
	case err != nil:
		writePage(e.w, http.StatusForbidden)
		return true, false
	}
	a.Apply(e.w.Header())
	switch a.End {
	case hook.Answer:
		e.answer(a)
		return true, false
	case hook.Redirect:
		return true, e.redirect(a.URI)
	}
	tidy(e.w.Header(), http.StatusOK)
	e.w.Header().Del("Content-Length") // which who answers knows
	return false, false
}

// content has js_content answer.
func (e *exchange) content(h conf.Handler) (again bool) {
	if err := e.body.read(e.r); err != nil {
		e.refuseBody()
		return false
	}
	a, err := e.call(h, hook.ForContent)
	switch {
	case e.r.Context().Err() != nil:
		return false // nobody waits for an answer
	case err != nil:
		writePage(e.w, http.StatusInternalServerError)
		return false
	}
	a.Apply(e.w.Header())
	switch a.End {
	case hook.Answer:
		e.answer(a)
	case hook.Redirect:
		return e.redirect(a.URI)
	default:
		writePage(e.w, http.StatusInternalServerError)
	}
	return false
}

// call runs a handler, which meanwhile may ask for more of the request.
func (e *exchange) call(h conf.Handler, p hook.Phase) (hook.Response, error) {
	e.show(p)
	e.site.enter(e)
	defer e.site.leave(e)
	return e.in.Scripts.Call(e.r.Context(), h, &e.view)
}

// show brings the view up to date.
func (e *exchange) show(p hook.Phase) {
	v := &e.view
	v.Phase, v.URI, v.Query, v.Out = p, e.path, e.r.URL.RawQuery, e.w.Header()
	if strings.HasPrefix(e.path, "@") {
		v.URI = normal(e.r.URL.Path)
	}
	v.Body, v.BodyRead, v.BodySize = e.body.shown()
}

// redirect gives the request another path, or name of a location; false if that
// cannot be.
func (e *exchange) redirect(to string) bool {
	e.view.Internal = true
	if strings.HasPrefix(to, "@") {
		if e.in.find(to) == nil {
			writePage(e.w, http.StatusInternalServerError)
			return false
		}
		e.path = to
		return true
	}
	u, err := internalURL(to)
	if err != nil {
		writePage(e.w, http.StatusInternalServerError)
		return false
	}
	e.r = withURL(e.r, u)
	e.path = normal(u.Path)
	return true
}

// internalURL reads a path with its query. A character that a URL cannot have
// stands for itself.
func internalURL(to string) (*url.URL, error) {
	p, query, _ := strings.Cut(to, "?")
	u, err := url.ParseRequestURI(p)
	if err != nil {
		if !strings.HasPrefix(p, "/") {
			return nil, err
		}
		u = &url.URL{Path: p}
	}
	return &url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: query}, nil
}

// withURL is a request for another URL.
func withURL(r *http.Request, u *url.URL) *http.Request {
	to := *r
	to.URL = u
	return &to
}

// serve answers with a live stream or a file.
func (e *exchange) serve() {
	mount := e.site.Mounts[path.Ext(e.r.URL.Path)]
	if e.parent != nil && mount == nil && e.site.live(e.r) != nil { // which would not end
		e.site.serveFile(e.w, e.r)
		return
	}
	e.site.serve(e.w, e.r)
}
