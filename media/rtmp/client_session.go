package rtmp

import (
	"context"
	"fmt"
	"time"

	"weir/media"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// Publish asks to publish and waits for the verdict.
func (c *Client) Publish(ctx context.Context) error {
	err := c.within(ctx, func() error {
		if err := c.create(); err != nil {
			return err
		}
		return c.begin(codePublishStart, "publish", c.name, "live")
	})
	if err != nil {
		return fmt.Errorf("rtmp publish: %w", err)
	}
	return nil
}

// Play asks to play and waits for the verdict.
func (c *Client) Play(ctx context.Context) error {
	err := c.within(ctx, func() error {
		if err := c.create(); err != nil {
			return err
		}
		return c.begin(codePlayStart, "play", c.name)
	})
	if err != nil {
		return fmt.Errorf("rtmp play: %w", err)
	}
	return nil
}

func (c *Client) create() error {
	args, err := c.call("createStream", nil)
	if err != nil {
		return err
	}
	id, ok := command{args: args}.arg(1).(float64)
	if !ok || id < 1 || id > 1<<31 {
		return errNoStream
	}
	c.stream = uint32(id)
	return nil
}

// begin sends a command of the stream and waits for the status that it succeeds by.
func (c *Client) begin(success, name string, args ...any) error {
	if err := c.send(c.command(c.stream, append([]any{name, 0, nil}, args...)...)); err != nil {
		return err
	}
	for {
		code, err := c.nextStatus()
		if err != nil || code == success {
			return err
		}
	}
}

// WritePacket sends one packet of a stream that is published.
func (c *Client) WritePacket(p *media.Packet) error {
	id := uint32(videoChunks)
	switch p.Kind {
	case media.Audio:
		id = audioChunks
	case media.Data:
		id = dataChunks
	}
	m := chunk.Message{Type: chunk.Type(p.Kind), Stream: c.stream, Timestamp: millis(p.DTS), ChunkStream: id, Body: p.Body}
	if p.Kind == media.Data {
		m.Body = append(amf0.Append(nil, "@setDataFrame"), p.Body...)
	}
	if err := c.net.SetWriteDeadline(time.Now().Add(clientTimeout)); err != nil {
		return fmt.Errorf("rtmp write: %w", err)
	}
	if err := c.send(m); err != nil {
		return fmt.Errorf("rtmp write: %w", err)
	}
	return nil
}
