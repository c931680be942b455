package rtmp

import (
	"context"
	"errors"
	"fmt"

	"weir/media/rtmp/chunk"
)

var errChatter = errors.New("too many messages ahead of an answer")

// bufferTime is what a player says that it buffers (7.1.7, SetBuffer Length), in
// milliseconds.
const bufferTime = 3000

// Publish asks to publish and waits for the verdict. It says what ffmpeg and FMLE
// say, in as few writes as the answers allow.
func (c *Client) Publish(ctx context.Context) error {
	return c.session(ctx, stagePublish, func() error {
		conn, name := c.conn, c.target.name
		conn.calls += 2
		err := conn.create(
			clientCommand(0, "releaseStream", conn.calls-1, nil, name),
			clientCommand(0, "FCPublish", conn.calls, nil, name),
		)
		if err != nil {
			return err
		}
		conn.calls++
		if err := conn.send(clientCommand(conn.stream, "publish", conn.calls, nil, name, "live")); err != nil {
			return err
		}
		if err := c.begun(stagePublish, codePublishStart); err != nil {
			return err
		}
		conn.mu.Lock()
		defer conn.mu.Unlock()
		conn.publishing = true
		return nil
	})
}

// Play asks to play and waits for the verdict. A server that begins without one is
// taken at its word.
func (c *Client) Play(ctx context.Context) error {
	return c.session(ctx, stagePlay, func() error {
		conn := c.conn
		if err := conn.create(); err != nil {
			return err
		}
		conn.in.SetLimits(chunk.Limits{})
		conn.in.Resize(clientBuffer)
		conn.calls++
		play := clientCommand(conn.stream, "play", conn.calls, nil, c.target.name)
		if err := conn.send(play, event(eventBuffer, conn.stream, bufferTime)); err != nil {
			return err
		}
		return c.begun(stagePlay, codePlayStart)
	})
}

// session begins within the time for a step, and anew where it is redirected.
func (c *Client) session(ctx context.Context, stage string, begin func() error) error {
	return c.follow(ctx, func() error {
		err := c.conn.within(ctx, c.dialer.timeout(), begin)
		if err != nil {
			return fmt.Errorf("rtmp %s: %w", stage, err)
		}
		return nil
	})
}

// begun waits for the status that a session begins with. What is played ahead of it
// is kept.
func (c *Client) begun(stage, code string) error {
	for range maxMessages {
		m, err := c.conn.next()
		if err != nil {
			return err
		}
		if m.Type != chunk.CommandAMF0 && m.Type != chunk.CommandAMF3 {
			if stage == stagePlay {
				c.keep(m)
			}
			if len(c.queue) > 0 {
				return nil
			}
			continue
		}
		cmd, err := parseCommand(m)
		if err != nil {
			return err
		}
		s := cmd.status(stage)
		switch {
		case cmd.name == "_error" && cmd.id == float64(c.conn.calls):
			return statusError(stage, cmd.info())
		case s == nil:
		case s.Code == code:
			return nil
		case refuses(s.Level, s.Code):
			return s
		}
	}
	return errChatter
}
