package weir_test

import (
	"path/filepath"
	"strings"
	"testing"

	"weir/media/mediatest"
	"weir/weirtest"
)

// Each bound of scripts ends a call that the others would let go on.
func TestScriptBoundDirectives(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ bounds, body, reason string }{
		"js_timeout":   {"js_timeout 100ms;", "await new Promise(go => setTimeout(go, 2000));", "longer than its time limit"},
		"js_cpu_limit": {"js_cpu_limit 20ms; js_timeout 1m;", "for (;;) { }", "longer than its CPU limit"},
		"no CPU limit": {"js_cpu_limit 1m; js_timeout 300ms;", "for (;;) { }", "longer than its time limit"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything(tt.bounds+"js_on_publish {"+tt.body+"}"))
			if _, err := s.Publish("live/a", mediatest.Stream{}); err == nil {
				t.Error("the publisher is admitted")
			}
			waitLog(t, s, 1, "script failed", "srs.conf:", ": script ", tt.reason)
		})
	}
}

func TestMaxPendingDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, "js_shared_dict_zone zone=gate:32k;"+everything(`
		js_max_pending 2;
		js_timeout 1m;
		js_on_publish { s.log('begun'); while (!ngx.shared.gate.has('open')) await new Promise(go => setTimeout(go, 10)); }
	`)+"vhost b { js_on_publish { ngx.shared.gate.set('open', 'yes'); } }")
	for range 2 {
		p := shake(t, s.RTMP)
		p.Write(connectTo("live"))
		p.Write(createStream)
		p.Write(command(1, "publish", 3, nil, "a", "live"))
	}
	waitLog(t, s, 2, "begun")
	if _, err := s.Publish("live/b", mediatest.Stream{}); err == nil {
		t.Error("the third publisher is admitted")
	}
	waitLog(t, s, 1, "script failed", "too many script calls")
	publish(t, s, "live/c?vhost=b", mediatest.Stream{}) // which lets the others go on
}

func TestFailDirective(t *testing.T) {
	t.Parallel()
	for mode, admitted := range map[string]bool{"": false, "js_fail closed;": false, "js_fail open;": true} {
		s := weirtest.Up(t, everything(mode+"js_on_publish { throw new Error('broken'); }"))
		p, err := s.Publish("live/a", mediatest.Stream{})
		if (err == nil) != admitted {
			t.Errorf("with %q: %v, want admitted: %v", mode, err, admitted)
		}
		if p != nil {
			p.Stop()
		}
	}
}

// A vhost looks in its own js_path first, then in that of the top level, then
// beside the file.
func TestModuleDirectives(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	far := filepath.Join(t.TempDir(), "far.js")
	writeFile(t, far, "export function play(s) { return s.deny('far'); }")
	file := filepath.Join(dir, "srs.conf")
	weirtest.Write(t, file, "js_path shared;"+everything(`js_path own;
		js_import one.js; js_import two.js; js_import three.js; js_import four from `+far+`;
		js_on_publish { return s.deny([one, two, three].map(m => m.name).join()); } js_on_play four.play;`))
	for name, where := range map[string][]string{
		"one": {"own", "shared", "."}, "two": {"shared", "."}, "three": {"."},
	} {
		for _, d := range where {
			writeFile(t, filepath.Join(dir, d, name+".js"), "export const name = '"+d+"';")
		}
	}
	s, err := weirtest.Start(file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	_, err = s.Publish("live/a", mediatest.Stream{})
	if _, reason := refusal(err); reason != "own,shared,." {
		t.Errorf("the modules are those of %v, want own,shared,.", err)
	}
	_, err = s.Play("rtmp", "live/a")
	if _, reason := refusal(err); reason != "far" {
		t.Errorf("play: %v, want far", err)
	}
}

// Scripts of all vhosts share the dictionaries that are declared, as they are declared.
func TestDictionaryDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, "js_shared_dict_zone zone=seen:1m type=number; js_shared_dict_zone zone=words:32k;"+everything(`
		js_on_publish { return s.deny(`+"`${ngx.shared.seen.incr('n', 1, 0)} ${typeof ngx.shared.words.get('x')} ${typeof ngx.shared.other}`"+`); }`)+
		"vhost b { js_on_publish { return s.deny(String(ngx.shared.seen.incr('n', 1, 0))); } }")
	for _, tt := range []struct{ path, want string }{
		{"live/a", "1 undefined undefined"}, {"live/a?vhost=b", "2"}, {"live/a", "3 undefined undefined"},
	} {
		_, err := s.Publish(tt.path, mediatest.Stream{})
		if _, reason := refusal(err); !strings.HasPrefix(reason, tt.want) {
			t.Errorf("%s: %v, want %s", tt.path, err, tt.want)
		}
	}
}
