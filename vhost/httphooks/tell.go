package httphooks

import (
	"context"
	"errors"

	"weir/conf"
	"weir/js/hook"
)

// class parts the events of a vhost: files come in numbers, and must not stand
// ahead of the ends of sessions.
type class string

const (
	ofSessions class = "session"
	ofFiles    class = "file"
	ofNotices  class = "notice"
)

// place names a queue. Each back end has its own: one that hangs delays no other.
type place struct {
	vhost, backend string
	class          class
}

// Tell sends an event (hook.Unpublish, hook.Stop or hook.Close) to v's back ends,
// each of them on its own. It never waits. Those of one connection arrive at a
// back end in the order of the calls of Tell. The session is a snapshot as
// hook.Session is; nothing of it is kept.
func (c *Client) Tell(v *conf.VHost, p hook.Point, s *hook.Session) {
	c.tell(&v.HTTPHooks, actionOf(p), s, nil, ofSessions, s.Connection.ID)
}

// TellHLS says that a segment is complete: on_hls, and on_hls_notify by one of its
// templates, whose answer does not count. s is the publisher's session.
func (c *Client) TellHLS(v *conf.VHost, s *hook.Session, f File) {
	c.tell(&v.HTTPHooks, onHLS, s, &f, ofFiles, s.Key.String())
	c.notify(&v.HTTPHooks, s, &f)
}

func (c *Client) tell(h *conf.HTTPHooks, a action, s *hook.Session, f *File, of class, lane string) {
	urls := urls(h, a)
	if len(urls) == 0 {
		return
	}
	body := c.body(a, s, f)
	for _, url := range urls {
		c.post(newCall(h, a, s, url, body), of, lane, h.Retry)
	}
}

// post puts a call into its queue.
func (c *Client) post(k *call, of class, lane string, retries int) {
	l := &letter{
		retries: retries, backoff: c.backoff(),
		send: func(ctx context.Context) error { return c.try(ctx, k) },
	}
	if !c.enter() {
		c.lost(k, errEnded)
		return
	}
	l.over = func(err error) {
		c.settle(k, l.attempts, err)
		c.leave()
	}
	q := c.queue(place{k.vhost, origin(k.url), of})
	run, ok := q.push(lane, l)
	switch {
	case !ok:
		l.over(errFull)
	case run:
		c.start(func(ctx context.Context) { q.run(ctx, lane) })
	}
}

var (
	errFull  = errors.New("too many events wait")
	errEnded = errors.New("the server has ended")
)

// settle closes the books on an event.
func (c *Client) settle(k *call, attempts int, err error) {
	switch {
	case err == nil:
	case errors.As(err, new(*refusal)): // it was told, and does not like it
		c.log().Warn("hook refused an event", append(k.about, "reason", err)...)
	default:
		c.lost(k, err)
	}
	if attempts > 1 {
		c.counts.retried(k, attempts-1)
	}
}

func (c *Client) lost(k *call, err error) {
	c.counts.dropped(k)
	c.log().Error("hook event lost", append(k.about, "reason", err)...)
}

func (c *Client) queue(p place) *queue {
	c.mu.Lock()
	defer c.mu.Unlock()
	q := c.queues[p]
	if q == nil {
		if c.queues == nil {
			c.queues = map[place]*queue{}
		}
		q = newQueue(c.maxQueued())
		c.queues[p] = q
	}
	return q
}

func (c *Client) maxQueued() int {
	if c.MaxQueued > 0 {
		return c.MaxQueued
	}
	return 10_000
}
