package rtmp

import (
	"encoding/binary"

	"weir/media/rtmp/chunk"
)

// next reads a message, and answers what is not for the caller.
func (c *clientConn) next() (*chunk.Message, error) {
	for {
		m, err := c.in.Next()
		if err != nil {
			return nil, err //nolint:wrapcheck // by the caller
		}
		mine, err := c.control(m)
		if err == nil {
			err = c.acknowledge()
		}
		if !mine || err != nil {
			return m, err
		}
	}
}

// control obeys what concerns the connection alone: pings, and windows (5.4.4,
// 5.4.5). The server is told a window once, or it could have it told for ever.
func (c *clientConn) control(m *chunk.Message) (mine bool, err error) {
	if answer, ok := pong(m); ok {
		return true, c.send(answer)
	}
	if len(m.Body) < 4 {
		return m.Type == chunk.WindowAckSize || m.Type == chunk.SetPeerBandwidth || m.Type == chunk.Acknowledgement, nil
	}
	v := binary.BigEndian.Uint32(m.Body)
	switch m.Type {
	case chunk.WindowAckSize:
		c.window = v
		return true, nil
	case chunk.SetPeerBandwidth:
		if c.told != 0 || v == 0 {
			return true, nil
		}
		c.told = v
		return true, c.send(number(chunk.WindowAckSize, v))
	case chunk.Acknowledgement:
		return true, nil
	}
	return false, nil
}

// acknowledge reports what has come, each half window (5.4.3): a server may stop
// when a whole one is not acknowledged.
func (c *clientConn) acknowledge() error {
	if c.window == 0 || c.got-c.acked < max(c.window/2, 1024) {
		return nil
	}
	c.acked = c.got
	return c.send(number(chunk.Acknowledgement, c.got))
}
