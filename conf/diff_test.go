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
				{"vhost[b].min_latency", "off", "on", ReloadStream},
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
	} {
		t.Run(tt.name, func(t *testing.T) {
			check(t, "changes", Diff(load(t, old), load(t, tt.new)), tt.want)
		})
	}
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
