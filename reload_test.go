package weir_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/weirtest"
)

func TestSavedFileMeetsNewSessions(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`js_on_publish { return s.deny('closed'); }`))
	if _, err := s.Publish("live/a", mediatest.Stream{}); err == nil {
		t.Fatal("admitted, want denied")
	}
	weirtest.Write(t, s.Conf, everything(`js_on_publish { s.log('open now'); }`))
	waitLog(t, s, 1, "msg=reloaded")
	publish(t, s, "live/a", mediatest.Stream{})
	waitLog(t, s, 1, "open now")
}

func TestSavedModuleMeetsNewSessions(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "srs.conf")
	weirtest.Write(t, file, "js_import gate from gate.js;"+everything("js_on_publish gate.publish;"))
	weirtest.Write(t, filepath.Join(dir, "gate.js"), "import { word } from './word.js'; export function publish(s) { return s.deny(word); }")
	weirtest.Write(t, filepath.Join(dir, "word.js"), "export const word = 'first';")
	s, err := weirtest.Start(file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	expect := func(want string) {
		t.Helper()
		_, err := s.Publish("live/a", mediatest.Stream{})
		if _, reason := refusal(err); reason != want {
			t.Errorf("reason %q, want %q", reason, want)
		}
	}
	expect("first")
	weirtest.Write(t, filepath.Join(dir, "word.js"), "export const word = 'second';")
	waitLog(t, s, 1, "msg=reloaded")
	expect("second")

	// A module that breaks keeps the one before, and its repair is noticed.
	weirtest.Write(t, filepath.Join(dir, "word.js"), "export const word = ;")
	waitLog(t, s, 1, "reload refused")
	waitLog(t, s, 1, "word.js:1:21")
	expect("second")
	weirtest.Write(t, filepath.Join(dir, "word.js"), "export const word = 'third';")
	waitLog(t, s, 2, "msg=reloaded")
	expect("third")

	// So is one that was gone.
	if err := os.Remove(filepath.Join(dir, "word.js")); err != nil {
		t.Fatal(err)
	}
	waitLog(t, s, 2, "reload refused")
	weirtest.Write(t, filepath.Join(dir, "word.js"), "export const word = 'fourth';")
	waitLog(t, s, 3, "msg=reloaded")
	expect("fourth")
}

func TestBrokenEditKeepsServing(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`js_on_publish { s.log('old script'); }`))
	publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	player := play(t, s, "rtmp", "live/a")
	for i, broken := range []string{
		everything("hls_fragmnet 2;"),
		everything("js_on_publish { return ; ) }"),
		everything("js_on_publish nowhere.publish;"),
		everything("js_import x from missing.js;"),
		"listen 1935; vhost a { ",
		"",
	} {
		weirtest.Write(t, s.Conf, broken)
		waitLog(t, s, i+1, "reload refused")
	}
	if err := os.Remove(s.Conf); err != nil {
		t.Fatal(err)
	}
	waitLog(t, s, 7, "reload refused")
	waitFrames(t, player, player.Count().Video+25)
	publish(t, s, "live/b", mediatest.Stream{})
	waitLog(t, s, 2, "old script")
	if s.Log.Count("msg=reloaded") > 0 {
		t.Error("a broken file was taken")
	}
}

// Fifty players of one publisher get every frame while the scripts are replaced
// twenty times under them.
func TestReloadLosesNoFrame(t *testing.T) {
	t.Parallel()
	const players, reloads = 50, 20
	conf := func(i int) string {
		return everything(fmt.Sprintf("js_on_play { s.log('generation %d'); } js_on_stop { s.log('stop in %d'); }", i, i))
	}
	s := weirtest.Up(t, conf(0))
	pub := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	all := make([]*weirtest.Player, players)
	for i := range all {
		all[i] = play(t, s, weirtest.Basic[i%3], "live/a")
	}
	for i := 1; i <= reloads; i++ {
		weirtest.Write(t, s.Conf, conf(i))
		waitLog(t, s, i, "msg=reloaded")
		p := play(t, s, "rtmp", "live/a")
		waitLog(t, s, 1, fmt.Sprintf("generation %d", i))
		p.Stop()
	}
	sent := int(pub.Frames.Load())
	for i, p := range all {
		if err := p.Wait(func(c mediatest.Count) bool {
			return c.Video > 0 && c.Last(9).DTS >= time.Duration(sent)*40*time.Millisecond
		}); err != nil {
			t.Fatalf("player %d (%s): %v", i, weirtest.Basic[i%3], err)
		}
		if c := p.Count(); c.Gaps > 0 || c.Backwards > 0 {
			t.Errorf("player %d (%s): %d gaps, %d steps backwards", i, weirtest.Basic[i%3], c.Gaps, c.Backwards)
		}
		p.Stop()
	}
	waitLog(t, s, players, fmt.Sprintf("stop in %d", reloads))
}
