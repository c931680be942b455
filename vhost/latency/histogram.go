// Package latency counts how long things take, for metrics.
package latency

import (
	"slices"
	"sync/atomic"
	"time"
)

// Buckets are the upper bounds of a Histogram's buckets; what took longer than the
// last is in one more.
var Buckets = [...]time.Duration{
	5 * time.Microsecond, 10 * time.Microsecond, 25 * time.Microsecond, 50 * time.Microsecond,
	100 * time.Microsecond, 250 * time.Microsecond, 500 * time.Microsecond,
	time.Millisecond, 2500 * time.Microsecond, 5 * time.Millisecond,
	10 * time.Millisecond, 25 * time.Millisecond, 50 * time.Millisecond,
	100 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond,
	time.Second, 2500 * time.Millisecond, 5 * time.Second, 10 * time.Second,
}

// Histogram counts durations by bucket. Any goroutine may use it; it allocates
// nothing.
type Histogram struct {
	counts [len(Buckets) + 1]atomic.Uint64
	sum    atomic.Int64 // nanoseconds
}

// Observe counts d.
func (h *Histogram) Observe(d time.Duration) {
	i, _ := slices.BinarySearch(Buckets[:], d)
	h.counts[i].Add(1)
	h.sum.Add(int64(d))
}

// Distribution is what a Histogram has counted at one moment.
type Distribution struct {
	Counts [len(Buckets) + 1]uint64 // of each bucket alone
	Sum    time.Duration
}

// Read returns what h has counted so far.
func (h *Histogram) Read() Distribution {
	d := Distribution{Sum: time.Duration(h.sum.Load())}
	for i := range h.counts {
		d.Counts[i] = h.counts[i].Load()
	}
	return d
}

// Count is how many durations there are.
func (d *Distribution) Count() (n uint64) {
	for _, c := range d.Counts {
		n += c
	}
	return n
}

// Quantile is the duration that a part q of all does not exceed, from 0 to 1, as if
// those of a bucket were spread evenly over it. It is 0 of none, and of those beyond
// the last bound that bound.
func (d *Distribution) Quantile(q float64) time.Duration {
	rank := q * float64(d.Count())
	var below float64
	var from time.Duration
	for i, to := range Buckets {
		n := float64(d.Counts[i])
		if n > 0 && below+n >= rank {
			return from + time.Duration(float64(to-from)*max(rank-below, 0)/n)
		}
		below += n
		from = to
	}
	if below == float64(d.Count()) { // none, for the others returned
		return 0
	}
	return from
}
