package httpapi

import (
	"net/http"
	"time"

	"weir/js/shared"
	"weir/vhost"
)

type scriptsShape struct {
	Handlers []handlerShape `json:"handlers"`
	Errors   []faultShape   `json:"errors"` // the newest first
	Dicts    []dictShape    `json:"dicts"`
}

type handlerShape struct {
	VHost     string                      `json:"vhost"` // "" for the server's own
	Directive string                      `json:"directive"`
	Handler   string                      `json:"handler"` // "hooks.publish", "srs.conf:12"
	Calls     uint64                      `json:"calls"`
	Results   map[vhost.CallResult]uint64 `json:"results"`
	Pending   int64                       `json:"pending"`
	Slow      uint64                      `json:"slow"`
	P50       float64                     `json:"p50_ms"`
	P99       float64                     `json:"p99_ms"`
	LastError *faultShape                 `json:"last_error"`
}

type faultShape struct {
	Time      time.Time        `json:"time"`
	VHost     string           `json:"vhost"`
	Directive string           `json:"directive"`
	Handler   string           `json:"handler"`
	Session   string           `json:"session"`
	Result    vhost.CallResult `json:"result"`
	Message   string           `json:"message"`
	File      string           `json:"file"`
	Line      int              `json:"line"`
	Col       int              `json:"col"`
	Stack     string           `json:"stack"`
	Count     uint64           `json:"count"` // of those alike, one after the other
}

type dictShape struct {
	Zone     string `json:"zone"`
	Entries  int    `json:"entries"`
	Used     int64  `json:"used_bytes"`
	Capacity int64  `json:"capacity_bytes"`
	Evicted  uint64 `json:"evicted"`
	Full     uint64 `json:"full"`
}

// scripts is GET /api/v1/scripts: what handlers did and how they failed, of all
// vhosts or of the one that vhost= names.
func (s *Server) scripts(w http.ResponseWriter, r *http.Request) {
	name, one := r.URL.Query().Get("vhost"), r.URL.Query().Has("vhost")
	shape := scriptsShape{Handlers: []handlerShape{}, Errors: []faultShape{}, Dicts: []dictShape{}}
	for _, n := range s.Vhosts.HandlerCounts() {
		if !one || n.VHost == name {
			shape.Handlers = append(shape.Handlers, handlerOf(n))
		}
	}
	for _, f := range s.Vhosts.ScriptFaults() {
		if !one || f.VHost == name {
			shape.Errors = append(shape.Errors, faultOf(f))
		}
	}
	if s.Vhosts.Dicts != nil {
		for _, u := range s.Vhosts.Dicts.Usage() {
			shape.Dicts = append(shape.Dicts, dictOf(u))
		}
	}
	s.answer(w, codeOK, "scripts", shape)
}

func handlerOf(n vhost.HandlerCount) handlerShape {
	h := handlerShape{
		VHost: n.VHost, Directive: n.Directive, Handler: n.Handler, Calls: n.Took.Count(), Results: n.Results, Pending: n.Pending,
		Slow: n.Slow, P50: ms(n.Took.Quantile(0.5)), P99: ms(n.Took.Quantile(0.99)),
	}
	if n.Last != nil {
		f := faultOf(*n.Last)
		h.LastError = &f
	}
	return h
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func faultOf(f vhost.ScriptFault) faultShape {
	return faultShape{
		Time: f.At, VHost: f.VHost, Directive: f.Directive, Handler: f.Handler, Session: f.Session, Result: f.Result,
		Message: f.Message, File: f.File, Line: f.Line, Col: f.Col, Stack: f.Stack, Count: f.Count,
	}
}

func dictOf(u shared.Usage) dictShape {
	return dictShape{Zone: u.Zone, Entries: u.Entries, Used: u.Used, Capacity: u.Capacity, Evicted: u.Evicted, Full: u.Full}
}
