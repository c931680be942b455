package rtmp

import (
	"context"
	"fmt"
	"time"

	"weir/media"
	"weir/media/rtmp/chunk"
)

// play admits a player and hands its connection to a sender shard (7.2.2.1).
func (c *conn) play(ctx context.Context, cmd command) (handed bool, err error) {
	s := c.session(media.KindPlay, cmd)
	if !c.streams[cmd.stream] {
		return false, c.refuse(errNoStream, cmd.onStatus(playRefusal(errNoStream)))
	}
	var sub media.Subscription
	err = c.gate(ctx, func(ctx context.Context) (err error) {
		sub, err = c.router.Play(ctx, s)
		return err
	})
	if err != nil {
		return false, c.refuse(fmt.Errorf("play: %w", err), cmd.onStatus(playRefusal(err)))
	}
	if err := c.attach(ctx, cmd, s, sub); err != nil {
		sub.Close(err)
		return false, c.refuse(fmt.Errorf("play: %w", err), cmd.onStatus(playRefusal(err)))
	}
	return true, nil
}

// attach gives the connection away. What stays behind for it is small: the visit
// and a receiver.
func (c *conn) attach(ctx context.Context, cmd command, s *media.Session, sub media.Subscription) error {
	size := c.settings.ChunkSize
	if o, ok := sub.(interface{ ChunkSize() int }); ok && o.ChunkSize() > 0 {
		size = o.ChunkSize()
	}
	hello, err := c.hello(cmd, s, size)
	if err != nil {
		return err
	}
	r := &receiver{info: c.info, command: command{stream: cmd.stream, chunkStream: cmd.chunkStream}, size: size}
	reply, err := r.adopt(&c.in.Reader)
	if err != nil {
		return err
	}
	if err := c.net.SetDeadline(time.Time{}); err != nil {
		return fmt.Errorf("deadline: %w", err)
	}
	v := c.visit
	stop := context.AfterFunc(ctx, func() { sub.Close(media.ErrShutdown) })
	mc := media.Conn{
		Net: c.net, Hello: append(hello, reply...), Receive: r.receive, Goodbye: r.goodbye,
		Closed: func(reason error) {
			stop()
			v.info.BytesOut.Add(s.BytesOut.Load()) // the shard counts for the session alone
			v.end(reason)
		},
	}
	if err := sub.Attach(mc, Framer{ChunkSize: size, Stream: cmd.stream}); err != nil {
		stop()
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
	b := appendMessages(nil, chunk.DefaultSize, number(chunk.SetChunkSize, uint32(size))) //nolint:gosec // 128 to 65536
	return appendMessages(b, size,
		event(eventStreamBegin, cmd.stream),
		cmd.onStatus(status{level: "status", code: codePlayReset, description: "Playing and resetting stream."}),
		cmd.message(answer...),
		chunk.Message{Type: chunk.DataAMF0, ChunkStream: dataChunks, Stream: cmd.stream, Body: sampleAccess},
	), nil
}
