package httpapi

import (
	"net/http"
	"slices"

	"weir/conf"
	"weir/vhost"
)

type vhostShape struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Enabled   bool      `json:"enabled"`
	Clients   int       `json:"clients"`
	Streams   int       `json:"streams"`
	SendBytes uint64    `json:"send_bytes"` // of those who are here now
	RecvBytes uint64    `json:"recv_bytes"`
	Kbps      kbpsShape `json:"kbps"`
	HLS       hlsShape  `json:"hls"`
}

type hlsShape struct {
	Enabled  bool    `json:"enabled"`
	Fragment float64 `json:"fragment,omitempty"` // seconds
}

func (s *Server) vhosts(w http.ResponseWriter, _ *http.Request) {
	s.answer(w, codeOK, "vhosts", s.vhostsOf(s.Vhosts.Generation().Conf.VHosts))
}

func (s *Server) vhost(w http.ResponseWriter, r *http.Request) {
	all, id := s.Vhosts.Generation().Conf.VHosts, r.PathValue("id")
	i := slices.IndexFunc(all, func(v *conf.VHost) bool { return v.Name == id })
	if i < 0 {
		s.answer(w, codeVHostNotFound, "", nil)
		return
	}
	s.answer(w, codeOK, "vhost", s.vhostsOf(all[i : i+1])[0])
}

func (s *Server) vhostsOf(vhosts []*conf.VHost) []vhostShape {
	sums := sum(s, func(c vhost.Client) string { return c.Key.VHost })
	streams := map[string]int{}
	for _, st := range s.Vhosts.Streams() {
		streams[st.Key.VHost]++
	}
	list := []vhostShape{}
	for _, v := range vhosts {
		t := sums[v.Name]
		list = append(list, vhostShape{
			ID: v.Name, Name: v.Name, Enabled: v.Enabled, Clients: t.clients, Streams: streams[v.Name],
			SendBytes: t.out, RecvBytes: t.in, Kbps: t.kbps, HLS: hlsShape{v.HLS.Enabled, v.HLS.Fragment.Seconds()},
		})
	}
	return list
}
