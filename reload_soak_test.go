package weir_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/weirtest"
)

// soakConf is the ith configuration of a soak: other scripts, limits and segments.
func soakConf(i int) string {
	return fmt.Sprintf("max_connections %d;", 2000+i) + strings.Replace(everything(fmt.Sprintf(
		"js_on_play { s.log('generation %d'); } js_on_stop { s.ctx.n = %d; }", i, i,
	)), "hls_window 6;", fmt.Sprintf("hls_dispose 1; hls_window %d;", 6+i%2), 1)
}

// A publisher and two hundred players do not notice a hundred reloads, and nothing
// of them is left. It takes most of two cores for a minute: WEIR_SOAK=1 runs it.
func TestSoakOfReloads(t *testing.T) {
	if os.Getenv("WEIR_SOAK") == "" {
		t.Skip("WEIR_SOAK is not set")
	}
	const reloads = 100
	counts := map[string]int{"rtmp": 90, "flv": 90, "hls": 20}
	s := weirtest.Up(t, soakConf(0))
	visitors(t, s)
	before, memory := held(t), heap()-int64(len(s.Log.String()))

	pub := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	players := map[string][]*weirtest.Player{}
	for protocol, n := range counts {
		for range n {
			players[protocol] = append(players[protocol], play(t, s, protocol, "live/a"))
		}
	}
	begun, used := time.Now(), held(t)
	for i := 1; i <= reloads; i++ {
		save(t, s, i, soakConf(i))
		p := play(t, s, "rtmp", "live/a")
		waitLog(t, s, 1, fmt.Sprintf("generation %d", i), "js_on_play")
		p.Stop()
	}
	took := time.Since(begun)
	sent := time.Duration(pub.Frames.Load()) * 40 * time.Millisecond
	frames := map[string]int{}
	for protocol, list := range players {
		for i, p := range list {
			if err := p.Wait(func(c mediatest.Count) bool { return c.Video > 0 && c.Last(media.Video).DTS >= sent }); err != nil {
				t.Fatalf("player %d (%s): %v", i, protocol, err)
			}
			c := p.Count()
			if c.Gaps > 0 || c.Backwards > 0 {
				t.Errorf("player %d (%s): %d gaps, %d steps backwards", i, protocol, c.Gaps, c.Backwards)
			}
			frames[protocol] += c.Video
		}
	}
	if n := s.Log.Count("msg=stop"); n != reloads+2 { // those who looked in, and the first visitors
		t.Errorf("%d plays have ended, want %d", n, reloads+2)
	}
	for _, list := range players {
		for _, p := range list {
			p.Stop()
		}
	}
	pub.Stop()
	before.comeBack(t)
	grown := heap() - int64(len(s.Log.String())) - memory
	if grown > 4<<20 { // the test has its players and the log
		t.Errorf("%d bytes remain", grown)
	}
	t.Logf("%d reloads in %v under %v: %v frames, none lost; goroutines %d, then %d, in the end %d; descriptors %d, %d, %d; heap %+d kB of %d kB",
		reloads, took.Round(time.Millisecond), counts, frames,
		before.goroutines, used.goroutines, held(t).goroutines, before.descriptors, used.descriptors, held(t).descriptors, grown>>10, memory>>10)
}

// visitors bring along what the first ones do: a poller, a segmenter.
func visitors(t *testing.T, s *weirtest.Server) {
	t.Helper()
	pub := publish(t, s, "live/visit", mediatest.Stream{GOP: 25})
	for _, protocol := range []string{"rtmp", "flv"} {
		p := play(t, s, protocol, "live/visit")
		waitFrames(t, p, 1)
		p.Stop()
	}
	pub.Stop()
	waitLog(t, s, 2, "msg=stop")
}

// BenchmarkSaveToEffect is the time from a saved file to the first publisher who
// meets it: a hundred saves with -benchtime 100x.
func BenchmarkSaveToEffect(b *testing.B) {
	for _, in := range []string{"srs.conf", "deny.conf", "word.js"} {
		b.Run("in="+in, func(b *testing.B) {
			d := disk{b, b.TempDir()}
			plain(d, texts(in, "0"))
			s, err := weirtest.Start(d.path("srs.conf"))
			d.try(err)
			defer func() { d.try(s.Stop()) }()
			var took []time.Duration
			for i := 1; b.Loop(); i++ {
				word := fmt.Sprint(i)
				savings[0].save(d, in, texts(in, word)[in])
				begun := time.Now()
				for reason := ""; reason != word; {
					_, err := s.Publish("live/a", mediatest.Stream{})
					_, reason = refusal(err)
				}
				took = append(took, time.Since(begun))
			}
			slices.Sort(took)
			at := func(percent int) float64 { return float64(took[(len(took)-1)*percent/100].Microseconds()) / 1000 }
			b.ReportMetric(at(50), "p50-ms")
			b.ReportMetric(at(95), "p95-ms")
			b.ReportMetric(at(100), "max-ms")
		})
	}
}
