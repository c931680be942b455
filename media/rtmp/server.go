package rtmp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"weir/media"
)

// Settings may change while the server runs; each connection takes them as it comes.
type Settings struct {
	// HandshakeTimeout is how long a peer may take from its connection to the end
	// of the handshake. Zero means 10 s.
	HandshakeTimeout time.Duration
	// CommandTimeout is how long a peer may take, without what the router takes,
	// from there to publish or play, and from one session to the next. Zero means 30 s.
	CommandTimeout time.Duration
	// ChunkSize of what is sent to players whose Subscription has none of its own.
	// Zero means 60000.
	ChunkSize int
}

// Server serves RTMP. A Publication or Subscription may say more with
//
//	Timeouts() (first, normal time.Duration) // a publisher's, to its first packet and between packets, at present; else 20 s and 5 s
//	Gather() time.Time                       // until when what the publisher sends may gather unread, at present; the past, as without, for not at all
//	Wake(at time.Time, f func())             // calls f then; goes with Gather
//	ChunkSize() int                          // of what is sent to a player; else that of Settings
type Server struct {
	// Listener accepts the peers: plain TCP, or TLS.
	Listener net.Listener
	// Settings is asked for each connection. Nil means the defaults.
	Settings func() Settings
	// Admit counts connections. It says whether there is room for one more, and
	// leave is called when that one has ended. Nil admits all.
	Admit func() (leave func(), ok bool)
	Log   *slog.Logger // nil means slog.Default()
}

var _ media.Server = (*Server)(nil)

// Serve accepts connections until ctx ends or the Listener is closed by its
// owner. In the first case it ends the connections that are left, in the second it
// lets them live on; it returns when they are gone. Its error is nil.
func (s *Server) Serve(ctx context.Context, r media.Router) error {
	stop := context.AfterFunc(ctx, func() { _ = s.Listener.Close() }) // accepting ends
	defer stop()
	var talk, conns sync.WaitGroup
	d, a := newDialogs(), newArrivals()
	talk.Go(d.run)
	for {
		nc, err := s.accept(ctx)
		if err != nil {
			break
		}
		s.start(ctx, r, d, a, nc, &conns)
	}
	conns.Wait()
	d.close()
	talk.Wait()
	return nil
}

// accept waits out what passes, as a lack of descriptors. Its error is the end.
func (s *Server) accept(ctx context.Context) (net.Conn, error) {
	const most = time.Second
	for delay := 5 * time.Millisecond; ; delay = min(2*delay, most) {
		nc, err := s.Listener.Accept()
		if err == nil {
			return nc, nil
		}
		if ctx.Err() != nil || errors.Is(err, net.ErrClosed) {
			return nil, fmt.Errorf("accept: %w", err)
		}
		s.log().Warn("cannot accept a connection", "reason", err)
		select {
		case <-ctx.Done():
		case <-time.After(delay):
		}
	}
}

// start serves one connection on a goroutine of its own, which a player outlives.
func (s *Server) start(ctx context.Context, r media.Router, d *dialogs, a *arrivals, nc net.Conn, conns *sync.WaitGroup) {
	v := &visit{info: newConnection(nc), router: r, log: s.log(), arrivals: a}
	leave, ok := s.admit(v)
	if !ok {
		_ = nc.Close()
		return
	}
	conns.Add(1)
	v.leave = func() { leave(); conns.Done() }
	c := &conn{visit: v, settings: s.settings(), net: nc, in: newInput(nc, v.info), dialogs: d}
	go func() {
		handed, err := c.serve(ctx)
		if !handed {
			_ = nc.Close()
			v.end(err)
		}
	}()
}

// admit gives a connection its place among those of its address that arrive, and
// among all.
func (s *Server) admit(v *visit) (leave func(), ok bool) {
	from := v.info.Remote.Addr()
	ok, first := v.arrivals.enter(from)
	if !ok {
		if first {
			s.log().Warn("too many connections of one address ahead of connect", "remote", v.info.Remote.String())
		}
		return nil, false
	}
	leave = func() {}
	if s.Admit == nil {
		return leave, true
	}
	if leave, ok = s.Admit(); !ok {
		s.log().Warn("too many connections", "remote", v.info.Remote.String())
		v.arrived()
	}
	return leave, ok
}

func (s *Server) settings() Settings {
	var set Settings
	if s.Settings != nil {
		set = s.Settings()
	}
	if set.HandshakeTimeout == 0 {
		set.HandshakeTimeout = 10 * time.Second
	}
	if set.CommandTimeout == 0 {
		set.CommandTimeout = 30 * time.Second
	}
	if set.ChunkSize == 0 {
		set.ChunkSize = 60000
	}
	return set
}

func (s *Server) log() *slog.Logger {
	if s.Log == nil {
		return slog.Default()
	}
	return s.Log
}
