package conf

import (
	"net/netip"
	"testing"
	"time"
)

func TestSecurity(t *testing.T) {
	c := load(t, `listen 1935; vhost a { security {
		enabled on;
		deny publish 192.0.2.1; allow publish 10.1.2.3/8; allow play all;
		deny play 2001:db8::1/32; deny play ::ffff:10.0.0.0/104; deny play ::1;
	} }`)
	want := []Rule{
		{Kind: "publish", Prefix: netip.MustParsePrefix("192.0.2.1/32")},
		{Allow: true, Kind: "publish", Prefix: netip.MustParsePrefix("10.0.0.0/8")},
		{Allow: true, Kind: "play"},
		{Kind: "play", Prefix: netip.MustParsePrefix("2001:db8::/32")},
		{Kind: "play", Prefix: netip.MustParsePrefix("10.0.0.0/8")},
		{Kind: "play", Prefix: netip.MustParsePrefix("::1/128")},
	}
	got := c.VHosts[0].Security
	check(t, "enabled", got.Enabled, true)
	for i := range got.Rules {
		check(t, want[i].String(), got.Rules[i].String(), want[i].String())
	}
	check(t, "number of rules", len(got.Rules), len(want))
	check(t, "all", got.Rules[2].Prefix.IsValid(), false)
}

func TestRefer(t *testing.T) {
	for _, tt := range []struct {
		text string
		want Refer
	}{
		{"refer { enabled on; all GitHub.com. github.io; play .a.b; }", Refer{Enabled: true, All: []string{"github.com", "github.io"}, Play: []string{"a.b"}}},
		{"refer { enabled off; all a.b; }", Refer{All: []string{"a.b"}}},
		{"refer a.b c.d;", Refer{Enabled: true, All: []string{"a.b", "c.d"}}},
		{"refer_play a.b; refer_publish c.d;", Refer{Enabled: true, Publish: []string{"c.d"}, Play: []string{"a.b"}}},
		{"refer_play a.b; refer { publish c.d; }", Refer{Enabled: true, Publish: []string{"c.d"}, Play: []string{"a.b"}}},
		{"refer { enabled off; } refer a.b;", Refer{All: []string{"a.b"}}},
	} {
		check(t, tt.text, load(t, "listen 1935; vhost a { "+tt.text+" }").VHosts[0].Refer, tt.want)
	}
}

func TestHTTPHooks(t *testing.T) {
	c := load(t, `listen 1935; vhost a { http_hooks {
		enabled on;
		on_publish http://127.0.0.1:8085/api/v1/streams https://u:p@[::1]/hook?token=x;
		on_hls_notify http://127.0.0.1:8085/api/v1/hls/[server_id]/[app]/[stream]/[ts_url][param];
		timeout 500ms; retry 0; secret s3cret;
	} }`)
	check(t, "hooks", c.VHosts[0].HTTPHooks, HTTPHooks{
		Enabled:     true,
		OnPublish:   []string{"http://127.0.0.1:8085/api/v1/streams", "https://u:p@[::1]/hook?token=x"},
		OnHLSNotify: []string{"http://127.0.0.1:8085/api/v1/hls/[server_id]/[app]/[stream]/[ts_url][param]"},
		Timeout:     500 * time.Millisecond, Secret: "s3cret",
	})
}

func TestAuth(t *testing.T) {
	c := load(t, "listen 1935; http_api { auth { enabled on; username admin; password 'a b'; } } vhost a { }")
	check(t, "auth", c.HTTPAPI.Auth, HTTPAuth{Enabled: true, Username: "admin", Password: "a b"})
}

func TestChangesShowNoSecrets(t *testing.T) {
	const old = "listen 1935; http_api { auth { password one; } } vhost a { http_hooks { on_play http://u:p@h/x?token=1; secret one; } }"
	const now = "listen 1935; http_api { auth { password two; } } vhost a { http_hooks { on_play http://u:q@h/x?token=2 http://i/; } }"
	check(t, "changes", Diff(load(t, old), load(t, now)), []Change{
		{"http_api.auth.password", hidden, hidden, ReloadLive},
		{"vhost[a].http_hooks.on_play", "http://xxxxx@h/x?xxxxx", "http://xxxxx@h/x?xxxxx http://i/", ReloadLive},
		{"vhost[a].http_hooks.secret", hidden, "", ReloadLive},
	})
}
