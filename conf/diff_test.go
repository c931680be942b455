package conf

import (
	"fmt"
	"strings"
	"testing"
)

func TestDiff(t *testing.T) {
	const old = `listen 1935; max_connections 10; js_timeout 1s; js_on_play { return true; }
		js_shared_dict_zone zone=z:64k;
		vhost a { hls { hls_fragment 2; } } vhost b { js_timeout 2s; } vhost gone { }`
	for _, tt := range []struct {
		name, new string
		want      []Change
	}{
		{"same", old, nil},
		{"moved", "\n\n# a comment\n" + old, nil},
		{
			"changed", `listen 1935 1936; max_connections 20; js_timeout 3s; js_on_play off;
				js_shared_dict_zone zone=z:128k;
				vhost b { js_timeout 2s; min_latency on; } vhost a { hls { enabled on; hls_fragment 2000ms; } } vhost new { }`,
			[]Change{
				{"listen", ":1935", ":1935 :1936", ReloadListen},
				{"max_connections", "10", "20", ReloadLive},
				{"js_on_play", "srs.conf:1", "off", ReloadLive},
				{"js_timeout", "1s", "3s", ReloadLive},
				{"js_shared_dict_zone", "zone=z:65536 type=string", "zone=z:131072 type=string", ReloadRestart},
				{"vhost[gone]", "gone", "", ReloadLive},
				{"vhost[b].min_latency", "off", "on", ReloadLive},
				{"vhost[a].hls.enabled", "off", "on", ReloadStream},
				{"vhost[new]", "", "new", ReloadLive},
			},
		},
		{
			"own instead of inherited",
			`listen 1935; max_connections 10; js_timeout 1s; js_on_play { return true; }
				js_shared_dict_zone zone=z:64k;
				vhost a { js_timeout 2s; hls { hls_fragment 2; } } vhost b { js_timeout 1s; } vhost gone { }`,
			[]Change{
				{"vhost[a].js_timeout", "1s", "2s", ReloadLive},
				{"vhost[b].js_timeout", "2s", "1s", ReloadLive},
			},
		},
		{
			"scripts with options and locations",
			`listen 1935; max_connections 10; js_timeout 1s; js_on_play { return true; }
				js_shared_dict_zone zone=z:64k; js_periodic interval=1s { tick(v); }
				http_server { location /a { js_content { r.finish(); } } location = /b { } }
				vhost a { hls { hls_fragment 2; } js_on_update interval=1m { } } vhost b { js_timeout 2s; } vhost gone { }`,
			[]Change{
				{"js_periodic", "", "interval=1s srs.conf:2", ReloadLive},
				{"http_server.location[/a]", "", "/a", ReloadLive},
				{"http_server.location[= /b]", "", "= /b", ReloadLive},
				{"vhost[a].js_on_update", "", "interval=1m srs.conf:4", ReloadLive},
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			check(t, "changes", Diff(load(t, old), load(t, tt.new)), tt.want)
		})
	}
}

func TestDiffOfLocations(t *testing.T) {
	at := func(locations string) *Config {
		return load(t, "listen 1935; js_import a.js; http_server { "+locations+" } vhost a { }")
	}
	old := at("location /a { js_content a.b; } location /gone { }")
	check(t, "changes", Diff(old, at("\nlocation /a { js_content a.c; }")), []Change{
		{"http_server.location[/gone]", "/gone", "", ReloadLive},
		{"http_server.location[/a].js_content", "a.b", "a.c", ReloadLive},
	})
	check(t, "same", Diff(old, at("location /gone { } location /a { js_content a.b; }")), []Change(nil))
}

// A script that moved is the same; an interval that changed is not.
func TestDiffOfScriptsWithOptions(t *testing.T) {
	at := func(text string) *Config { return load(t, "listen 1935; vhost a { "+text+" }") }
	old := at("js_periodic interval=1s { tick(v); } js_set $a { return 'a'; }")
	check(t, "moved", Diff(old, at("\n js_periodic interval=1s { tick(v); }\n js_set $a { return 'a'; }")), []Change(nil))
	check(t, "changed", Diff(old, at("js_periodic interval=2s { tick(v); } js_set $a { return 'b'; }")), []Change{
		{"vhost[a].js_periodic", "interval=1s srs.conf:1", "interval=2s srs.conf:1", ReloadLive},
		{"vhost[a].js_set", "$a srs.conf:1:72", "$a srs.conf:1:72", ReloadLive},
	})
}

func BenchmarkDiff(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("vhosts=%d", n), func(b *testing.B) {
			var text strings.Builder
			text.WriteString("listen 1935; http_server { enabled on; } js_on_play { return } js_path a;")
			for i := range n {
				fmt.Fprintf(&text, "vhost v%d { hls { enabled on; } http_remux { enabled on; } }\n", i)
			}
			old, new := load(b, text.String()), load(b, text.String()+"max_connections 10;")
			b.ReportAllocs()
			for b.Loop() {
				if changes := Diff(old, new); len(changes) != 1 {
					b.Fatal(changes)
				}
			}
		})
	}
}
