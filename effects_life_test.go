package weir_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/weirtest"
)

// Scripts begin and end with each version of the configuration, for the server and
// for a vhost, and run again and again in between.
func TestLifeDirectives(t *testing.T) {
	t.Parallel()
	text := func(word string) string {
		return strings.ReplaceAll(`
			js_on_start { v.log('WORD: the server begins'); }
			js_on_exit { v.log('WORD: the server ends'); }
			js_periodic interval=20ms { v.log('WORD: the server goes on'); }
			`+everything(`
			js_on_start { globalThis.ticks = 0; v.log('WORD: ' + v.name + ' begins'); }
			js_periodic interval=20ms jitter=10ms { ticks++; }
			js_on_exit { v.log('WORD: ' + v.name + ' ends after some ' + (ticks > 0)); }`), "WORD", word)
	}
	s := weirtest.Up(t, text("one"))
	waitLog(t, s, 3, "one: the server goes on")
	weirtest.Write(t, s.Conf, text("two"))
	waitLog(t, s, 1, "two: __defaultVhost__ begins")
	waitLog(t, s, 1, "one: the server ends")
	waitLog(t, s, 1, "one: __defaultVhost__ ends after some true")
	waitLog(t, s, 3, "two: the server goes on")
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]int{"one: the server begins": 1, "one: __defaultVhost__ begins": 1, "two: the server ends": 1, "two: __defaultVhost__ ends": 1} {
		if n := s.Log.Count(words); n != want {
			t.Errorf("%q was said %d times, want %d", words, n, want)
		}
	}
	if log := s.Log.String(); strings.LastIndex(log, "one: the server goes on") > strings.Index(log, "one: the server ends") {
		t.Error("js_periodic ran after js_on_exit")
	}
}

// js_periodic goes on when a run of it has cost its VM.
func TestPeriodicOutlivesItsVM(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, "js_shared_dict_zone zone=runs:32k type=number; js_cpu_limit 50ms;"+everything(`
		js_periodic interval=50ms { if (ngx.shared.runs.incr('n', 1, 0) === 2) for (;;) { } v.log('run ' + ngx.shared.runs.get('n')); }`))
	waitLog(t, s, 1, "script failed", "js_periodic", "longer than its CPU limit")
	waitLog(t, s, 1, "run 5")
}

// js_on_update looks at sessions again while they last; a denial ends them, and
// their peers hear why.
func TestUpdateDirective(t *testing.T) {
	t.Parallel()
	conf := everything(`
		js_on_update interval=3s { if (s.args.credit === 'none' || ngx.shared.ended.has(s.stream)) return s.deny(402, 'credit is used up'); }
		js_on_stop { s.log('stopped: ' + s.reason); } js_on_unpublish { s.log('unpublished: ' + s.reason); }`)
	eachPlayer(t, "js_shared_dict_zone zone=ended:32k;"+conf, func(t *testing.T, s *weirtest.Server, protocol string) {
		publish(t, s, "live/a", mediatest.Stream{GOP: 25})
		p := play(t, s, protocol, "live/a?credit=none")
		stays := play(t, s, protocol, "live/a?credit=1")
		waitFrames(t, p, 1)
		waitLog(t, s, 1, "stopped: credit is used up")
		select {
		case <-p.Done():
		case <-time.After(weirtest.Patience):
			t.Error("the player goes on")
		}
		if err := p.Stop(); protocol != "flv" && protocol != "ts" && !strings.Contains(fmt.Sprint(err), "credit is used up") {
			t.Errorf("the player hears %v", err)
		}
		waitFrames(t, stays, stays.Count().Video+25)
	})
	t.Run("publisher", func(t *testing.T) {
		t.Parallel()
		s := weirtest.Up(t, "js_shared_dict_zone zone=ended:32k;"+conf)
		p := publish(t, s, "live/a?credit=none", mediatest.Stream{})
		waitLog(t, s, 1, "unpublished: credit is used up")
		<-p.Done()
		if err := p.Stop(); err == nil {
			t.Error("the publisher hears nothing")
		}
	})
}

// A script edits what a publisher says of its stream.
func TestMetadataDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`min_latency on;
		js_on_metadata { s.log('edits ' + meta.width + 'x' + meta.height); return { ...meta, width: 123 }; }
		js_on_play { return s.deny('width ' + s.live.video.width + ', fps ' + s.live.video.fps + ', ' + (s.live.kbpsIn > 0)); }`))
	write := byHand(t, s, "live/a")
	st := mediatest.Stream{GOP: 25, NoAudio: true}
	packets := st.Until(2 * time.Second)
	write(packets[0])
	if packets[0].Kind != media.Data {
		t.Fatalf("the stream begins with %v", packets[0].Kind)
	}
	waitLog(t, s, 1, "edits 320x240")
	eventually(t, "the edited size", func() bool {
		write(packets[1:]...)
		_, err := s.Play("rtmp", "live/a")
		_, reason := refusal(err)
		return reason == "width 123, fps 25, true"
	})
}

func TestHLSEventDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`js_on_hls { s.log('segment ' + file.seq + ' ' + file.url + ' of ' + s.args.key + ', ' + file.duration.toFixed() + ' s, ' + (file.size > 1000)); }`))
	write := byHand(t, s, "live/a?key=k1")
	headers, frames := video(mediatest.Stream{GOP: 25}, 3100*time.Millisecond)
	write(headers...)
	write(frames...)
	waitLog(t, s, 1, "segment 0 live/a-0.ts of k1, 1 s, true")
	waitLog(t, s, 1, "segment 1 live/a-1.ts of k1, 1 s, true")
}

// js_hooks binds what a module has, of either way to export, and a directive
// beside it binds something else.
func TestHooksOfModuleDirective(t *testing.T) {
	t.Parallel()
	for form, text := range map[string]string{
		"by name":    "export function publish(s) { return s.deny('publish of the module'); } export function play(s) { return s.deny('play of the module'); }",
		"by default": "function publish(s) { return s.deny('publish of the module'); } export default { publish, play(s) { return s.deny('play of the module'); } };",
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, "srs.conf")
		writeFile(t, filepath.Join(dir, "gate.js"), text)
		weirtest.Write(t, file, "js_import gate.js;"+everything("js_hooks gate; js_on_play { return s.deny('play of the file'); }"))
		s := weirtest.Serve(t, file)
		_, err := s.Publish("live/a", mediatest.Stream{})
		if _, reason := refusal(err); reason != "publish of the module" {
			t.Errorf("%s: %v", form, err)
		}
		_, err = s.Play("rtmp", "live/a")
		if _, reason := refusal(err); reason != "play of the file" {
			t.Errorf("%s: %v", form, err)
		}
	}
}

func TestHideDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, "js_hide args.token;"+everything(`js_hide remoteAddress headersIn.user-agent;
		js_on_play { return s.deny([s.args.token, s.query, s.url.split('?')[1], s.remoteAddress, s.headersIn['user-agent'], s.args.x].join(' ')); }`))
	_, err := s.Play("flv", "live/a?token=secret&x=1")
	if _, reason := refusal(err); reason != "*** token=***&x=1 token=***&x=1 *** *** 1" {
		t.Errorf("a script sees %q", reason)
	}
}

// js_vhost takes the place of the look-up by the URL's host.
func TestVHostPickDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, "js_vhost { return s.app === 'studio' ? 'b' : s.args.to; }"+everything(`js_on_publish { return s.deny('in the default'); }`)+
		"vhost b { js_on_publish { return s.deny('in ' + s.vhost); } }")
	for path, want := range map[string]string{"studio/a": "in b", "live/a": "in the default", "live/a?to=b": "in b", "live/a?to=nobody": "in the default"} {
		_, err := s.Publish(path, mediatest.Stream{})
		if _, reason := refusal(err); reason != want {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
}

// The global live is the streams and sessions of the script's own vhost.
func TestLiveGlobal(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`
		js_on_play {
			if (s.args.ask) return s.deny(JSON.stringify([
				live.get('live/a').name, live.get('live/none'), live.streams().length, live.clients().map(c => c.kind).sort(),
				(() => { try { live.get('live/a').forward('rtmp://x/y/z'); } catch (e) { return e.message; } })(),
				(() => { try { live.kick({}); } catch (e) { return e.name; } })(),
			]));
			if (s.args.end) return s.deny('ended ' + live.kick({ kind: 'play' }, 'so it is') + live.kick(c => c.stream === 'b', 'so it is') + live.kick('nobody'));
		}
		js_on_stop { s.log('stop: ' + s.reason); } js_on_unpublish { s.log('unpublish ' + s.stream + ': ' + s.reason); }`)+"vhost b { }")
	publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	publish(t, s, "live/b", mediatest.Stream{GOP: 25})
	publish(t, s, "live/a?vhost=b", mediatest.Stream{GOP: 25})
	waitFrames(t, play(t, s, "rtmp", "live/a"), 5)
	_, err := s.Play("rtmp", "live/a?ask=1")
	if _, reason := refusal(err); reason != `["a",null,2,["play","publish","publish"],"Stream.forward is not served yet","TypeError"]` {
		t.Errorf("a script sees %q", reason)
	}
	_, err = s.Play("rtmp", "live/a?end=1")
	if _, reason := refusal(err); reason != "ended 110" {
		t.Errorf("live.kick: %q", reason)
	}
	waitLog(t, s, 1, "stop: kicked: so it is")
	waitLog(t, s, 1, "unpublish b: kicked: so it is")
}
