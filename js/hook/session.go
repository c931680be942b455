package hook

import (
	"time"

	"weir/js"
	"weir/media"
)

// Session is what a handler is told of a connection, a publish or a play. It is
// a snapshot: what happens after Object was called does not show in it.
type Session struct {
	ID         string
	Kind       string    // media.KindConnect, KindPublish or KindPlay
	Key        media.Key // as decided so far; without Stream for a connection
	URL        string    // as the peer wrote it, query included
	Query      string    // raw, without "?"
	Connection *media.Connection

	Duration time.Duration // since it began, at its end: how long it lasted
	BytesIn  uint64
	BytesOut uint64
	Reason   string // events: why it ended

	Publisher *Publisher // in a publish gate: who holds the stream now
	Live      *Stream    // the stream, if it is live

	Hidden    Hidden // what js_hide hides
	Variables Variables

	// Context is the script's own data of the connection, as the last handler
	// left it: see Context. Nil shows as an empty object.
	Context js.Value
}

// OfConnection is the session of the connect and close hooks: the connection
// itself, under the name of the vhost that it reached.
func OfConnection(c *media.Connection, vhost string) *Session {
	return &Session{
		ID:         c.ID,
		Kind:       media.KindConnect,
		Key:        media.Key{VHost: vhost, App: c.App},
		URL:        c.TCURL,
		Query:      c.Query,
		Connection: c,
		Duration:   since(c.ConnectedAt),
		BytesIn:    c.BytesIn.Load(),
		BytesOut:   c.BytesOut.Load(),
	}
}

// OfSession is the session of the hooks of a publish or a play. The key is the
// name as decided so far: what was asked in a gate, the final one in an event.
func OfSession(s *media.Session, k media.Key) *Session {
	return &Session{
		ID:         s.ID,
		Kind:       s.Kind,
		Key:        k,
		URL:        s.URL,
		Query:      s.Query,
		Connection: s.Connection,
		Duration:   since(s.StartedAt),
		BytesIn:    s.BytesIn.Load(),
		BytesOut:   s.BytesOut.Load(),
	}
}

func since(t time.Time) time.Duration {
	if t.IsZero() {
		return 0
	}
	return time.Since(t)
}

// Object is the session as an argument of a handler.
func (s *Session) Object() *js.Object {
	data := s.Context
	if data == nil {
		data = map[string]any{}
	}
	return s.Hidden.Object(&js.Object{Class: "Session", Fields: values(sessionFields, s), Data: []js.Value{data}})
}

var sessionFields = []property[*Session]{
	{
		js.Member{Name: "id", Type: "string", Doc: "128 random bits in hexadecimal."},
		func(s *Session) js.Value { return s.ID },
	},
	{
		js.Member{Name: "kind", Type: "'connect' | 'publish' | 'play'", Doc: "What the peer wants."},
		func(s *Session) js.Value { return s.Kind },
	},
	{
		js.Member{Name: "protocol", Type: "string", Doc: "'rtmp', 'hls', 'flv', 'ts', 'aac' or 'mp3'; over WebSocket 'ws-flv' and so on."},
		func(s *Session) js.Value { return s.Connection.Protocol },
	},
	{
		js.Member{Name: "vhost", Type: "string", Doc: "Name of the vhost that serves the session."},
		func(s *Session) js.Value { return s.Key.VHost },
	},
	{
		js.Member{Name: "app", Type: "string", Doc: "Name of the app: in a gate what was asked for, afterwards what it was renamed to."},
		func(s *Session) js.Value { return s.Key.App },
	},
	{
		js.Member{Name: "stream", Type: "string", Doc: "Name of the stream: in a gate what was asked for, afterwards what it was renamed to. Empty for a connection."},
		func(s *Session) js.Value { return s.Key.Stream },
	},
	{
		js.Member{Name: "url", Type: "string", Doc: "As the peer wrote it, query included."},
		func(s *Session) js.Value { return s.URL },
	},
	{
		js.Member{Name: "tcUrl", Type: "string", Doc: "RTMP: the URL of the connect command."},
		func(s *Session) js.Value { return s.Connection.TCURL },
	},
	{
		js.Member{Name: "pageUrl", Type: "string", Doc: "The page of the player: RTMP's pageUrl, HTTP's Referer."},
		func(s *Session) js.Value { return s.Connection.PageURL },
	},
	{
		js.Member{Name: "swfUrl", Type: "string", Doc: "RTMP's swfUrl."},
		func(s *Session) js.Value { return s.Connection.SWFURL },
	},
	{
		js.Member{Name: "flashVer", Type: "string", Doc: "RTMP: what the encoder or player calls itself."},
		func(s *Session) js.Value { return s.Connection.FlashVer },
	},
	{
		js.Member{Name: "args", Type: "Record<string, string | string[]>", Doc: "The query's arguments, percent-decoded; an array where a name occurs more than once. Those of the RTMP connection are included, the stream's own win."},
		func(s *Session) js.Value { return Args(s.Connection.Query, s.Query) },
	},
	{
		js.Member{Name: "query", Type: "string", Doc: "The raw query, without '?'."},
		func(s *Session) js.Value { return s.Query },
	},
	{
		js.Member{Name: "headersIn", Type: "Record<string, string>", Doc: "HTTP request headers by lower-case name; empty for RTMP."},
		func(s *Session) js.Value { return headers(s.Connection.Header) },
	},
	{
		js.Member{Name: "userAgent", Type: "string", Doc: "HTTP's User-Agent or RTMP's flashVer."},
		func(s *Session) js.Value { return s.Connection.UserAgent() },
	},
	{
		js.Member{Name: "remoteAddress", Type: "string", Doc: "IP address of the peer."},
		func(s *Session) js.Value { return address(s.Connection.Remote) },
	},
	{
		js.Member{Name: "remotePort", Type: "number", Doc: "Port of the peer."},
		func(s *Session) js.Value { return int64(s.Connection.Remote.Port()) },
	},
	{
		js.Member{Name: "localPort", Type: "number", Doc: "The port of the server that the peer reached."},
		func(s *Session) js.Value { return int64(s.Connection.Local.Port()) },
	},
	{
		js.Member{Name: "localAddress", Type: "string", Doc: "IP address of the server that the peer reached."},
		func(s *Session) js.Value { return address(s.Connection.Local) },
	},
	{
		js.Member{Name: "connectedAt", Type: "number", Doc: "When the connection was accepted, as Date.now() counts: milliseconds since 1970."},
		func(s *Session) js.Value { return milliseconds(s.Connection.ConnectedAt) },
	},
	{
		js.Member{Name: "duration", Type: "number", Doc: "Age of the session in seconds; in an event how long it lasted."},
		func(s *Session) js.Value { return s.Duration.Seconds() },
	},
	{
		js.Member{Name: "bytesIn", Type: "number", Doc: "Media received from a publisher, in bytes."},
		func(s *Session) js.Value { return int64(s.BytesIn) },
	},
	{
		js.Member{Name: "bytesOut", Type: "number", Doc: "Media sent to a player, in bytes."},
		func(s *Session) js.Value { return int64(s.BytesOut) },
	},
	{
		js.Member{Name: "reason", Type: "string", Doc: "In unpublish, stop and close: why the session ended; empty when the peer left."},
		func(s *Session) js.Value { return s.Reason },
	},
	{
		js.Member{Name: "connection", Type: "Connection", Doc: "What all sessions of one RTMP connection share."},
		func(s *Session) js.Value { return connection(s.Connection) },
	},
	{
		js.Member{Name: "publisher", Type: "Publisher | null", Doc: "In a publish gate: who holds the stream now."},
		func(s *Session) js.Value { return orNull(s.Publisher.object()) },
	},
	{
		js.Member{Name: "live", Type: "Stream | null", Doc: "The stream, if it is live."},
		func(s *Session) js.Value { return orNull(s.Live.Object()) },
	},
	{
		js.Member{Name: "variables", Type: "Variables", Doc: "Variables of nginx's kind: remote_addr, arg_NAME and so on, and those of js_set and js_var. Those of js_var can be written."},
		func(s *Session) js.Value { return orNull(s.Variables.object("SessionVariables")) },
	},
}
