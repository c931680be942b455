package hook

import (
	"net/netip"
	"strings"
	"time"

	"weir/js"
	"weir/media"
)

func connection(c *media.Connection) *js.Object {
	return &js.Object{Class: "Connection", Fields: values(connectionFields, c)}
}

var connectionFields = []property[*media.Connection]{
	{
		js.Member{Name: "id", Type: "string", Doc: "The id of the connect and close hooks' session."},
		func(c *media.Connection) js.Value { return c.ID },
	},
	{
		js.Member{Name: "protocol", Type: "string", Doc: "'rtmp', 'hls', 'flv', 'ts', 'aac' or 'mp3'; over WebSocket 'ws-flv' and so on."},
		func(c *media.Connection) js.Value { return c.Protocol },
	},
	{
		js.Member{Name: "app", Type: "string", Doc: "The app of RTMP's connect command."},
		func(c *media.Connection) js.Value { return c.App },
	},
	{
		js.Member{Name: "args", Type: "Record<string, string | string[]>", Doc: "The arguments of RTMP's connect command."},
		func(c *media.Connection) js.Value { return Args(c.Query) },
	},
	{
		js.Member{Name: "query", Type: "string", Doc: "The raw query of RTMP's connect command, without '?'."},
		func(c *media.Connection) js.Value { return c.Query },
	},
	{
		js.Member{Name: "bytesIn", Type: "number", Doc: "All that was received, in bytes."},
		func(c *media.Connection) js.Value { return int64(c.BytesIn.Load()) },
	},
	{
		js.Member{Name: "bytesOut", Type: "number", Doc: "All that was sent, in bytes."},
		func(c *media.Connection) js.Value { return int64(c.BytesOut.Load()) },
	},
}

// address is an IP address without its port; "" if there is none.
func address(a netip.AddrPort) string {
	if !a.IsValid() {
		return ""
	}
	return a.Addr().Unmap().String()
}

// milliseconds counts as Date.now() does; nil, which is null, for no time.
func milliseconds(t time.Time) js.Value {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// headers are HTTP headers as Node shows them: lower-case names, repeated ones
// joined by a comma.
func headers(h map[string][]string) map[string]any {
	m := make(map[string]any, len(h))
	for name, vs := range h {
		m[strings.ToLower(name)] = strings.Join(vs, ", ")
	}
	return m
}
