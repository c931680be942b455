package hub

import (
	"testing"
	"time"
)

// A publisher that is read when its next flush is expected loses little time by it,
// and is read once a flush, mostly.
func TestForecast(t *testing.T) {
	const ms = time.Millisecond
	frame := time.Second / 30
	tests := []struct {
		name    string
		latency time.Duration
		most    float64                       // reads a flush
		arrives func(frame int) time.Duration // since the first, on the clock
	}{
		{"steady", 100 * ms, 1.4, func(n int) time.Duration { return time.Duration(n) * frame }},
		{"350 ms", 350 * ms, 1.4, func(n int) time.Duration { return time.Duration(n) * frame }},
		{"50 ms", 50 * ms, 1.4, func(n int) time.Duration { return time.Duration(n) * frame }},
		{"a clock that is fast", 100 * ms, 1.4, func(n int) time.Duration { return time.Duration(n) * frame * 99 / 100 }},
		{"a clock that is slow", 100 * ms, 1.9, func(n int) time.Duration { return time.Duration(n) * frame * 101 / 100 }},
		{"a network that shakes", 100 * ms, 1.4, func(n int) time.Duration { return time.Duration(n)*frame + time.Duration(n*7%5)*ms }},
		{"a network that has become faster", 100 * ms, 1.4, func(n int) time.Duration {
			if n < 100 {
				return time.Duration(n)*frame + 30*ms
			}
			return time.Duration(n) * frame
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			start := time.Now()
			f := flusher{pulse: &pulse{start: start}}
			set := StreamSettings{MWLatency: test.latency}
			f.unwanted(0)
			var lost time.Duration
			looks, flushes := 0, 0
			for n := 1; n <= 1000; n++ {
				dts := time.Duration(n) * frame
				if !f.due(dts, &set, true) {
					continue
				}
				came := start.Add(test.arrives(n))
				read := came
				if f.forecast.next.After(came) {
					read = f.forecast.next
				}
				if n > 300 {
					flushes++
					lost += read.Sub(came)
					if looks++; read.Equal(came) && f.forecast.next.Before(came) {
						looks++ // it was looked for, then waited for
					}
				}
				f.forecast.flushed(f.pulse, read, dts, dts-f.sent, &set)
				f.sent = dts
			}
			if each := lost / time.Duration(flushes); each > 2*beat {
				t.Errorf("a flush comes %v late", each)
			}
			if float64(looks) > test.most*float64(flushes) {
				t.Errorf("%d reads for %d flushes", looks, flushes)
			}
		})
	}
}

// However rare flushes are, a publisher is read twice a second.
func TestForecastIsNotFar(t *testing.T) {
	start := time.Now()
	f, p := forecast{}, &pulse{start: start}
	set := StreamSettings{MWLatency: 5 * time.Second}
	for n := range 5 {
		at := time.Duration(n) * 5 * time.Second
		f.flushed(p, start.Add(at), at, 5*time.Second, &set)
		if wait := f.next.Sub(start.Add(at)); wait > unread+beat {
			t.Errorf("the next is looked for in %v", wait)
		}
	}
	if !f.next.After(start.Add(20 * time.Second)) {
		t.Error("nothing is forecast")
	}
}

// Nothing is forecast of streams that send each frame at once, or that nobody takes.
func TestNoForecast(t *testing.T) {
	for name, set := range map[string]StreamSettings{"min_latency": {}, "shorter than a frame": {MWLatency: 30 * time.Millisecond}} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			f := flusher{pulse: &pulse{start: start}}
			for n := range 10 {
				at := time.Duration(n) * 40 * time.Millisecond
				f.forecast.flushed(f.pulse, start.Add(at), at, 40*time.Millisecond, &set)
				if f.forecast.next.After(start.Add(at)) {
					t.Fatalf("the next of %v is expected at %v", at, f.forecast.next.Sub(start))
				}
			}
			f.unwanted(time.Second)
			if !f.forecast.next.IsZero() {
				t.Error("a forecast for nobody")
			}
		})
	}
}
