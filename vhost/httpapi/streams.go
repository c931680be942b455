package httpapi

import (
	"net/http"
	"slices"

	"weir/js/hook"
	"weir/media"
	"weir/vhost"
)

type streamShape struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	VHost     string       `json:"vhost"`
	App       string       `json:"app"`
	TCURL     string       `json:"tcUrl"` // its publisher's
	URL       string       `json:"url"`
	LiveMS    int64        `json:"live_ms"` // when it began, since 1970
	Clients   int          `json:"clients"`
	Frames    uint64       `json:"frames"` // of video
	RecvBytes uint64       `json:"recv_bytes"`
	SendBytes uint64       `json:"send_bytes"`
	Kbps      kbpsShape    `json:"kbps"`
	Publish   publishShape `json:"publish"`
	Video     *videoShape  `json:"video"`
	Audio     *audioShape  `json:"audio"`
}

type publishShape struct {
	Active bool   `json:"active"`
	CID    string `json:"cid"`
}

func (s *Server) streams(w http.ResponseWriter, r *http.Request) {
	byKey := s.streamTraffic()
	list := []streamShape{}
	for _, st := range page(r, s.Vhosts.Streams()) {
		list = append(list, s.streamOf(st, byKey[st.Key]))
	}
	s.answer(w, codeOK, "streams", list)
}

// stream is GET /api/v1/streams/ID; the ID is that of the present publisher.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	all, id := s.Vhosts.Streams(), r.PathValue("id")
	i := slices.IndexFunc(all, func(st *hook.Stream) bool { return st.Publisher.ID == id })
	if i < 0 {
		s.answer(w, codeStreamNotFound, "", nil)
		return
	}
	s.answer(w, codeOK, "stream", s.streamOf(all[i], s.streamTraffic()[all[i].Key]))
}

func (s *Server) streamTraffic() map[media.Key]traffic {
	return sum(s, func(c vhost.Client) media.Key { return c.Key })
}

func (s *Server) streamOf(st *hook.Stream, t traffic) streamShape {
	stats, _ := s.Vhosts.Hub.Stats(st.Key)
	return streamShape{
		ID: st.Publisher.ID, Name: st.Key.Stream, VHost: st.Key.VHost, App: st.Key.App, TCURL: t.tcURL, URL: "/" + st.Key.Path(),
		LiveMS: st.StartedAt.UnixMilli(), Clients: st.Players + 1, Frames: stats.Frames,
		RecvBytes: t.in, SendBytes: t.out, Kbps: t.kbps, Publish: publishShape{true, st.Publisher.ID},
		Video: videoOf(st.Video, stats.VideoHeader), Audio: audioOf(st.Audio, stats.AudioHeader),
	}
}
