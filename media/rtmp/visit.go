package rtmp

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"weir/media"
)

// visit is what remains of a connection when its player is a sender shard's: who
// came, and whom to tell when it ends.
type visit struct {
	info     *media.Connection
	router   media.Router
	log      *slog.Logger
	admitted bool // by Router.Connect
	leave    func()
	arrivals *arrivals // nil once it has arrived
}

func newConnection(c net.Conn) *media.Connection {
	return &media.Connection{
		ID: media.NewID(), Protocol: "rtmp", ConnectedAt: time.Now(),
		Remote: addrPort(c.RemoteAddr()), Local: addrPort(c.LocalAddr()),
	}
}

func addrPort(a net.Addr) netip.AddrPort {
	if t, ok := a.(*net.TCPAddr); ok {
		p := t.AddrPort()
		return netip.AddrPortFrom(p.Addr().Unmap(), p.Port())
	}
	return netip.AddrPort{}
}

// arrived follows connect, or the end.
func (v *visit) arrived() {
	if v.arrivals != nil {
		v.arrivals.leave(v.info.Remote.Addr())
		v.arrivals = nil
	}
}

// end is called once, after the connection's last session.
func (v *visit) end(reason error) {
	if left(reason) {
		reason = nil
	}
	level := slog.LevelDebug
	if reason != nil { // the peer was sent away, which the log is to say
		level = slog.LevelInfo
	}
	if v.admitted {
		v.router.Disconnect(v.info, reason)
	}
	v.log.Log(context.Background(), level, "rtmp connection closed", "id", v.info.ID, "remote", v.info.Remote.String(), "reason", reason)
	v.arrived()
	v.leave()
}

// left says that the peer closed the connection.
func left(err error) bool {
	return err == nil || errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed)
}
