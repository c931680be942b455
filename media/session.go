package media

import (
	"crypto/rand"
	"encoding/hex"
	"net/netip"
	"sync/atomic"
	"time"
)

// Connection is what is known of a peer. An RTMP connection carries any number
// of sessions; an HTTP request (or an HLS viewer) is a connection of one session.
// The protocol fills the fields before it asks the Router; they do not change
// afterwards, except for the counters.
type Connection struct {
	ID       string // NewID
	Protocol string // "rtmp", "hls", "flv", "ts", "aac", "mp3"; over WebSocket "ws-flv" and so on

	Remote      netip.AddrPort
	Local       netip.AddrPort
	ConnectedAt time.Time

	App   string // RTMP: the app of connect, without its query
	Host  string // host name of tcUrl or of the Host header, without port
	Query string // raw query of tcUrl or of the app (RTMP), without "?"

	TCURL    string
	PageURL  string // RTMP pageUrl; the Referer header of HTTP
	SWFURL   string
	FlashVer string
	Header   map[string][]string // HTTP request headers by canonical name; nil for RTMP

	// InAck and OutAck are RTMP's acknowledgement windows, in bytes: what the peer is
	// taken to ask for until it says so, and what it is asked for. Zero means none. The
	// Router fills them in before Connect returns.
	InAck, OutAck uint32

	BytesIn  atomic.Uint64
	BytesOut atomic.Uint64
}

// UserAgent returns the User-Agent header, or what RTMP calls flashVer.
func (c *Connection) UserAgent() string {
	if v := c.Header["User-Agent"]; len(v) > 0 {
		return v[0]
	}
	return c.FlashVer
}

// Kinds of sessions.
const (
	KindConnect = "connect"
	KindPublish = "publish"
	KindPlay    = "play"
)

// Session is one publish or play of a connection.
type Session struct {
	ID         string // NewID
	Kind       string // KindPublish or KindPlay
	Connection *Connection

	// Asked is what the peer named: VHost is what the URL says (a vhost= or
	// domain= argument, else the host; it may be no vhost of ours), App and
	// Stream without queries. The Router alone decides the final Key.
	Asked Key
	Query string // raw query behind the stream's name, without "?"
	URL   string // as the peer would write it, query included

	StartedAt time.Time

	BytesIn  atomic.Uint64 // media received from a publisher
	BytesOut atomic.Uint64 // sent to a player
}

// NewID returns 128 random bits in hexadecimal: a session id that cannot be
// guessed, and may therefore stand in HLS URLs.
func NewID() string {
	var b [16]byte
	rand.Read(b[:]) //nolint:errcheck // crypto/rand.Read never fails
	return hex.EncodeToString(b[:])
}
