package weir_test

import (
	"path/filepath"
	"strings"
	"testing"

	"weir/media/mediatest"
	"weir/weirtest"
)

// A script that brings down its process takes along what modules keep: of all
// vhosts, or of its own alone.
func TestIsolationDirective(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string]string{"": "1", "js_isolation process;": "1", "js_isolation vhost;": "2"} {
		file := filepath.Join(t.TempDir(), "srs.conf")
		writeFile(t, filepath.Join(filepath.Dir(file), "n.js"), "let n = 0; export const count = () => ++n;")
		weirtest.Write(t, file, mode+"js_import n.js;"+everything("js_on_publish { const n = 40n; return 1n << (2n ** n); }")+
			"vhost b { js_on_publish { return s.deny(403, 'count ' + n.count() + '.'); } }")
		s := weirtest.Serve(t, file)
		if n := countOf(t, s); n != "1" {
			t.Errorf("with %q: %s at first, want 1", mode, n)
		}
		if _, err := s.Publish("live/x", mediatest.Stream{}); err == nil {
			t.Errorf("with %q: admitted, want denied", mode)
		}
		if n := countOf(t, s); n != want {
			t.Errorf("with %q: %s after the other vhost's crash, want %s", mode, n, want)
		}
		if s.Log.Count("a process of scripts died", "reason=memory", "vhost=__defaultVhost__") != 1 {
			t.Errorf("with %q: the log does not say what happened", mode)
		}
	}
	s := weirtest.Up(t, "js_isolation none;"+everything("js_on_publish { }"))
	if s.Log.Count("js_isolation none", "server's own process") != 1 {
		t.Error("no warning of scripts in the server's own process")
	}
}

// countOf is what the gate of vhost b says when it refuses.
func countOf(t *testing.T, s *weirtest.Server) string {
	t.Helper()
	_, err := s.Publish("live/x?vhost=b", mediatest.Stream{})
	if err == nil {
		t.Fatal("admitted, want denied")
	}
	_, n, _ := strings.Cut(err.Error(), "count ")
	n, _, _ = strings.Cut(n, ".")
	return n
}

// A script that needs more memory than there is fails; the next call is served.
func TestMemoryDirective(t *testing.T) {
	t.Parallel()
	for memory, admitted := range map[string]bool{"js_memory 64m;": false, "js_memory 1g;": true} {
		s := weirtest.Up(t, memory+"js_cpu_limit 20s; js_timeout 20s;"+everything(`js_on_publish {
			const kept = [];
			if (s.args.much) for (let i = 0; i < 150; i++) kept.push(new Uint8Array(1e6).fill(i));
		}`))
		p, err := s.Publish("live/a?much=1", mediatest.Stream{})
		if (err == nil) != admitted {
			t.Errorf("with %q: %v, want admitted: %v", memory, err, admitted)
		}
		if p != nil {
			p.Stop()
		}
		little, err := s.Publish("live/b", mediatest.Stream{})
		if err != nil {
			t.Errorf("with %q: the next: %v", memory, err)
			continue
		}
		little.Stop()
	}
}
