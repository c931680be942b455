package confparse

import (
	"os"
	"strings"
	"testing"
)

const benchVHost = `
vhost live.example.com {
    tcp_nodelay     on;
    min_latency     on;
    hls {
        enabled         on;
        hls_fragment    10;     # seconds
        hls_window      60;
        hls_path        "./objs/nginx/html";
    }
    js_on_publish auth.publish;
    js_on_play {
        if (!/^[a-z]+$/.test(s.stream)) return s.deny(403, 'name');
    }
}
`

// benchComment is to benchVHost what comments are to directives in SRS's full.conf.
var benchComment = strings.Repeat("    # the fragment of hls, in seconds; default: 10, overwritten by env SRS_VHOST_HLS_HLS_FRAGMENT\n", 16)

func BenchmarkParse(b *testing.B) {
	full, err := os.ReadFile("../conf/full.conf")
	if err != nil {
		b.Fatal(err)
	}
	script := strings.Repeat("    if (!/^[a-z]+$/.test(s.stream)) return s.deny(403, `no ${s.stream}`);\n", 40)
	for _, bench := range []struct{ name, text string }{
		{"vhosts=1", benchComment + benchVHost},
		{"vhosts=1000", strings.Repeat(benchComment+benchVHost, 1000)},
		{"vhosts=1000,comments=0", strings.Repeat(benchVHost, 1000)},
		{"full.conf", string(full)},
		{"scripts=100", strings.Repeat("js_on_play {\n"+script+"}\n", 100)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(len(bench.text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, found := Parse("srs.conf", bench.text); len(found) > 0 {
					b.Fatal(found)
				}
			}
		})
	}
}
