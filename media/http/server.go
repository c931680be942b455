// Package http is the http_server listener: HTTP-FLV (http_remux), the mounts of other
// protocols, and static files.
package http

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"weir/media"
)

// What a peer may take. A player of HTTP-FLV leaves the HTTP server, and these
// bounds, when it was admitted.
const (
	headerTimeout  = 10 * time.Second // from the first byte of a request to the end of its headers
	idleTimeout    = 60 * time.Second // between two requests
	requestTimeout = 60 * time.Second // of a request and its answer, a script's decision included; files have more
	maxHeaderBytes = 16 << 10
	shutdownGrace  = 2 * time.Second // of answers under way when the server ends
)

// Server serves a Site at one listener.
type Server struct {
	Listener net.Listener
	Site     *Site
	Log      *slog.Logger // slog.Default() when nil

	// Admit gives a connection its place among those that the whole server carries;
	// one that it does not admit is closed at once. free is called once, when the
	// connection is gone, a player's included. Nil admits all.
	Admit func(remote netip.AddrPort) (free func(), ok bool)
}

var _ media.Server = (*Server)(nil)

// Serve serves until ctx ends, and returns when the connections are gone, but for
// those of players, which are their subscriptions'. When the listener is closed
// ahead of that, the connections that it accepted live on.
func (s *Server) Serve(ctx context.Context, r media.Router) error {
	conns := newConnections(s.Listener, s.Admit)
	srv := s.server(ctx, conns, r)
	var fault error
	accepted := make(chan struct{})
	go func() { fault = srv.Serve(conns); close(accepted) }()

	select {
	case <-accepted:
		conns.wait(ctx)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	if srv.Shutdown(grace) != nil {
		_ = srv.Close() // what did not end in time
	}
	<-accepted
	conns.wait(context.WithoutCancel(ctx))
	if errors.Is(fault, http.ErrServerClosed) || errors.Is(fault, net.ErrClosed) {
		return nil
	}
	return fmt.Errorf("http: %w", fault)
}

func (s *Server) server(ctx context.Context, conns *connections, r media.Router) *http.Server {
	log := s.Log
	if log == nil {
		log = slog.Default()
	}
	var protocols http.Protocols
	protocols.SetHTTP1(true) // HTTP/2 has no connection to take over
	return &http.Server{
		Handler:                      s.Site.Handler(r),
		Protocols:                    &protocols,
		ReadHeaderTimeout:            headerTimeout,
		ReadTimeout:                  requestTimeout,
		WriteTimeout:                 requestTimeout,
		IdleTimeout:                  idleTimeout,
		MaxHeaderBytes:               maxHeaderBytes,
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     slog.NewLogLogger(log.Handler(), slog.LevelDebug),
		BaseContext:                  func(net.Listener) context.Context { return ctx },
		ConnContext:                  conns.context,
		ConnState:                    conns.state,
	}
}
