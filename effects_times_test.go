package weir_test

import (
	"fmt"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
	"weir/weirtest"
)

// Times begin at zero or are the publisher's, and hide that its clock was set or not.
func TestTimeDirectives(t *testing.T) {
	t.Parallel()
	const start = 5 * time.Second
	for block, want := range map[string]struct {
		first time.Duration
		gaps  int
	}{
		"":                                    {0, 0},
		"play { time_jitter zero; }":          {0, 1},
		"play { time_jitter off; }":           {start, 1},
		"time_jitter full; atc on;":           {start, 1},
		"time_jitter zero; atc_auto on;":      {start, 1}, // as the metadata asks
		"play { atc off; time_jitter full; }": {0, 0},
	} {
		t.Run(block, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything("min_latency on; "+block))
			p := play(t, s, "rtmp", "live/a")
			write := byHand(t, s, "live/a")
			headers, frames := video(mediatest.Stream{Start: start}, time.Second)
			meta := *headers[0]
			meta.Body = amf0.Append(nil, "onMetaData", amf0.Object{{Name: "bravo_atc", Value: "true"}})
			write(&meta, headers[1])
			write(frames[0])
			waitFrames(t, p, 1) // it has begun
			write(frames[1:]...)
			_, ahead := video(mediatest.Stream{Start: time.Hour}, time.Second)
			write(ahead...)
			waitFrames(t, p, 50)
			c := p.Count()
			if got := c.First(media.Video).DTS; got != want.first {
				t.Errorf("the first frame is at %v, want %v", got, want.first)
			}
			if c.Gaps != want.gaps {
				t.Errorf("%d gaps, want %d", c.Gaps, want.gaps)
			}
		})
	}
}

// With mix_correct audio that comes behind its video is sent between it.
func TestMixCorrectDirective(t *testing.T) {
	t.Parallel()
	for block, want := range map[string]string{
		"":                         "v0 v40 v80 a10 a50 ",
		"play { mix_correct on; }": "v0 a10 v40 a50 ",
		"mix_correct on;":          "v0 a10 v40 a50 ",
	} {
		t.Run(block, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything("min_latency on; time_jitter off; "+block))
			p := playing(t, s.RTMP, "a")
			write := byHand(t, s, "live/a")
			_, frames := video(mediatest.Stream{}, 120*time.Millisecond)
			write(frames...)
			for _, at := range []time.Duration{10, 50} {
				write(&media.Packet{Kind: media.Audio, DTS: at * time.Millisecond, Body: []byte{0xaf, 1, 0, 0}})
			}
			got := ""
			for len(got) < len(want) {
				m, err := p.in.Next()
				if err != nil {
					t.Fatalf("after %s: %v", got, err)
				}
				switch m.Type {
				case chunk.Audio:
					got += fmt.Sprintf("a%d ", m.Timestamp)
				case chunk.Video:
					got += fmt.Sprintf("v%d ", m.Timestamp)
				}
			}
			if got != want {
				t.Errorf("sent %s, want %s", got, want)
			}
		})
	}
}

// Two sends are send_min_interval apart; a change of it holds at once.
func TestSendMinIntervalDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything("mw_latency 0; send_min_interval 10s;"))
	write := byHand(t, s, "live/a")
	headers, frames := video(mediatest.Stream{}, time.Second)
	write(headers...)
	write(frames[0])
	p := play(t, s, "rtmp", "live/a")
	waitFrames(t, p, 1) // it has joined
	write(frames[1:20]...)
	waitReceived(t, s, append(headers, frames[:20]...))
	if c := p.Count(); c.Video > 2 {
		t.Errorf("%d frames came before 10 s had passed", c.Video)
	}
	save(t, s, 1, everything("mw_latency 0;"))
	write(frames[20])
	waitFrames(t, p, 21)
}

func TestReduceSequenceHeaderDirective(t *testing.T) {
	t.Parallel()
	for block, want := range map[string]int{"": 3, "play { reduce_sequence_header on; }": 1, "reduce_sequence_header on;": 1} {
		t.Run(block, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything("min_latency on; "+block))
			write := byHand(t, s, "live/a")
			headers, frames := video(mediatest.Stream{}, time.Second)
			write(headers...)
			write(frames[0])
			p := play(t, s, "rtmp", "live/a")
			waitFrames(t, p, 1)
			write(headers[1], frames[1], headers[1], frames[2])
			waitFrames(t, p, 3)
			if c := p.Count(); c.Configs != want {
				t.Errorf("%d sequence headers, want %d", c.Configs, want)
			}
		})
	}
}

// A publisher whom nobody plays is ended by kickoff_for_idle, which a reload may bring.
func TestKickoffDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(""))
	publish(t, s, "live/a", mediatest.Stream{})
	played := publish(t, s, "live/b", mediatest.Stream{})
	p := play(t, s, "rtmp", "live/b")
	waitFrames(t, p, 1)
	save(t, s, 1, everything("publish { kickoff_for_idle 200ms; }"))
	waitLog(t, s, 1, "msg=unpublish", "stream=a", "nobody has played")
	waitFrames(t, p, p.Count().Video+25)
	p.Stop()
	waitLog(t, s, 1, "msg=unpublish", "stream=b", "nobody has played")
	played.Stop()
}

// With mr what a publisher sends gathers for mr_latency before it is read; with
// min_latency it does not.
func TestMergedReadDirectives(t *testing.T) {
	t.Parallel()
	const latency = time.Second
	for block, waits := range map[string]bool{"publish { mr on; mr_latency 1000; }": true, "min_latency on; publish { mr on; mr_latency 1000; }": false} {
		t.Run(block, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything("mw_latency 0; "+block))
			write := byHand(t, s, "live/a")
			p := play(t, s, "rtmp", "live/a")
			headers, frames := video(mediatest.Stream{}, time.Second)
			write(headers...)
			write(frames[0])
			waitFrames(t, p, 1)
			begun := time.Now()
			for i := 1; i <= 2; i++ {
				write(frames[i])
				waitFrames(t, p, i+1)
			}
			if took := time.Since(begun); waits && took < latency {
				t.Errorf("two frames came in %v, one after the other", took)
			}
		})
	}
}
