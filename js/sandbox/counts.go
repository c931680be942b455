package sandbox

import (
	"maps"
	"sync"
)

// Counts are what Workers have counted, for the metrics.
type Counts struct {
	Workers int              // processes that run, the spare included
	Starts  int64            // of processes
	Deaths  map[Reason]int64 // of processes, but for those that the server ended
	Kills   int64            // deaths of processes that were stuck
	Resends int64            // calls that the worker before had not begun
}

// Counter counts for any number of Workers: those of the present configuration and
// of the ones before it. Its zero value is ready.
type Counter struct {
	warned sync.Once // that the kernel refuses something

	mu     sync.Mutex
	counts Counts
}

// Counts returns a copy of what has been counted.
func (c *Counter) Counts() Counts {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.counts
	n.Deaths = maps.Clone(n.Deaths)
	return n
}

func (c *Counter) started() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts.Workers++
	c.counts.Starts++
}

// ended says that a process is gone, whatever ended it.
func (c *Counter) ended() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts.Workers--
}

// died says why a process that the server did not end is gone.
func (c *Counter) died(why Reason, resends int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts.Deaths == nil {
		c.counts.Deaths = map[Reason]int64{}
	}
	c.counts.Deaths[why]++
	if why == Stuck {
		c.counts.Kills++
	}
	c.counts.Resends += int64(resends)
}

// Counts returns a copy of what has been counted.
func (s *Workers) Counts() Counts { return s.Counter.Counts() }
