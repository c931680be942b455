package httpapi

import (
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"weir/media"
	"weir/vhost"
)

func (s *Server) versions(w http.ResponseWriter, _ *http.Request) {
	parts := append(strings.Split(s.Version, "."), "0", "0", "0")
	major, _ := strconv.Atoi(parts[0])
	minor, _ := strconv.Atoi(parts[1])
	revision, _ := strconv.Atoi(parts[2])
	s.answer(w, codeOK, "data", map[string]any{
		"name": "weir", "version": s.Version, "major": major, "minor": minor, "revision": revision,
	})
}

func (s *Server) summaries(w http.ResponseWriter, _ *http.Request) {
	clients := s.Vhosts.Clients()
	s.answer(w, codeOK, "data", map[string]any{
		"ok": true, "now_ms": time.Now().UnixMilli(),
		"self":   map[string]any{"version": s.Version, "pid": os.Getpid(), "ppid": os.Getppid()},
		"system": map[string]any{"conn_srs": len(clients)},
	})
}

type vhostShape struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Enabled bool     `json:"enabled"`
	Clients int      `json:"clients"`
	Streams int      `json:"streams"`
	HLS     hlsShape `json:"hls"`
}

type hlsShape struct {
	Enabled  bool    `json:"enabled"`
	Fragment float64 `json:"fragment,omitempty"` // seconds
}

func (s *Server) vhosts(w http.ResponseWriter, _ *http.Request) {
	clients, streams := map[string]int{}, map[string]int{}
	for _, c := range s.Vhosts.Clients() {
		clients[c.Key.VHost]++
	}
	for _, st := range s.Vhosts.Streams() {
		streams[st.Key.VHost]++
	}
	list := []vhostShape{}
	for _, v := range s.Vhosts.Generation().Conf.VHosts {
		list = append(list, vhostShape{
			ID: v.Name, Name: v.Name, Enabled: v.Enabled, Clients: clients[v.Name], Streams: streams[v.Name],
			HLS: hlsShape{v.HLS.Enabled, v.HLS.Fragment.Seconds()},
		})
	}
	s.answer(w, codeOK, "vhosts", list)
}

type streamShape struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	VHost     string       `json:"vhost"`
	App       string       `json:"app"`
	URL       string       `json:"url"`
	LiveMS    int64        `json:"live_ms"` // when it began, since 1970
	Clients   int          `json:"clients"`
	RecvBytes uint64       `json:"recv_bytes"`
	SendBytes uint64       `json:"send_bytes"`
	Publish   publishShape `json:"publish"`
	Video     *trackShape  `json:"video"`
	Audio     *trackShape  `json:"audio"`
}

type publishShape struct {
	Active bool   `json:"active"`
	CID    string `json:"cid"`
}

type trackShape struct {
	Codec string `json:"codec"`
}

func track(c media.Codec) *trackShape {
	if c == media.NoCodec {
		return nil
	}
	return &trackShape{c.String()}
}

func (s *Server) streams(w http.ResponseWriter, r *http.Request) {
	in, out := traffic(s.Vhosts.Clients())
	list := []streamShape{}
	for _, st := range page(r, s.Vhosts.Streams()) {
		list = append(list, streamShape{
			ID: st.Publisher.ID, Name: st.Key.Stream, VHost: st.Key.VHost, App: st.Key.App, URL: "/" + st.Key.Path(),
			LiveMS: st.StartedAt.UnixMilli(), Clients: st.Players + 1,
			RecvBytes: in[st.Key], SendBytes: out[st.Key],
			Publish: publishShape{true, st.Publisher.ID}, Video: track(st.Video.Codec), Audio: track(st.Audio.Codec),
		})
	}
	s.answer(w, codeOK, "streams", list)
}

// traffic is what publishers sent and players got, by stream.
func traffic(clients []vhost.Client) (in, out map[media.Key]uint64) {
	in, out = map[media.Key]uint64{}, map[media.Key]uint64{}
	for _, c := range clients {
		in[c.Key] += c.Session.BytesIn.Load()
		out[c.Key] += c.Session.BytesOut.Load()
	}
	return in, out
}

type clientShape struct {
	ID        string  `json:"id"`
	VHost     string  `json:"vhost"`
	Stream    string  `json:"stream"`
	IP        string  `json:"ip"`
	PageURL   string  `json:"pageUrl"`
	URL       string  `json:"url"`
	Name      string  `json:"name"`
	Type      string  `json:"type"` // "rtmp-play", "rtmp-publish", "flv-play", "hls-play"
	Publish   bool    `json:"publish"`
	Alive     float64 `json:"alive"` // seconds
	SendBytes uint64  `json:"send_bytes"`
	RecvBytes uint64  `json:"recv_bytes"`
}

func (s *Server) clients(w http.ResponseWriter, r *http.Request) {
	list := []clientShape{}
	for _, c := range page(r, s.Vhosts.Clients()) {
		conn := c.Session.Connection
		list = append(list, clientShape{
			ID: c.ID, VHost: c.Key.VHost, Stream: c.Key.Path(), IP: conn.Remote.Addr().Unmap().String(), PageURL: shown(conn.PageURL),
			URL: "/" + c.Key.Path(), Name: c.Key.Stream, Type: conn.Protocol + "-" + c.Kind, Publish: c.Kind == media.KindPublish,
			Alive: time.Since(conn.ConnectedAt).Seconds(), SendBytes: c.Session.BytesOut.Load(), RecvBytes: c.Session.BytesIn.Load(),
		})
	}
	s.answer(w, codeOK, "clients", list)
}

// shown is a page's URL without what may be secret, or may run: what is no http
// URL is not shown.
func shown(page string) string {
	u, err := url.Parse(page)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
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

// pageSize is how many entries an answer has unless count= says otherwise.
const pageSize = 10

// page is the part of list that start= and count= ask for.
func page[T any](r *http.Request, list []T) []T {
	start, count := number(r, "start", 0), number(r, "count", pageSize)
	if start > len(list) {
		start = len(list)
	}
	return list[start:min(start+count, len(list))]
}

func number(r *http.Request, name string, otherwise int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil || n < 0 || n > 1e6 {
		return otherwise
	}
	return n
}
