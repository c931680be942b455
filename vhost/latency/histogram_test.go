package latency

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestBuckets(t *testing.T) {
	var h Histogram
	for _, d := range []time.Duration{-1, 0, 5 * time.Microsecond, 5*time.Microsecond + 1, 10 * time.Second, time.Minute} {
		h.Observe(d)
	}
	got := h.Read()
	want := Distribution{Sum: 70*time.Second + 10*time.Microsecond}
	want.Counts[0], want.Counts[1], want.Counts[19], want.Counts[20] = 3, 1, 1, 1
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if n := got.Count(); n != 6 {
		t.Errorf("count: %d, want 6", n)
	}
}

func TestQuantile(t *testing.T) {
	for name, c := range map[string]struct {
		took []time.Duration
		q    float64
		want time.Duration
	}{
		"none":                         {nil, 0.5, 0},
		"one is its bucket's bound":    {[]time.Duration{7 * time.Microsecond}, 1, 10 * time.Microsecond},
		"half of one":                  {[]time.Duration{7 * time.Microsecond}, 0.5, 7500 * time.Nanosecond},
		"most are fast":                {[]time.Duration{1, 2, 3, time.Second}, 0.5, 3333 * time.Nanosecond},
		"beyond the last bound":        {[]time.Duration{time.Minute}, 0.99, 10 * time.Second},
		"empty buckets are passed":     {[]time.Duration{1, 2, time.Second}, 1, time.Second},
		"the least is in the first":    {[]time.Duration{time.Second, time.Second}, 0, 500 * time.Millisecond},
		"between fast and the slowest": {[]time.Duration{1, time.Minute}, 0.99, 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			var h Histogram
			for _, d := range c.took {
				h.Observe(d)
			}
			d := h.Read()
			if got := d.Quantile(c.q); got != c.want {
				t.Errorf("quantile %v: %v, want %v", c.q, got, c.want)
			}
		})
	}
}

func BenchmarkObserve(b *testing.B) {
	var h Histogram
	b.ReportAllocs()
	for b.Loop() {
		h.Observe(120 * time.Microsecond)
	}
}
