package weir_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"weir"
	"weir/media/mediatest"
	"weir/weirtest"
)

// The ways in which many vhosts have scripts.
var scriptings = []struct {
	name, top string
	own       func(i int) string // in the vhost of that number
}{
	{"none", "", func(int) string { return "" }},
	{"inherited", "js_import hooks.js; js_on_publish hooks.publish;", func(int) string { return "" }},
	{"own", "", func(i int) string {
		return fmt.Sprintf("js_on_play {\n        if (s.stream === 'secret%d') return s.deny(403, 'no');\n    }", i)
	}},
}

const hooksJS = `import crypto from 'crypto';
const seen = new Map();
export function publish(s) {
	seen.set(s.stream, crypto.createHash('sha256').update(s.app).digest('hex'));
	if (s.app !== 'live') return s.deny(403, 'no');
}
`

// manyVHosts is a file of n vhosts, v0 to v(n-1), and the default one.
func manyVHosts(n int, top string, own func(int) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "listen 1935;\nhttp_server { enabled on; listen 8080; }\n%s\nvhost __defaultVhost__ { }\n", top)
	for i := range n {
		fmt.Fprintf(&b, `vhost v%d {
    hls { enabled on; hls_fragment 10; hls_window 60; }
    http_remux { enabled on; mount [vhost]/[app]/[stream].flv; }
    play { gop_cache on; queue_length 30; mw_latency 100; }
    %s
}
`, i, own(i))
	}
	return b.String()
}

// What is wrong with what a thousand vhosts inherit is said once.
func TestInheritedFaultIsOneFinding(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"srs.conf": {Data: []byte(manyVHosts(1000, "js_import hooks.js; js_on_publish hooks.nope; js_on_play { let a; let a }", scriptings[0].own))},
		"hooks.js": {Data: []byte(hooksJS)},
	}
	_, found := weir.Check(t.Context(), fsys, "srs.conf")
	var got []string
	for _, d := range found {
		got = append(got, d.Span.Start.String())
	}
	want := "srs.conf:3:35 srs.conf:3:71"
	if strings.Join(got, " ") != want {
		t.Errorf("found %v, want %s", got, want)
	}
}

// Many vhosts are served, each with scripts of its own, through a reload.
func TestManyVHosts(t *testing.T) {
	t.Parallel()
	conf := func(generation string) string {
		return manyVHosts(500, "", func(i int) string {
			return fmt.Sprintf("js_on_publish { s.log('%s gate of', %d); if (s.vhost !== 'v%[2]d') return s.deny(500) }", generation, i)
		})
	}
	s := weirtest.Up(t, conf("old"))
	publish(t, s, "live/a?vhost=v7", mediatest.Stream{})
	waitLog(t, s, 1, "old gate of 7")
	weirtest.Write(t, s.Conf, conf("new"))
	waitLog(t, s, 1, "msg=reloaded")
	publish(t, s, "live/a?vhost=v499", mediatest.Stream{})
	waitLog(t, s, 1, "new gate of 499")
	publish(t, s, "live/b?vhost=v7", mediatest.Stream{})
	waitLog(t, s, 1, "new gate of 7")
}

// BenchmarkCheck is weir check without the process.
func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		for _, k := range scriptings {
			b.Run(fmt.Sprintf("vhosts=%d,scripts=%s", n, k.name), func(b *testing.B) {
				text := manyVHosts(n, k.top, k.own)
				fsys := fstest.MapFS{"srs.conf": {Data: []byte(text)}, "hooks.js": {Data: []byte(hooksJS)}}
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					if _, found := weir.Check(context.Background(), fsys, "srs.conf"); found.HasErrors() {
						b.Fatal(found)
					}
				}
			})
		}
	}
}

// BenchmarkReload is from the change of a line in a file until it is in force,
// with a stream in one of the vhosts.
func BenchmarkReload(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		for _, k := range scriptings {
			b.Run(fmt.Sprintf("vhosts=%d,scripts=%s", n, k.name), func(b *testing.B) {
				dir := b.TempDir()
				file := dir + "/srs.conf"
				weirtest.Write(b, dir+"/hooks.js", hooksJS)
				text := manyVHosts(n, k.top, k.own)
				weirtest.Write(b, file, text)
				s, err := weirtest.Start(file)
				if err != nil {
					b.Fatal(err)
				}
				defer s.Stop()
				pub, err := s.Publish("live/a?vhost=v5", mediatest.Stream{})
				if err != nil {
					b.Fatal(err)
				}
				defer pub.Stop()
				done := 0
				b.ReportAllocs()
				for b.Loop() {
					done++
					weirtest.Write(b, file, fmt.Sprintf("%s# change %d\nmax_connections %d;\n", text, done, 1000+done))
					if err := s.WaitLog(done, "msg=reloaded"); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
