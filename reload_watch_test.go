package weir_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"weir"
	"weir/media/mediatest"
	"weir/weirtest"
)

// denies waits until publishers are denied with a word.
func denies(t *testing.T, s *weirtest.Server, word string) {
	t.Helper()
	eventually(t, "publishers are denied with "+word, func() bool {
		p, err := s.Publish("live/a", mediatest.Stream{})
		if err == nil {
			p.Stop()
		}
		_, reason := refusal(err)
		return reason == word
	})
}

// However a file comes to its new text, an event tells of it, that is what is
// served, and no part of it ever was.
func TestWaysOfSaving(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"srs.conf", "deny.conf", "word.js"} {
		for _, v := range savings {
			t.Run(in+"/"+v.name, func(t *testing.T) {
				t.Parallel()
				d := disk{t, t.TempDir()}
				v.place(d, texts(in, "first"))
				s := weirtest.Serve(t, v.main(d), (*weir.Server).WithoutPolling)
				denies(t, s, "first")
				v.save(d, in, texts(in, "second")[in])
				denies(t, s, "second")
				if n := s.Log.Count("reload refused"); n > 0 && !v.parts {
					t.Errorf("%d reloads were refused, though no reader could meet a part", n)
				}
			})
		}
	}
}

// A file that is gone keeps what was read of it, and its return is noticed, also
// when its directory went with it.
func TestFilesThatGoAndComeBack(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"srs.conf", "deny.conf", "word.js"} {
		for _, gone := range []string{"file", "directory"} {
			t.Run(in+"/"+gone, func(t *testing.T) {
				t.Parallel()
				d := disk{t, t.TempDir() + "/dir"}
				plain(d, texts(in, "first"))
				s := weirtest.Serve(t, d.path("srs.conf"), (*weir.Server).WithoutPolling)
				denies(t, s, "first")
				if gone == "file" {
					d.try(os.Remove(d.path(in)))
				} else {
					d.try(os.RemoveAll(d.dir))
				}
				waitLog(t, s, 1, "reload refused")
				denies(t, s, "first")
				plain(d, texts(in, "second"))
				denies(t, s, "second")
			})
		}
	}
}

// What a pattern comes to match is included, also in a directory that was not there.
func TestNewFilesOfAPattern(t *testing.T) {
	t.Parallel()
	d := disk{t, t.TempDir()}
	d.write("srs.conf", weirtest.FreePorts(everything("include hooks.d/*.conf;")))
	s := weirtest.Serve(t, d.path("srs.conf"), (*weir.Server).WithoutPolling)
	publish(t, s, "live/a", mediatest.Stream{}).Stop()
	d.write("hooks.d/a.conf", "js_on_publish { return s.deny('a'); }")
	denies(t, s, "a")
	d.write("hooks.d/b.conf", "js_on_play { return s.deny('b'); }")
	eventually(t, "players are denied", func() bool {
		p, err := s.Play("rtmp", "live/a")
		if err == nil {
			p.Stop()
		}
		return err != nil
	})
	d.try(os.Remove(d.path("hooks.d/a.conf")))
	eventually(t, "publishers are admitted", func() bool {
		p, err := s.Publish("live/a", mediatest.Stream{})
		if err == nil {
			p.Stop()
		}
		return err == nil
	})
}

// A thousand writes are few reloads, and the last counts.
func TestBurstOfWrites(t *testing.T) {
	t.Parallel()
	const writes, most = 1000, 100 * time.Millisecond
	for _, v := range savings[:2] {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			d := disk{t, t.TempDir()}
			v.place(d, texts("srs.conf", "first"))
			s := weirtest.Serve(t, v.main(d), (*weir.Server).WithoutPolling)
			begun := time.Now()
			for i := range writes {
				v.save(d, "srs.conf", texts("srs.conf", fmt.Sprint("write ", i))["srs.conf"])
			}
			denies(t, s, fmt.Sprint("write ", writes-1))
			may := int(time.Since(begun)/most) + 1
			if n := s.Log.Count("msg=reloaded") + s.Log.Count("reload refused"); n > may {
				t.Errorf("%d reloads, want at most %d", n, may)
			}
		})
	}
}

// Wrong, repaired, and back to what was before: each is noticed.
func TestBadFixedReverted(t *testing.T) {
	t.Parallel()
	bad := map[string]string{"srs.conf": "listen", "deny.conf": "js_on_publish {", "word.js": "export const word = ;"}
	for in, text := range bad {
		t.Run(in, func(t *testing.T) {
			t.Parallel()
			d := disk{t, t.TempDir()}
			plain(d, texts(in, "first"))
			s := weirtest.Serve(t, d.path("srs.conf"), (*weir.Server).WithoutPolling)
			save := func(text string) { savings[0].save(d, in, text) }
			save(text)
			waitLog(t, s, 1, "reload refused", in+":")
			denies(t, s, "first")
			save(texts(in, "second")[in])
			waitLog(t, s, 1, "msg=reloaded")
			denies(t, s, "second")
			save(text)
			waitLog(t, s, 2, "reload refused", in+":")
			denies(t, s, "second")
			save(texts(in, "first")[in])
			waitLog(t, s, 2, "msg=reloaded")
			denies(t, s, "first")
			if n := strings.Count(s.Log.String(), "reload refused"); n != 2 {
				t.Errorf("%d reloads were refused, want 2", n)
			}
		})
	}
}
