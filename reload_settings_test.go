package weir_test

import (
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"weir"
	"weir/media/mediatest"
	"weir/weirtest"
)

// save replaces the configuration and waits for the nth reload.
func save(t *testing.T, s *weirtest.Server, n int, conf string) {
	t.Helper()
	weirtest.Write(t, s.Conf, conf)
	waitLog(t, s, n, "msg=reloaded")
}

// Hooks come and go under a live session: each of its events meets the script of
// its time.
func TestHooksAreSwitched(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(""))
	first := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	save(t, s, 1, everything(logs("second")))
	second := publish(t, s, "live/b", mediatest.Stream{GOP: 25})
	waitLog(t, s, 1, "publish by second")
	first.Stop() // it met no gate, and its end an event
	waitLog(t, s, 1, "unpublish by second")
	save(t, s, 2, everything(""))
	second.Stop()
	waitLog(t, s, 1, "msg=unpublish", "stream=b")
	third := publish(t, s, "live/c", mediatest.Stream{GOP: 25})
	save(t, s, 3, everything(logs("fourth")))
	third.Stop()
	waitLog(t, s, 1, "unpublish by fourth")
	if n := s.Log.Count("by second"); n != 2 {
		t.Errorf("%d calls of a script that was removed, want 2:\n%s", n, s.Log)
	}
}

// extinf is a segment's duration in a playlist.
var extinf = regexp.MustCompile(`#EXTINF:([0-9.]+),`)

// segments are the durations in a playlist.
func segments(t *testing.T, s *weirtest.Server, stream string) []string {
	t.Helper()
	_, text := fetch(t, s.HTTP, "/live/"+stream+".m3u8")
	var list []string
	for _, m := range extinf.FindAllStringSubmatch(text, -1) {
		list = append(list, strings.TrimRight(strings.TrimRight(m[1], "0"), "."))
	}
	return list
}

// Another hls_fragment holds from the next publish on; what is published goes on as
// it was.
func TestFragmentHoldsAtTheNextPublish(t *testing.T) {
	t.Parallel()
	conf := func(fragment string) string {
		return strings.Replace(everything(""), "hls_fragment 1; hls_window 6;", "hls_ctx off; hls_window 10; hls_fragment "+fragment+";", 1)
	}
	s := weirtest.Up(t, conf("200ms"))
	pub := publish(t, s, "live/a", mediatest.Stream{GOP: 5}) // a keyframe every 200 ms
	waitFrames(t, play(t, s, "hls", "live/a"), 10)
	save(t, s, 1, conf("600ms"))
	waitLog(t, s, 1, "hls.hls_fragment", "from=200ms", "to=600ms", "applies=stream")
	had := len(segments(t, s, "a"))
	eventually(t, "three segments follow", func() bool { return len(segments(t, s, "a")) >= had+3 })
	for _, d := range segments(t, s, "a") {
		if d != "0.2" {
			t.Errorf("a segment of %s s of what was published before, want 0.2", d)
		}
	}
	pub.Stop()
	publish(t, s, "live/a", mediatest.Stream{GOP: 5})
	eventually(t, "segments are as long as the new setting says", func() bool {
		list := segments(t, s, "a")
		return len(list) > 0 && list[len(list)-1] == "0.6"
	})
}

// What is not served any more refuses newcomers; who plays goes on, and so does the
// rest.
func TestProtocolSwitchedOff(t *testing.T) {
	t.Parallel()
	for protocol, block := range map[string]string{"flv": "http_remux", "hls": "hls"} {
		t.Run(protocol, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything(""))
			b := stand(t, s)
			b.unharmed(t)
			save(t, s, 1, strings.Replace(everything(""), block+" { enabled on;", block+" { enabled off;", 1))
			if _, err := s.Play(protocol, "live/bystander"); err == nil {
				t.Errorf("a player by %s is admitted", protocol)
			}
			play(t, s, "rtmp", "live/bystander").Stop()
			b.unharmed(t)
			save(t, s, 2, everything(""))
			waitFrames(t, play(t, s, protocol, "live/bystander"), 1)
			b.unharmed(t)
		})
	}
}

func TestLogLevelFollows(t *testing.T) {
	t.Parallel()
	level := &slog.LevelVar{}
	d := disk{t, t.TempDir()}
	conf := func(level string) string {
		return weirtest.FreePorts("srs_log_level " + level + ";" + everything(""))
	}
	d.write("srs.conf", conf("warn"))
	s := weirtest.Serve(t, d.path("srs.conf"), func(s *weir.Server) { s.Level = level })
	for i, want := range []slog.Level{slog.LevelWarn, slog.LevelDebug, slog.LevelError, slog.LevelInfo} {
		if i > 0 {
			d.write("srs.conf", conf(strings.ToLower(want.String())))
			waitLog(t, s, i, "msg=reloaded")
		}
		if got := level.Level(); got != want {
			t.Errorf("level %v, want %v", got, want)
		}
	}
}

// Fewer connections than there are send nobody away; newcomers wait until there is
// room, and more are admitted at once.
func TestMaxConnectionsFollows(t *testing.T) {
	t.Parallel()
	conf := func(most int) string { return fmt.Sprintf("max_connections %d;", most) + everything("") }
	s := weirtest.Up(t, conf(10))
	pub := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	player := play(t, s, "rtmp", "live/a")
	waitFrames(t, player, 1)
	save(t, s, 1, conf(1))
	if _, err := s.Publish("live/b", mediatest.Stream{}); err == nil {
		t.Error("admitted, want no room")
	}
	waitFrames(t, player, player.Count().Video+25)
	save(t, s, 2, conf(3))
	publish(t, s, "live/b", mediatest.Stream{})
	player.Stop()
	pub.Stop()
}

// What scripts remember outside of themselves survives them: dictionaries, and a
// connection's s.ctx. What a module has in variables does not.
func TestScriptsMemorySurvives(t *testing.T) {
	t.Parallel()
	conf := func(word string) string {
		return "js_shared_dict_zone zone=seen:64k; js_shared_dict_zone zone=counts:64k type=number;" + everything(strings.ReplaceAll(`
			js_on_connect { s.ctx.since = 'WORD'; }
			js_on_publish {
				s.ctx.published = 'WORD';
				ngx.shared.seen.set('stream', s.stream);
				ngx.shared.counts.incr('publishes', 1, 0);
				globalThis.own = 'WORD';
			}
			js_on_unpublish {
				s.log(`+"`WORD: ${s.ctx.since} ${s.ctx.published} ${ngx.shared.seen.get('stream')} ${ngx.shared.counts.get('publishes')} ${globalThis.own}`"+`);
			}
			js_on_close { s.log(`+"`WORD closes: ${s.ctx.since} ${s.ctx.published}`"+`); }`, "WORD", word))
	}
	s := weirtest.Up(t, conf("first"))
	first := publish(t, s, "live/a", mediatest.Stream{})
	save(t, s, 1, conf("second"))
	publish(t, s, "live/b", mediatest.Stream{}).Stop()
	waitLog(t, s, 1, "second: second second b 2 second")
	save(t, s, 2, conf("third"))
	first.Stop()
	waitLog(t, s, 1, "third: first first b 2 undefined")
	waitLog(t, s, 1, "third closes: first first")
}

// A dictionary that only a restart makes is waited for; the rest applies.
func TestPendingChangesAreTold(t *testing.T) {
	t.Parallel()
	d := disk{t, t.TempDir()}
	d.write("srs.conf", controlledBy(d, ""))
	c := controlled{weirtest.Serve(t, d.path("srs.conf"), withControl), d.path("w.pid"), d.path("w.sock")}
	d.write("srs.conf", "js_shared_dict_zone zone=z:64k; max_connections 5;"+controlledBy(d, ""))
	r := c.ask(t, weir.VerbReload).Reload
	d.write("srs.conf", "js_shared_dict_zone zone=z:64k;"+controlledBy(d, ""))
	c.ask(t, weir.VerbReload)
	st := c.ask(t, weir.VerbStatus).Status
	if r == nil || st == nil {
		t.Fatal("no answer")
	}
	waitLog(t, c.Server, 1, "msg=changed", "directive=max_connections") // by us, or by the watcher ahead of us
	for when, list := range map[string][]weir.Change{"the first reload": r.Pending, "the second": st.Pending} {
		if len(list) != 1 || list[0].Path != "js_shared_dict_zone" {
			t.Errorf("after %s these are pending: %+v, want js_shared_dict_zone", when, list)
		}
	}
	d.write("srs.conf", controlledBy(d, "")) // as it was started: nothing is pending
	c.ask(t, weir.VerbReload)
	if st := c.ask(t, weir.VerbStatus).Status; len(st.Pending) != 0 {
		t.Errorf("pending: %+v, want nothing", st.Pending)
	}
}
