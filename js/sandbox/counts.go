package sandbox

import "maps"

// Counts are what Workers have counted, for the metrics.
type Counts struct {
	Workers int              // processes that run, the spare included
	Starts  int64            // of processes
	Deaths  map[Reason]int64 // of processes, but for those that the server ended
	Kills   int64            // deaths of processes that were stuck
	Resends int64            // calls that the worker before had not begun
}

func (c *Counts) died(why Reason, resends int) {
	if c.Deaths == nil {
		c.Deaths = map[Reason]int64{}
	}
	c.Deaths[why]++
	if why == Stuck {
		c.Kills++
	}
	c.Resends += int64(resends)
}

// Counts returns a copy of what has been counted.
func (s *Workers) Counts() Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.counts
	c.Deaths = maps.Clone(c.Deaths)
	return c
}

func (s *Workers) count(f func(*Counts)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.counts)
}
