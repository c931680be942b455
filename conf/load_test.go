package conf

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"weir/confparse"
	"weir/confparse/conftest"
)

func TestBadFiles(t *testing.T) {
	conftest.Run(t, "testdata", func(fsys fs.FS, name string) confparse.Diagnostics {
		_, list := Load(fsys, name)
		return list
	})
}

func TestShippedFile(t *testing.T) {
	c, list := Load(os.DirFS("."), "srs.conf")
	for _, d := range list {
		t.Errorf("%d:%d %s", d.Span.Start.Line, d.Span.Start.Col, d.Message)
	}
	if c.VHost("any") == nil {
		t.Error("no default vhost")
	}
}

func TestUnreadableFile(t *testing.T) {
	c, list := Load(fstest.MapFS{}, "srs.conf")
	if c != nil || !list.HasErrors() {
		t.Errorf("got %v, %v, want nil and an error", c, list)
	}
}

func TestModules(t *testing.T) {
	fsys := fstest.MapFS{
		"etc/srs.conf": {Data: []byte(`listen 1935;
			js_path js; js_path /opt/js;
			js_import a from a.js; js_import b from sub/b.mjs; js_import c from c.ts;
			include more.conf;
			js_on_play { a.x(b, c); }`)},
		"etc/more.conf":       {Data: []byte("vhost v { js_path own; js_import d from a.js; js_on_stop d.stop; }")},
		"etc/js/a.js":         {},
		"etc/a.js":            {},
		"etc/own/a.js":        {},
		"etc/js/sub/b.mjs":    {},
		"etc/c.ts/is.a.dir":   {},
		"etc/js/c.ts/is.a.di": {},
	}
	c, list := Load(fsys, "etc/srs.conf")
	var messages []string
	for _, d := range list {
		messages = append(messages, d.Code+" "+d.Message)
	}
	check(t, "findings", messages, []string{`E402 module "c.ts": etc/js/c.ts is a directory`})
	check(t, "path", c.VHosts[0].JSImport[0].Path, "etc/own/a.js")
	check(t, "files", c.Files(), []string{
		"etc/srs.conf", "etc/more.conf", "etc/js/a.js", "etc/js/sub/b.mjs", "etc/js/c.ts", "/opt/js/c.ts", "etc/c.ts", "etc/own/a.js",
	})
}

func FuzzDecode(f *testing.F) {
	f.Add(inheriting)
	f.Add("listen; vhost { hls { hls_fragment; } play x; } js_import; js_on_play a; refer;")
	f.Add("http_api { enabled on; auth { enabled; } } js_shared_dict_zone zone=:1 timeout=;")
	f.Add("listen 1935; vhost a { security { enabled on; allow play ::ffff:1.2.3.4/1; deny; } refer a.b; refer_play *.c; http_hooks { on_play http://[::1%25x]:0/?a; } }")
	f.Fuzz(func(t *testing.T, text string) {
		c, list := decodeText(text)
		c.Sources()
		c.Files()
		if changes := Diff(c, c); len(changes) > 0 && !list.HasErrors() {
			t.Errorf("%q differs from itself: %v", text, changes)
		}
	})
}

func manyVHosts(n int) fstest.MapFS {
	var text strings.Builder
	text.WriteString("listen 1935; http_server { enabled on; } js_import hooks from hooks.js; js_on_play hooks.play;\n")
	for i := range n {
		fmt.Fprintf(&text, "vhost v%d.example.com {\n  hls { enabled on; hls_fragment 2s; }\n  js_on_publish { return s.args.key === '%d'; }\n}\n", i, i)
	}
	return fstest.MapFS{"srs.conf": {Data: []byte(text.String())}, "hooks.js": {}}
}

func BenchmarkLoad(b *testing.B) {
	for _, vhosts := range []int{1, 10_000} {
		b.Run(fmt.Sprintf("vhosts=%d", vhosts), func(b *testing.B) {
			fsys := manyVHosts(vhosts)
			b.SetBytes(int64(len(fsys["srs.conf"].Data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, list := Load(fsys, "srs.conf"); len(list) > 0 {
					b.Fatal(list[0].Message)
				}
			}
		})
	}
}
