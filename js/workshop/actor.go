package workshop

import (
	"cmp"
	"net/netip"
	"net/url"
	"slices"
	"time"

	"weir/js"
	"weir/js/hook"
	"weir/media"
)

// sessionOf is a session as a test describes it: where it says nothing, that of a
// peer of RTMP.
func (s *stage) sessionOf(id, kind string, fields map[string]any) *hook.Session {
	text := func(name, otherwise string) string {
		v, _ := fields[name].(string)
		return cmp.Or(v, otherwise)
	}
	count := func(name string) int64 { return number(fields[name]) }
	k := media.Key{VHost: text("vhost", "__defaultVhost__"), App: text("app", "live"), Stream: text("stream", "livestream")}
	if kind == media.KindConnect {
		k.Stream = ""
	}
	query := text("query", queryOf(fields["args"]))
	c := &media.Connection{
		ID: id + "c", Protocol: text("protocol", "rtmp"), App: k.App, Host: k.VHost, ConnectedAt: time.Now(),
		TCURL: text("tcUrl", "rtmp://"+k.VHost+"/"+k.App), PageURL: text("pageUrl", ""), SWFURL: text("swfUrl", ""),
		FlashVer: text("flashVer", ""), Header: headersOf(fields["headersIn"], text("userAgent", "")),
		Remote: address(text("remoteAddress", "192.0.2.1"), count("remotePort"), 50000),
		Local:  address("192.0.2.2", count("localPort"), 1935),
	}
	link := "rtmp://" + k.VHost + "/" + k.App
	if k.Stream != "" {
		link += "/" + k.Stream
	}
	if query != "" {
		link += "?" + query
	}
	h := &hook.Session{
		ID: id, Kind: kind, Key: k, URL: text("url", link), Query: query, Connection: c, Reason: text("reason", ""),
		Duration: seconds(fields["duration"]), BytesIn: uint64(max(count("bytesIn"), 0)), BytesOut: uint64(max(count("bytesOut"), 0)),
	}
	h.Live = s.stream(k)
	if h.Live != nil && kind == media.KindPublish && h.Live.Publisher.ID != id {
		h.Publisher = h.Live.Publisher
	}
	return h
}

// seen are the fields of a session by name, as handlers see them.
func seen(h *hook.Session) map[string]any {
	values := h.Object().Fields
	m := map[string]any{}
	for i, f := range sessionClass().Fields {
		if f.Name != "variables" { // which are the test's
			m[f.Name] = values[i]
		}
	}
	return m
}

func sessionClass() js.Class {
	all := hook.Classes()
	return all[slices.IndexFunc(all, func(c js.Class) bool { return c.Name == "Session" })]
}

// queryOf is the query of arguments.
func queryOf(args js.Value) string {
	m, _ := args.(map[string]any)
	q := url.Values{}
	for name, v := range m {
		switch v := v.(type) {
		case string:
			q.Set(name, v)
		case []any:
			for i := range v {
				q.Add(name, word(v, i))
			}
		}
	}
	return q.Encode()
}

func headersOf(v js.Value, userAgent string) map[string][]string {
	m, _ := v.(map[string]any)
	h := map[string][]string{}
	for name := range m {
		s, _ := m[name].(string)
		h[name] = []string{s}
	}
	if userAgent != "" {
		h["User-Agent"] = []string{userAgent}
	}
	return h
}

func address(ip string, port int64, otherwise uint16) netip.AddrPort {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return netip.AddrPort{}
	}
	if port > 0 && port < 1<<16 {
		otherwise = uint16(port)
	}
	return netip.AddrPortFrom(a, otherwise)
}

func seconds(v js.Value) time.Duration {
	if f, ok := v.(float64); ok {
		return time.Duration(f * float64(time.Second))
	}
	return time.Duration(number(v)) * time.Second
}
