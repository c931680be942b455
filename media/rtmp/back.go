package rtmp

import (
	"context"

	"weir/media"
)

// goOn serves a connection that was a sender shard's, because its player has asked
// for what a shard cannot do.
func (c *conn) goOn(ctx context.Context, back media.Returned, r *receiver, p *player) {
	c.net = back.Net
	c.in = newInput(back.Net, c.info)
	c.in.Continue(r.Parser, r.rest)
	c.wish = r.wish
	if back.Begun {
		p.feed.begun, p.feed.base, p.feed.headers = true, back.Base, back.Headers
	}
	in := c.in
	stop := context.AfterFunc(ctx, func() { in.interrupt(media.ErrShutdown) })
	handed, err := c.resume(ctx, back.Unsent, p)
	stop()
	if !handed {
		_ = back.Net.Close()
		c.end(err)
	}
}

// resume sends the rest of the message under way, and goes on with p as one session
// of perhaps several.
func (c *conn) resume(ctx context.Context, unsent []byte, p *player) (handed bool, err error) {
	if err := c.accompany(ctx, p, unsent, c.size); err != nil {
		p.sub.Close(nil)
		return false, err
	}
	return c.talk(ctx)
}
