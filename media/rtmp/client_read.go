package rtmp

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"weir/media"
	"weir/media/flv"
	"weir/media/rtmp/chunk"
)

// ReadPacket returns the next packet of a stream that is played: metadata and
// sequence headers first, as the server sends them; times are the server's. It
// waits as long as the Dialer's ReadTimeout says.
//
// media.ErrUnpublished says, once for each time, that the publisher has left;
// further calls wait for the next one, whose times begin anew. A *StatusError is the
// server's end of the stream; io.EOF is its end without a reason. After any other
// error than ErrUnpublished the client is of no use.
func (c *Client) ReadPacket() (*media.Packet, error) {
	var until time.Time
	if d := orDefault(c.dialer.ReadTimeout, clientTimeout); d > 0 {
		until = time.Now().Add(d)
	}
	return c.read(until)
}

// Wait reads until the server ends the session of a publisher, and returns its
// reason as ReadPacket does. Servers ping and ask for acknowledgements: whoever
// publishes for long lets it run beside WritePackets. Close ends it.
func (c *Client) Wait() error {
	for {
		if _, err := c.read(time.Time{}); err != nil {
			return err
		}
	}
}

func (c *Client) read(until time.Time) (*media.Packet, error) {
	if c.taken == len(c.queue) {
		c.queue, c.taken = c.queue[:0], 0
		if err := c.conn.net.SetReadDeadline(until); err != nil {
			return nil, fmt.Errorf("rtmp read: %w", err)
		}
	}
	for len(c.queue) == 0 {
		m, err := c.conn.next()
		if err == nil {
			err = c.hear(m)
		}
		if err != nil {
			return nil, fmt.Errorf("rtmp read: %w", err)
		}
	}
	p := c.queue[c.taken]
	c.queue[c.taken] = nil
	c.taken++
	return p, nil
}

// hear takes a message of a session.
func (c *Client) hear(m *chunk.Message) error {
	switch m.Type {
	case chunk.CommandAMF0, chunk.CommandAMF3:
		cmd, err := parseCommand(m)
		if err != nil {
			return err
		}
		return c.told(cmd)
	case chunk.UserControl:
		if len(m.Body) >= 2 && binary.BigEndian.Uint16(m.Body) == eventStreamEOF {
			return c.unpublished()
		}
	default:
		c.keep(m)
	}
	return nil
}

// told takes a command of the server: the end of the stream, or of its publisher.
func (c *Client) told(cmd command) error {
	s := cmd.status(stageSession)
	switch {
	case cmd.name == "close":
		return io.EOF
	case cmd.name == "_error":
		return statusError(stageSession, cmd.info())
	case s == nil:
	case refuses(s.Level, s.Code):
		return s
	case s.Code == codePlayUnpublished:
		return c.unpublished()
	case s.Code == codePlayStop, s.Code == codePlayComplete, s.Code == codeUnpublished:
		return io.EOF
	}
	return nil
}

// unpublished is said in two ways, by most servers in both.
func (c *Client) unpublished() error {
	if !c.live {
		return nil
	}
	c.live, c.clock = false, clock{}
	return media.ErrUnpublished
}

// keep queues the packets of a message. It drops what is none: what cannot be read,
// and the data messages by which servers talk to Flash.
func (c *Client) keep(m *chunk.Message) {
	kind, body := media.Kind(m.Type), m.Body
	switch m.Type {
	case chunk.Audio, chunk.Video:
	case chunk.DataAMF0, chunk.DataAMF3:
		if kind, body = media.Data, dataBody(m); string(body) == string(sampleAccess) {
			return
		}
	case chunk.Aggregate:
		for part := range parts(m) {
			c.keep(&part)
		}
		return
	default:
		return
	}
	if p, err := flv.Packet(kind, c.clock.at(m.Timestamp), body); err == nil {
		c.queue, c.live = append(c.queue, p), true
	}
}
