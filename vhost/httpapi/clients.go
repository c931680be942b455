package httpapi

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"weir/media"
	"weir/vhost"
)

type clientShape struct {
	ID        string    `json:"id"`
	VHost     string    `json:"vhost"`
	Stream    string    `json:"stream"`
	IP        string    `json:"ip"`
	PageURL   string    `json:"pageUrl"`
	SWFURL    string    `json:"swfUrl"`
	TCURL     string    `json:"tcUrl"` // "" of what did not come by RTMP
	URL       string    `json:"url"`
	Name      string    `json:"name"`
	Type      string    `json:"type"` // "rtmp-play", "rtmp-publish", "flv-play", "hls-play"
	Publish   bool      `json:"publish"`
	Alive     float64   `json:"alive"` // seconds
	SendBytes uint64    `json:"send_bytes"`
	RecvBytes uint64    `json:"recv_bytes"`
	Kbps      kbpsShape `json:"kbps"`
}

func (s *Server) clients(w http.ResponseWriter, r *http.Request) {
	list := []clientShape{}
	for _, c := range page(r, s.Vhosts.Clients()) {
		list = append(list, s.clientOf(c))
	}
	s.answer(w, codeOK, "clients", list)
}

func (s *Server) client(w http.ResponseWriter, r *http.Request) {
	all, id := s.Vhosts.Clients(), r.PathValue("id")
	i := slices.IndexFunc(all, func(c vhost.Client) bool { return c.ID == id })
	if i < 0 {
		s.answer(w, codeClientNotFound, "", nil)
		return
	}
	s.answer(w, codeOK, "client", s.clientOf(all[i]))
}

func (s *Server) clientOf(c vhost.Client) clientShape {
	conn := c.Session.Connection
	return clientShape{
		ID: c.ID, VHost: c.Key.VHost, Stream: c.Key.Path(), IP: conn.Remote.Addr().Unmap().String(),
		PageURL: shown(conn.PageURL, "http", "https"), SWFURL: shown(conn.SWFURL, "http", "https"), TCURL: shown(conn.TCURL, "rtmp", "rtmps"),
		URL: "/" + c.Key.Path(), Name: c.Key.Stream, Type: conn.Protocol + "-" + c.Kind, Publish: c.Kind == media.KindPublish,
		Alive: time.Since(conn.ConnectedAt).Seconds(), SendBytes: c.Session.BytesOut.Load(), RecvBytes: c.Session.BytesIn.Load(),
		Kbps: s.rates.of(c.Session, time.Now()),
	}
}

// shown is a URL without what may be secret, or may run: one of another scheme is
// not shown.
func shown(text string, schemes ...string) string {
	u, err := url.Parse(text)
	if err != nil || !slices.Contains(schemes, u.Scheme) {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}).String()
}

func (s *Server) kick(w http.ResponseWriter, r *http.Request) {
	if !s.Vhosts.KickAny(r.PathValue("id"), "by the API") {
		s.answer(w, codeClientNotFound, "", nil)
		return
	}
	s.answer(w, codeOK, "", nil)
}
