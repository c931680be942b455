package httphooks

import (
	"errors"
	"sync"
	"time"

	"weir/vhost/latency"
)

// Count counts the calls of one hook of one vhost.
type Count struct {
	VHost, Hook string // Hook: "on_publish"
	Calls       uint64 // attempts included that were repeated
	Refused     uint64 // calls that were answered with no
	Failed      uint64 // calls that were not answered, or with nonsense
	Retried     uint64 // attempts after an event's first
	Dropped     uint64 // events that were lost
	Took        latency.Distribution
}

// counter is a Count, counting.
type counter struct {
	Count
	took latency.Histogram
}

type counts struct {
	mu    sync.Mutex
	hooks map[countKey]*counter
}

type countKey struct {
	vhost string
	hook  action
}

// of returns the counter of a call's hook. The lock is held.
func (c *counts) of(k *call) *counter {
	if c.hooks == nil {
		c.hooks = map[countKey]*counter{}
	}
	key := countKey{k.vhost, k.action}
	n := c.hooks[key]
	if n == nil {
		n = &counter{Count: Count{VHost: k.vhost, Hook: string(k.action)}}
		c.hooks[key] = n
	}
	return n
}

func (c *counts) called(k *call, took time.Duration, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.of(k)
	n.Calls++
	n.took.Observe(took)
	switch {
	case err == nil:
	case errors.As(err, new(*refusal)):
		n.Refused++
	default:
		n.Failed++
	}
}

func (c *counts) retried(k *call, times int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of(k).Retried += uint64(times)
}

func (c *counts) dropped(k *call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of(k).Dropped++
}

// Counts returns what was called so far.
func (c *Client) Counts() []Count {
	c.counts.mu.Lock()
	defer c.counts.mu.Unlock()
	list := make([]Count, 0, len(c.counts.hooks))
	for _, n := range c.counts.hooks {
		n.Took = n.took.Read()
		list = append(list, n.Count)
	}
	return list
}
