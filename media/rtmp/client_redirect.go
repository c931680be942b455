package rtmp

import (
	"context"
	"errors"
	"fmt"
)

var (
	errClosed    = errors.New("client is closed")
	errHandshake = errors.New("server hangs up at the handshake")
	errLoop      = errors.New("redirects lead in a circle")
	errRedirects = errors.New("too many redirects")
	errPlain     = errors.New("redirect leads from rtmps to rtmp")
)

// follow does a step, and again wherever it is redirected to. A redirect of
// publish or play begins with a new connection.
func (c *Client) follow(ctx context.Context, step func() error) error {
	for {
		err := step()
		var refused *StatusError
		if c.dialer.Redirects <= 0 || !errors.As(err, &refused) || refused.Redirect == "" {
			return err
		}
		if err := c.redirect(refused); err != nil {
			return fmt.Errorf("rtmp %s: %w: %w", refused.Stage, err, refused)
		}
		if refused.Stage == stageConnect {
			continue
		}
		if err := c.follow(ctx, func() error { return c.connect(ctx) }); err != nil {
			return err
		}
	}
}

// redirect makes the redirect's target the client's, if it may be followed.
func (c *Client) redirect(s *StatusError) error {
	next, err := c.target.to(s.Redirect)
	switch {
	case err != nil:
		return err
	case c.seen[next]:
		return errLoop
	case len(c.seen) > min(c.dialer.Redirects, maxRedirects):
		return errRedirects
	case c.target.scheme == "rtmps" && next.scheme != "rtmps":
		return errPlain
	}
	if c.dialer.Redirected != nil {
		if err := c.dialer.Redirected(next.String()); err != nil {
			return err
		}
	}
	c.target, c.seen[next] = next, true
	return nil
}
