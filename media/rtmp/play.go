package rtmp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"weir/media"
	"weir/media/rtmp/chunk"
)

// play admits a player (7.2.2.1). If it is alone on its connection, that goes to a
// sender shard.
func (c *conn) play(ctx context.Context, cmd command) (handed bool, err error) {
	if old, ok := c.sessionOn(cmd.stream).(*player); ok { // it plays something else now
		c.leave(old)
	}
	if err := c.free(cmd.stream); err != nil {
		return false, c.reject("play", err, cmd.onStatus(playRefusal(err)))
	}
	s := c.session(media.KindPlay, cmd)
	var sub media.Subscription
	err = c.gate(ctx, func(ctx context.Context) (err error) {
		sub, err = c.router.Play(ctx, s)
		return err
	})
	if err != nil {
		return false, c.reject("play", err, cmd.onStatus(playRefusal(err)))
	}
	p := c.player(cmd.bare(), s, sub)
	p.length = playLength(cmd)
	if handed, err = c.begin(ctx, cmd, p); err != nil {
		sub.Close(err)
		return false, c.reject("play", err, cmd.onStatus(playRefusal(err)))
	}
	return handed, nil
}

// begin says hello and has p served: by a sender shard if p is alone and has no
// wishes.
func (c *conn) begin(ctx context.Context, cmd command, p *player) (handed bool, err error) {
	size := c.chunkSize(p.sub)
	hello, err := c.hello(cmd, p.session, size)
	if err != nil {
		return false, err
	}
	if len(c.sessions) > 0 || p.length > 0 {
		return false, c.accompany(ctx, p, hello, size)
	}
	r := &receiver{info: c.info, size: size, stream: p.command.stream, chunkStream: p.command.chunkStream}
	reply, err := r.adopt(&c.in.Reader)
	hello = append(hello, reply...)
	switch {
	case errors.Is(err, media.ErrBack):
		c.in.Continue(r.Parser, r.rest)
		c.wish = r.wish
		return false, c.accompany(ctx, p, hello, size)
	case err != nil:
		return false, err
	}
	return true, c.attach(ctx, p, r, hello)
}

// chunkSize is that of what sub's player is sent.
func (c *conn) chunkSize(sub media.Subscription) int {
	if o, ok := sub.(interface{ ChunkSize() int }); ok && o.ChunkSize() > 0 {
		return o.ChunkSize()
	}
	return c.settings.ChunkSize
}

// attach gives the connection away. What stays behind for it is small: what is
// known of the peer, and a receiver.
func (c *conn) attach(ctx context.Context, p *player, r *receiver, hello []byte) error {
	if err := c.net.SetDeadline(time.Time{}); err != nil {
		return fmt.Errorf("deadline: %w", err)
	}
	session, sub := p.session, p.sub
	stop := context.AfterFunc(ctx, func() { sub.Close(media.ErrShutdown) })
	mc := media.Conn{
		Net: c.net, Hello: hello, Receive: r.receive, Goodbye: r.goodbye,
		Closed: func(reason error) {
			stop()
			c.info.BytesOut.Add(session.BytesOut.Load()) // the shard counts for the session alone
			c.end(reason)
		},
		Back: func(back media.Returned) {
			stop()
			c.info.BytesOut.Add(session.BytesOut.Load())
			go c.goOn(ctx, back, r, c.player(r.play(), session, sub))
		},
	}
	in, size := c.in, c.size
	c.net, c.in, c.size = nil, nil, r.size // it may come back before Attach has returned
	if err := sub.Attach(mc, Framer{ChunkSize: r.size, Stream: p.command.stream}); err != nil {
		stop()
		c.net, c.in, c.size = mc.Net, in, size
		return err //nolint:wrapcheck // by play
	}
	return nil
}

// hello is what a player is told ahead of the stream: go-rtmp's answer, and what
// it leaves out.
func (c *conn) hello(cmd command, s *media.Session, size int) ([]byte, error) {
	answer, err := c.dialogs.play(s.Asked.Stream)
	if err != nil {
		return nil, err
	}
	b := appendMessages(nil, c.size, number(chunk.SetChunkSize, uint32(size))) //nolint:gosec // 128 to 65536
	return appendMessages(b, size,
		event(eventStreamBegin, cmd.stream),
		cmd.onStatus(status{level: "status", code: codePlayReset, description: "Playing and resetting stream."}),
		cmd.message(answer...),
		chunk.Message{Type: chunk.DataAMF0, ChunkStream: dataChunks, Stream: cmd.stream, Body: sampleAccess},
	), nil
}
