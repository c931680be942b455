package httphooks

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Client calls the back ends of all vhosts. What a vhost's http_hooks says comes
// with each call, so that the client lives across reloads. Ask works at any time; events are sent while Run runs.
type Client struct {
	ServerID  string // server_id: which server, across restarts
	ServiceID string // service_id: which process
	Dir       string // cwd: the working directory, to which files are relative
	Logger    *slog.Logger

	// MaxQueued bounds the events that wait for one back end of one vhost; zero
	// means 10,000. Above it the one that has waited longest for a retry gives way,
	// and only if there is none the newcomer. What is lost so is counted.
	MaxQueued int
	// Backoff is the wait before an event's first retry; it doubles up to 30 s and is
	// spread by half to either side. Zero means 1 s.
	Backoff time.Duration

	mu         sync.Mutex
	transports map[string]*http.Transport // by vhost
	queues     map[place]*queue
	fresh      []func(context.Context) // what Run has to start
	wake       chan struct{}           // cap 1; nil before it is needed
	ended      bool
	pending    int           // events that are neither delivered nor given up
	idle       chan struct{} // closed when pending is 0; nil while it is

	counts counts
}

func (c *Client) log() *slog.Logger {
	if c.Logger != nil {
		return c.Logger
	}
	return slog.Default()
}

func (c *Client) backoff() time.Duration {
	if c.Backoff > 0 {
		return c.Backoff
	}
	return defaultBackoff
}

// Run sends events until ctx ends, and returns when no call of theirs is under
// way. What was not delivered by then is lost and counted: see Drain.
func (c *Client) Run(ctx context.Context) {
	var lanes sync.WaitGroup
	defer c.closeIdle()
	defer lanes.Wait()
	wake := c.waker()
	for {
		for _, run := range c.starting() {
			lanes.Go(func() { run(ctx) })
		}
		select {
		case <-wake:
		case <-ctx.Done():
			for _, run := range c.end() {
				lanes.Go(func() { run(ctx) })
			}
			return
		}
	}
}

// Drain waits until no event waits, or ctx ends.
func (c *Client) Drain(ctx context.Context) error {
	for {
		c.mu.Lock()
		idle := c.idle
		c.mu.Unlock()
		if idle == nil {
			return nil
		}
		select {
		case <-idle:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Pending is how many events wait or are under way.
func (c *Client) Pending() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pending
}

// start has Run run f. After the end of Run nothing is sent: f only gives up.
func (c *Client) start(f func(context.Context)) {
	wake := c.waker()
	c.mu.Lock()
	ended := c.ended
	if !ended {
		c.fresh = append(c.fresh, f)
	}
	c.mu.Unlock()
	if ended {
		over, cancel := context.WithCancel(context.Background())
		cancel()
		f(over)
		return
	}
	select {
	case wake <- struct{}{}:
	default: // it is awake
	}
}

func (c *Client) waker() chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.wake == nil {
		c.wake = make(chan struct{}, 1)
	}
	return c.wake
}

func (c *Client) starting() []func(context.Context) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fresh := c.fresh
	c.fresh = nil
	return fresh
}

// end lets no event in any more.
func (c *Client) end() []func(context.Context) {
	c.mu.Lock()
	c.ended = true
	c.mu.Unlock()
	return c.starting()
}

// enter counts an event; false when events are over.
func (c *Client) enter() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return false
	}
	if c.pending++; c.pending == 1 {
		c.idle = make(chan struct{})
	}
	return true
}

// leave says that an event is delivered or given up.
func (c *Client) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pending--; c.pending == 0 {
		close(c.idle)
		c.idle = nil
	}
}
