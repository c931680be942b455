package weir

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"
)

// What was loaded is what is on disk, whatever is wrong with it: else the watcher
// would load it again and again.
func TestFingerprintOfWhatWasLoaded(t *testing.T) {
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	large := &fstest.MapFile{Data: bytes.Repeat([]byte("//\n"), 3<<20)}
	tests := map[string]fstest.MapFS{
		"nothing":          {},
		"empty":            {"srs.conf": text("")},
		"good":             {"srs.conf": text("listen 1935; vhost a { js_on_play { } }")},
		"broken":           {"srs.conf": text("listen 1935; vhost a {")},
		"too large":        {"srs.conf": large},
		"a directory":      {"srs.conf/x": text("")},
		"missing include":  {"srs.conf": text("listen 1935; include a.conf b*.conf;")},
		"large include":    {"srs.conf": text("listen 1935; include a.conf;"), "a.conf": large},
		"missing module":   {"srs.conf": text("listen 1935; js_import a.js; vhost a { js_on_play a.play; }")},
		"broken module":    {"srs.conf": text("listen 1935; js_import a.js; vhost a { js_on_play a.play; }"), "a.js": text("export (")},
		"large module":     {"srs.conf": text("listen 1935; js_import a.js; vhost a { js_on_play a.play; }"), "a.js": large},
		"unused module":    {"srs.conf": text("listen 1935; js_import a.js; vhost a { }"), "a.js": text("")},
		"module's imports": {"srs.conf": text("listen 1935; js_import a.js; vhost a { js_on_play a.play; }"), "a.js": text("import './b.js';")},
	}
	for name, fsys := range tests {
		s := &Server{FS: fsys, Conf: "srs.conf"}
		l, _ := load(context.Background(), fsys, s.Conf)
		seen := s.read(l)
		for file := range fsys {
			if _, ok := seen[file]; !ok && strings.HasSuffix(file, ".conf") {
				t.Errorf("%s: %s is not looked at", name, file)
			}
		}
		if now := s.onDisk(seen); !maps.Equal(seen, now) {
			for file := range seen {
				if seen[file] != now[file] {
					t.Errorf("%s: %s seems to have changed", name, file)
				}
			}
		}
	}
}

// writer is a file system whose file is being written: it has grown by a line at
// each multiple of a pause.
type writer struct {
	begun time.Time
	pause time.Duration
	lines int
}

func (w writer) Open(name string) (fs.File, error) {
	n := min(int(time.Since(w.begun)/w.pause), w.lines)
	return fstest.MapFS{"srs.conf": {Data: []byte(strings.Repeat("# line\n", n))}}.Open(name)
}

// A file that is written slowly is taken when it is whole, whenever one looks.
func TestSlowWriterIsAwaited(t *testing.T) {
	for _, pause := range []time.Duration{5 * time.Millisecond, 30 * time.Millisecond, 90 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			w := writer{begun: time.Now(), pause: pause, lines: 20}
			s := &Server{FS: w, Conf: "srs.conf", seen: fingerprint{"srs.conf": {}}}
			whole := w.begun.Add(time.Duration(w.lines) * pause)
			for !s.changed(context.Background()) {
				time.Sleep(7 * time.Millisecond)
			}
			if time.Now().Before(whole) {
				t.Errorf("pause of %v: taken %v too early", pause, time.Until(whole))
			}
		})
	}
}
