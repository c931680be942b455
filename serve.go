package weir

import (
	"context"
	"net/http"
	"net/netip"

	"weir/media"
	"weir/media/hls"
	mediahttp "weir/media/http"
	"weir/media/rtmp"
	"weir/vhost/httpapi"
)

// site makes what the HTTP listeners serve; its settings follow reloads.
func (s *Server) site() {
	s.viewers = &hls.Handler{Store: s.hls, Router: s.router, Resolver: s.router, Filter: s.router}
	s.http = &mediahttp.Site{Mounts: map[string]http.Handler{".m3u8": s.viewers, ".ts": s.viewers}}
	s.viewers.Elsewhere = http.HandlerFunc(s.http.ServeLive)
	s.router.Requests = s.http
}

// serve runs a listener's protocol until the listener is closed or ctx ends.
func (s *Server) serve(ctx context.Context, ln bound) {
	var server media.Server
	switch ln.role {
	case roleRTMP:
		server = &rtmp.Server{
			Listener: ln, Log: s.Log, Settings: s.rtmpSettings,
			Admit: func() (func(), bool) { return s.admit() },
		}
	case roleHTTP, roleHTTPS:
		server = &mediahttp.Server{
			Listener: s.secured(ln), Log: s.Log, Site: s.http,
			Admit: func(netip.AddrPort) (func(), bool) { return s.admit() },
		}
	case roleAPI, roleHTTPSAPI:
		server = &httpapi.Server{
			Listener: s.secured(ln), Log: s.Log, Vhosts: s.router, Version: Version,
			ID: s.id, Service: s.hooks.ServiceID,
			Reloads: s.reloads, Hooks: s.hookCounts, Scripts: s.scriptCounts(),
		}
	}
	if err := server.Serve(ctx, s.router); err != nil {
		s.Log.Error("listener failed", "protocol", string(ln.role), "address", ln.addr, "reason", err)
	}
}

func (s *Server) rtmpSettings() rtmp.Settings {
	c := s.router.Generation().Conf
	return rtmp.Settings{HandshakeTimeout: c.HandshakeTimeout, ChunkSize: c.ChunkSize}
}

// admit counts a connection against max_connections.
func (s *Server) admit() (leave func(), ok bool) {
	leave = func() {
		s.conns.Add(-1)
		s.churn.turns.Add(1)
	}
	s.churn.turns.Add(1)
	if s.conns.Add(1) > int64(s.router.Generation().Conf.MaxConnections) {
		leave()
		return nil, false
	}
	return leave, true
}
