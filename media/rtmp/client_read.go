package rtmp

import (
	"fmt"
	"time"

	"weir/media"
	"weir/media/flv"
	"weir/media/rtmp/chunk"
)

// ReadPacket returns the next packet of a stream that is played; times count from
// the player's zero. Beside a publisher it waits for the server to end the stream,
// which is a *StatusError. io.EOF says that the server left without a word.
func (c *Client) ReadPacket() (*media.Packet, error) {
	if err := c.net.SetReadDeadline(c.readUntil()); err != nil {
		return nil, fmt.Errorf("rtmp read: %w", err)
	}
	for {
		m, err := c.next()
		if err != nil {
			return nil, fmt.Errorf("rtmp read: %w", err)
		}
		switch m.Type {
		case chunk.CommandAMF0, chunk.CommandAMF3:
			if _, err := c.status(m); err != nil {
				return nil, fmt.Errorf("rtmp read: %w", err)
			}
		case chunk.Audio, chunk.Video, chunk.DataAMF0, chunk.DataAMF3:
			if p := c.packet(m); p != nil {
				return p, nil
			}
		}
	}
}

// packet is nil for what is none: what cannot be read, and the data messages by
// which servers talk to Flash.
func (c *Client) packet(m *chunk.Message) *media.Packet {
	kind, body := media.Kind(m.Type), m.Body
	if m.Type == chunk.DataAMF0 || m.Type == chunk.DataAMF3 {
		kind, body = media.Data, dataBody(m)
		if string(body) == string(sampleAccess) {
			return nil
		}
	}
	p, err := flv.Packet(kind, c.clock.at(m.Timestamp), body)
	if err != nil {
		return nil
	}
	return p
}

// next reads a message, obeys and answers what is not for the caller.
func (c *Client) next() (*chunk.Message, error) {
	for {
		m, err := c.in.Next()
		if err != nil {
			return nil, err //nolint:wrapcheck // by the caller
		}
		answer, ok := pong(m)
		if !ok {
			return m, nil
		}
		if err := c.send(answer); err != nil {
			return nil, err
		}
	}
}

func (c *Client) nextCommand() (command, error) {
	for {
		m, err := c.next()
		if err != nil {
			return command{}, err
		}
		if m.Type == chunk.CommandAMF0 || m.Type == chunk.CommandAMF3 {
			return parseCommand(m)
		}
	}
}

// nextStatus returns the code of the next status that is no error.
func (c *Client) nextStatus() (string, error) {
	for {
		m, err := c.next()
		if err != nil {
			return "", err
		}
		if m.Type != chunk.CommandAMF0 && m.Type != chunk.CommandAMF3 {
			continue
		}
		if code, err := c.status(m); code != "" || err != nil {
			return code, err
		}
	}
}

// status returns the code of an onStatus; one of level error, and _error, is the error.
func (c *Client) status(m *chunk.Message) (string, error) {
	cmd, err := parseCommand(m)
	if err != nil {
		return "", err
	}
	info := command{args: cmd.args[min(1, len(cmd.args)):]}.object()
	switch {
	case cmd.name == "_error", cmd.name == "onStatus" && info.String("level") == "error":
		return "", statusError(cmd.arg(len(cmd.args) - 1))
	case cmd.name == "onStatus":
		return info.String("code"), nil
	}
	return "", nil
}

func (c *Client) readUntil() time.Time {
	switch {
	case c.ReadTimeout < 0:
		return time.Time{}
	case c.ReadTimeout == 0:
		return time.Now().Add(clientTimeout)
	}
	return time.Now().Add(c.ReadTimeout)
}
