package hook

import (
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/media"
)

// shown is an object as a script would print it.
func shown(o *js.Object) map[string]any {
	m := map[string]any{}
	for _, c := range Classes() {
		if c.Name != o.Class {
			continue
		}
		for i, f := range c.Fields {
			m[f.Name] = plain(o.Fields[i])
		}
		for i, d := range c.Data {
			m[d.Name] = plain(o.Data[i])
		}
	}
	return m
}

func plain(v js.Value) any {
	if o, ok := v.(*js.Object); ok {
		return shown(o)
	}
	return v
}

func camera() *media.Session {
	c := &media.Connection{
		ID:          "c1",
		Protocol:    "rtmp",
		Remote:      netip.MustParseAddrPort("[::ffff:192.0.2.33]:40000"),
		Local:       netip.MustParseAddrPort("192.0.2.1:1935"),
		ConnectedAt: time.UnixMilli(1_700_000_000_123),
		App:         "live",
		Host:        "example.com",
		Query:       "token=of-connect&site=7",
		TCURL:       "rtmp://example.com/live?token=of-connect&site=7",
		PageURL:     "https://example.com/studio",
		FlashVer:    "FMLE/3.0",
	}
	c.BytesIn.Store(1000)
	s := &media.Session{
		ID:         "s1",
		Kind:       media.KindPublish,
		Connection: c,
		Query:      "token=a%20b",
		URL:        "rtmp://example.com/live/key?token=a%20b",
	}
	s.BytesIn.Store(700)
	return s
}

func TestSessionOfAPublish(t *testing.T) {
	s := OfSession(camera(), media.Key{VHost: "example.com", App: "live", Stream: "key"})
	s.Duration = 1500 * time.Millisecond
	s.Publisher = &Publisher{ID: "s0", Protocol: "rtmp", Remote: netip.MustParseAddrPort("192.0.2.9:1"), StartedAt: time.UnixMilli(5)}
	s.Live = &Stream{Key: s.Key, Players: 2, Video: Video{Codec: media.H264, Width: 640, Height: 360, FPS: 25}, Bitrate: 1_234_567}
	want := map[string]any{
		"id": "s1", "kind": "publish", "protocol": "rtmp",
		"vhost": "example.com", "app": "live", "stream": "key",
		"url": "rtmp://example.com/live/key?token=a%20b", "query": "token=a%20b",
		"args":  map[string]any{"token": "a b", "site": "7"},
		"tcUrl": "rtmp://example.com/live?token=of-connect&site=7", "pageUrl": "https://example.com/studio",
		"swfUrl": "", "flashVer": "FMLE/3.0", "userAgent": "FMLE/3.0", "headersIn": map[string]any{},
		"remoteAddress": "192.0.2.33", "remotePort": int64(40000), "localAddress": "192.0.2.1", "localPort": int64(1935),
		"variables":   map[string]any{"known": nil, "sets": nil},
		"connectedAt": int64(1_700_000_000_123), "duration": 1.5,
		"bytesIn": int64(700), "bytesOut": int64(0), "reason": "",
		"connection": map[string]any{
			"id": "c1", "protocol": "rtmp", "app": "live", "query": "token=of-connect&site=7",
			"args":    map[string]any{"token": "of-connect", "site": "7"},
			"bytesIn": int64(1000), "bytesOut": int64(0),
		},
		"publisher": map[string]any{"id": "s0", "protocol": "rtmp", "remoteAddress": "192.0.2.9", "startedAt": int64(5)},
		"live": map[string]any{
			"name": "key", "app": "live", "vhost": "example.com", "players": int64(2), "publisher": nil,
			"startedAt": nil, "video": map[string]any{"codec": "h264", "width": int64(640), "height": int64(360), "fps": 25.0}, "audio": nil,
			"kbpsIn": 1234.6, "msSinceKeyframe": nil, "ctx": nil,
		},
		"ctx": map[string]any{},
	}
	if diff := cmp.Diff(want, shown(s.Object())); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestSessionOfAConnection(t *testing.T) {
	got := shown(OfConnection(camera().Connection, "example.com").Object())
	want := map[string]any{
		"id": "c1", "kind": "connect", "app": "live", "stream": "", "vhost": "example.com",
		"args": map[string]any{"token": "of-connect", "site": "7"}, "bytesIn": int64(1000),
		"publisher": nil, "live": nil,
	}
	for name, w := range want {
		if diff := cmp.Diff(w, got[name]); diff != "" {
			t.Errorf("%s -want +got:\n%s", name, diff)
		}
	}
}

func TestHeadersAreLowerCase(t *testing.T) {
	c := &media.Connection{Header: map[string][]string{"User-Agent": {"VLC"}, "X-Tag": {"a", "b"}}}
	got := shown(OfSession(&media.Session{Connection: c}, media.Key{}).Object())
	if diff := cmp.Diff(map[string]any{"user-agent": "VLC", "x-tag": "a, b"}, got["headersIn"]); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got["userAgent"] != "VLC" || got["remoteAddress"] != "" || got["connectedAt"] != nil {
		t.Errorf("userAgent %v, remoteAddress %v, connectedAt %v", got["userAgent"], got["remoteAddress"], got["connectedAt"])
	}
}

func TestContextGoesRound(t *testing.T) {
	s := OfSession(camera(), media.Key{})
	s.Context = map[string]any{"user": "ann"}
	if diff := cmp.Diff(map[string]any{"user": "ann"}, Context(js.Result{Data: s.Object().Data})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if v := Context(js.Result{}); v != nil {
		t.Errorf("the context of a call without a session is %v", v)
	}
}
