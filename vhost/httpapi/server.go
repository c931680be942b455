package httpapi

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strconv"
	"sync"
	"time"

	"weir/media"
	"weir/vhost"
)

// Server serves the API on one listener.
type Server struct {
	Listener net.Listener
	Log      *slog.Logger // slog.Default() when nil
	Vhosts   *vhost.Server
	Version  string
	ID       string // server_id: which server, across restarts
	Service  string // service_id: which process

	// What is counted elsewhere; nil: it is not shown.
	Reloads func() Reloads
	Hooks   func() (counts []HookCount, pending int) // pending: events that wait
	Scripts Scripts

	rates rates
}

var _ media.Server = (*Server)(nil)

// grace is how long answers under way may take when the listener is closed.
const grace = 2 * time.Second

// Serve answers requests until ctx ends or the listener is closed, and closes its
// connections.
func (s *Server) Serve(ctx context.Context, _ media.Router) error {
	log := cmp.Or(s.Log, slog.Default())
	h := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug), // anybody can cause them
	}
	stopped := context.AfterFunc(ctx, func() { h.Close() }) //nolint:errcheck // its listener is closed by who made it
	defer stopped()
	sampling, stop := context.WithCancel(ctx)
	var sampler sync.WaitGroup
	sampler.Go(func() { s.rates.run(sampling, s.Vhosts.Clients) })
	defer sampler.Wait()
	defer stop()
	err := h.Serve(s.Listener)
	ending, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if h.Shutdown(ending) != nil {
		h.Close() //nolint:errcheck // what did not end in time
	}
	if errors.Is(err, http.ErrServerClosed) || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// Handler is the API.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for name, answer := range map[string]http.HandlerFunc{
		"versions": s.versions, "summaries": s.summaries, "vhosts": s.vhosts,
		"streams": s.streams, "clients": s.clients, "scripts": s.scripts,
	} {
		mux.Handle("GET /api/v1/"+name, answer)
		mux.Handle("GET /api/v1/"+name+"/{$}", answer) // as SRS's documentation writes it
	}
	mux.HandleFunc("GET /api/v1/vhosts/{id}", s.vhost)
	mux.HandleFunc("GET /api/v1/streams/{id}", s.stream)
	mux.HandleFunc("GET /api/v1/clients/{id}", s.client)
	mux.HandleFunc("DELETE /api/v1/clients/{id}", s.kick)
	mux.Handle("GET /metrics", s.metricsHandler())
	return sameSite(s.authenticated(mux))
}

// authenticated asks for the name and the password of http_api.auth (HTTP Basic,
// RFC 7617), as the present configuration has them.
func (s *Server) authenticated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		auth := s.Vhosts.Generation().Conf.HTTPAPI.Auth
		name, password, _ := r.BasicAuth()
		if auth.Enabled && !(same(name, auth.Username) && same(password, auth.Password)) {
			w.Header().Set("WWW-Authenticate", `Basic realm="weir"`)
			http.Error(w, "a name and a password are needed", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// same compares in a time that does not depend on the content.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// sameSite refuses requests under a host name: a page elsewhere cannot reach the
// API by pointing its own name here (DNS rebinding). Addresses and localhost pass,
// and what came by TLS, since the certificate is for none of those names.
func sameSite(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if _, err := netip.ParseAddr(host); err != nil && host != "localhost" && r.TLS == nil {
			http.Error(w, "the API answers to addresses and to localhost only", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// SRS's error codes.
const (
	codeOK             = 0
	codeVHostNotFound  = 2014
	codeStreamNotFound = 2048
	codeClientNotFound = 2049
)

// answer writes SRS's envelope with one member more.
func (s *Server) answer(w http.ResponseWriter, code int, member string, v any) {
	m := map[string]any{
		"code": code, "server": s.ID, "service": s.Service, "pid": strconv.Itoa(os.Getpid()),
	}
	if member != "" {
		m[member] = v
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	json.NewEncoder(w).Encode(m) //nolint:errcheck // the client left
}
