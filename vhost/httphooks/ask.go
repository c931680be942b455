package httphooks

import (
	"context"
	"errors"
	"net/http"
	"time"

	"weir/conf"
	"weir/js/hook"
	"weir/media"
)

// errFailed is what a peer hears when no back end could decide: nothing of it.
var errFailed = &media.Denied{Code: http.StatusServiceUnavailable, Reason: "refused: the back end that decides has failed"}

// Ask asks v's back ends of a gate (hook.Connect, hook.Publish or hook.Play) in
// order whether the session is admitted, and waits. Nil admits; so does a hook
// without URLs. A refusal is a *media.Denied, and the back ends that follow are
// not asked. When ctx ends so does the call, and its error is returned: a caller
// whose peer has left lets the call run to its end all the same, because a back
// end that admitted is owed the event of the end.
func (c *Client) Ask(ctx context.Context, v *conf.VHost, p hook.Point, s *hook.Session) error {
	a := actionOf(p)
	urls := urls(&v.HTTPHooks, a)
	if len(urls) == 0 {
		return nil
	}
	body := c.body(a, s, nil)
	for _, url := range urls {
		k := newCall(&v.HTTPHooks, a, s, url, body)
		if err := c.try(ctx, k); err != nil {
			return c.refuse(ctx, k, err)
		}
	}
	return nil
}

// refuse makes the peer's answer of what a back end said or did. A refusal is the
// caller's to log.
func (c *Client) refuse(ctx context.Context, k *call, err error) error {
	var no *refusal
	switch {
	case errors.As(err, &no):
		return no.denied()
	case ctx.Err() != nil:
		return ctx.Err()
	}
	c.log().Error("hook failed", append(k.about, "reason", err)...)
	return errFailed
}

// try makes a call and counts it.
func (c *Client) try(ctx context.Context, k *call) error {
	begun := time.Now()
	err := k.do(ctx, c.transport(k.vhost))
	c.counts.called(k, time.Since(begun), err)
	return err
}
