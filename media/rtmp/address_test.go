package rtmp

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/media"
)

func TestAddressNamesTheStreamAsSRSDoes(t *testing.T) {
	tests := []struct {
		name, app, tcURL, stream string
		key                      media.Key
		query, url               string
	}{
		{"plain", "live", "rtmp://a.com/live", "cam", media.Key{VHost: "a.com", App: "live", Stream: "cam"}, "", "rtmp://a.com/live/cam"},
		{"port", "live", "rtmp://a.com:1936/live", "cam", media.Key{VHost: "a.com", App: "live", Stream: "cam"}, "", "rtmp://a.com:1936/live/cam"},
		{"IPv6", "live", "rtmp://[::1]:1935/live", "cam", media.Key{VHost: "::1", App: "live", Stream: "cam"}, "", "rtmp://[::1]:1935/live/cam"},
		{"IPv6 without port", "live", "rtmp://[::1]/live", "cam", media.Key{VHost: "::1", App: "live", Stream: "cam"}, "", "rtmp://[::1]/live/cam"},
		{
			"vhost behind the stream", "live", "rtmp://1.2.3.4/live", "cam?token=x&vhost=b.com",
			media.Key{VHost: "b.com", App: "live", Stream: "cam"},
			"token=x&vhost=b.com", "rtmp://1.2.3.4/live/cam?token=x&vhost=b.com",
		},
		{"vhost behind the app", "live?vhost=b.com", "rtmp://1.2.3.4/live?vhost=b.com", "cam", media.Key{VHost: "b.com", App: "live", Stream: "cam"}, "", "rtmp://1.2.3.4/live/cam?vhost=b.com"},
		{"vhost of tcUrl", "live", "rtmp://1.2.3.4/live?vhost=b.com", "cam", media.Key{VHost: "b.com", App: "live", Stream: "cam"}, "", "rtmp://1.2.3.4/live/cam?vhost=b.com"},
		{"domain", "live", "rtmp://1.2.3.4/live", "cam?domain=b.com", media.Key{VHost: "b.com", App: "live", Stream: "cam"}, "domain=b.com", "rtmp://1.2.3.4/live/cam?domain=b.com"},
		{"vhost before domain", "live?vhost=b.com", "rtmp://c/live", "cam?domain=d.com", media.Key{VHost: "b.com", App: "live", Stream: "cam"}, "domain=d.com", "rtmp://c/live/cam?domain=d.com"},
		{"escaped vhost", "live", "rtmp://c/live", "cam?vhost=b%2Ecom", media.Key{VHost: "b.com", App: "live", Stream: "cam"}, "vhost=b%2Ecom", "rtmp://c/live/cam?vhost=b%2Ecom"},
		{"dots of FMLE", "live...vhost...b.com", "rtmp://c/live...vhost...b.com", "cam", media.Key{VHost: "b.com", App: "live", Stream: "cam"}, "", "rtmp://c/live/cam?vhost=b.com"},
		{"app of two elements", "live/room", "rtmp://c/live/room", "cam", media.Key{VHost: "c", App: "live/room", Stream: "cam"}, "", "rtmp://c/live/room/cam"},
		{"stream of two elements", "live", "rtmp://c/live", "room/cam", media.Key{VHost: "c", App: "live/room", Stream: "cam"}, "", "rtmp://c/live/room/cam"},
		{"slash behind the app", "live/", "rtmp://c/live/", "cam", media.Key{VHost: "c", App: "live", Stream: "cam"}, "", "rtmp://c/live/cam"},
		{"_definst_", "live/_definst_", "rtmp://c/live/_definst_", "cam", media.Key{VHost: "c", App: "live", Stream: "cam"}, "", "rtmp://c/live/cam"},
		{"no stream", "live", "rtmp://c/live", "", media.Key{VHost: "c", App: "live"}, "", "rtmp://c/live/"},
		{"no app", "", "rtmp://c", "cam", media.Key{VHost: "c", Stream: "cam"}, "", "rtmp://c/cam"},
		{"app of tcUrl", "", "rtmp://c/live?vhost=d", "cam", media.Key{VHost: "d", App: "live", Stream: "cam"}, "", "rtmp://c/live/cam?vhost=d"},
		{"no tcUrl", "live", "", "cam", media.Key{App: "live", Stream: "cam"}, "", "/live/cam"},
		{"traversal stays for the check of names", "live", "rtmp://c/live", "../x", media.Key{VHost: "c", App: "live/..", Stream: "x"}, "", "rtmp://c/live/../x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			key, query, url := parseAddress(tt.app, tt.tcURL).stream(tt.stream)
			if d := cmp.Diff(tt.key, key); d != "" {
				t.Errorf("key (-want +got):\n%s", d)
			}
			if query != tt.query || url != tt.url {
				t.Errorf("query, url = %q, %q, want %q, %q", query, url, tt.query, tt.url)
			}
		})
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("live?vhost=a", "rtmp://[::1]:1935/live", "cam?x=%zz")
	f.Fuzz(func(t *testing.T, app, tcURL, stream string) {
		key, _, _ := parseAddress(app, tcURL).stream(stream)
		if strings.ContainsAny(key.Stream, "/?") {
			t.Errorf("stream is %q", key.Stream)
		}
	})
}
