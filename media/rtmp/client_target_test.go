package rtmp

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTargetsArePartedAsSRSDoes(t *testing.T) {
	tests := []struct {
		in, dialed, tcURL, app, name string
	}{
		{"rtmp://a.com/live/cam", "a.com:1935", "rtmp://a.com/live", "live", "cam"},
		{"rtmp://a.com:19350/live/room/cam?token=x", "a.com:19350", "rtmp://a.com:19350/live/room", "live/room", "cam?token=x"},
		{"rtmps://a.com/live/cam", "a.com:443", "rtmps://a.com/live", "live", "cam"},
		{"rtmp://[::1]:1936/live/cam", "[::1]:1936", "rtmp://[::1]:1936/live", "live", "cam"},
		{"rtmp://[2001:db8::1]/live/cam", "[2001:db8::1]:1935", "rtmp://[2001:db8::1]/live", "live", "cam"},
		{"rtmp://1.2.3.4/live/cam?vhost=b.com", "1.2.3.4:1935", "rtmp://1.2.3.4/live", "live", "cam?vhost=b.com"},
		{"rtmp://1.2.3.4/live?vhost=b.com/cam", "1.2.3.4:1935", "rtmp://1.2.3.4/live?vhost=b.com", "live?vhost=b.com", "cam"},
		{"rtmp://1.2.3.4/live?vhost=b.com/cam?token=x", "1.2.3.4:1935", "rtmp://1.2.3.4/live?vhost=b.com", "live?vhost=b.com", "cam?token=x"},
		{"rtmp://1.2.3.4/live...vhost...b.com/cam", "1.2.3.4:1935", "rtmp://1.2.3.4/live...vhost...b.com", "live...vhost...b.com", "cam"},
		{"rtmp://a.com/live/cam?path=a/b", "a.com:1935", "rtmp://a.com/live", "live", "cam?path=a/b"},
		{"rtmp://user:secret@A.com/live/cam", "a.com:1935", "rtmp://a.com/live", "live", "cam"},
	}
	for _, tt := range tests {
		got, err := parseTarget(tt.in)
		if err != nil {
			t.Errorf("%s: %v", tt.in, err)
			continue
		}
		want := []string{tt.dialed, tt.tcURL, tt.app, tt.name}
		if d := cmp.Diff(want, []string{got.dialed(), got.tcURL(), got.app, got.name}); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.in, d)
		}
	}
	for _, in := range []string{"http://a.com/live/cam", "rtmp://a.com/cam", "rtmp://a.com/live?x=1", "rtmp:///live/cam", "a.com/live/cam", "rtmp://a.com:x/live/cam", ""} {
		if got, err := parseTarget(in); err == nil {
			t.Errorf("%q is %v, want an error", in, got)
		}
	}
}

// A redirect names a stream, or an app alone. A token goes along to the same host only.
func TestRedirectsLead(t *testing.T) {
	for _, tt := range []struct{ from, to, want string }{
		{"rtmp://a/live/cam?t=1", "rtmp://b/live/cam", "rtmp://b/live/cam"},
		{"rtmp://a/live/cam?t=1", "rtmp://b/live/cam?t=2", "rtmp://b/live/cam?t=2"},
		{"rtmp://a/live/cam?t=1", "rtmp://b/live", "rtmp://b/live/cam"},
		{"rtmp://a/live/cam?t=1", "rtmp://a/other", "rtmp://a/other/cam?t=1"},
		{"rtmp://a/live/room/cam", "rtmp://b:1936/live/room/", "rtmp://b:1936/live/room/cam"},
		{"rtmp://a/live/cam", "rtmp://b/live?vhost=x", "rtmp://b/live?vhost=x/cam"},
		{"rtmp://a/live/cam", "rtmp://b/live?vhost=x/other", "rtmp://b/live?vhost=x/other"},
		{"rtmp://a/live/cam", "http://b/live", ""},
		{"rtmp://a/live/cam", "/live/cam", ""},
		{"rtmp://a/live/cam", "rtmp://b", ""},
	} {
		from, err := parseTarget(tt.from)
		if err != nil {
			t.Fatal(err)
		}
		got, err := from.to(tt.to)
		if (err != nil) != (tt.want == "") || err == nil && got.String() != tt.want {
			t.Errorf("from %s to %s: %s, %v, want %s", tt.from, tt.to, got, err, tt.want)
		}
	}
}

func TestRedirectsAreBounded(t *testing.T) {
	mine := errors.New("no")
	for name, tt := range map[string]struct {
		client *Client
		to     string
		want   error
	}{
		"circle":     {&Client{dialer: Dialer{Redirects: 5}}, "rtmps://a/live/cam", errLoop},
		"too many":   {&Client{dialer: Dialer{Redirects: 9}, seen: map[target]bool{{name: "1"}: true, {name: "2"}: true, {name: "3"}: true, {name: "4"}: true, {name: "5"}: true}}, "rtmps://b/live/cam", errRedirects},
		"in plain":   {&Client{dialer: Dialer{Redirects: 5}}, "rtmp://b/live/cam", errPlain},
		"not wanted": {&Client{dialer: Dialer{Redirects: 5, Redirected: func(string) error { return mine }}}, "rtmps://b/live/cam", mine},
		"followed":   {&Client{dialer: Dialer{Redirects: 1}}, "rtmps://b/live/cam", nil},
	} {
		c := tt.client
		c.target = target{scheme: "rtmps", host: "a", app: "live", name: "cam"}
		if c.seen == nil {
			c.seen = map[target]bool{}
		}
		c.seen[c.target] = true
		if err := c.redirect(&StatusError{Redirect: tt.to}); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}
