//go:build linux

package main

import (
	"encoding/binary"
	"fmt"

	"weir/media/rtmp/chunk"
)

// role is how far a client goes.
type role string

const (
	connecting role = "connect" // to the answer to connect
	publishing role = "publish" // to NetStream.Publish.Start
	playing    role = "play"    // to NetStream.Play.Start
)

// client is one end of an RTMP connection.
type client struct {
	address
	line
	role      role
	chunkSize int // of what is sent

	ready func()          // the role is reached
	media func(m skimmed) // audio, video or data came; may be nil

	shaken  []byte // S0, S1 and S2 as far as they came; nil after the handshake
	in      skim
	stream  uint32
	isReady bool
	got     uint32 // bytes, modulo 32 bits
	acked   uint32
	window  uint32 // of acknowledgement; 0 asks for none
}

// Sizes of the handshake (RTMP 1.0, 5.2).
const (
	helloSize = 1536            // C1, S1, C2, S2
	shakeSize = 1 + 2*helloSize // S0, S1, S2
)

// dial begins the conversation.
func (c *client) dial(r *reactor) error {
	c.in.each = c.message
	c.shaken = make([]byte, 0, shakeSize)
	conn, err := r.dial(c.addr, c)
	c.conn = conn
	return err
}

func (c *client) open() {
	hello := make([]byte, 1+helloSize)
	hello[0] = 3
	for i := 9; i < len(hello); i++ {
		hello[i] = byte(i * 7)
	}
	c.conn.send(hello)
}

func (c *client) data(b []byte) {
	c.got += uint32(len(b)) //nolint:gosec // modulo 32 bits
	if c.shaken != nil {
		n := min(shakeSize-len(c.shaken), len(b))
		c.shaken = append(c.shaken, b[:n]...)
		if b = b[n:]; len(c.shaken) < shakeSize {
			return
		}
		out := append([]byte(nil), c.shaken[1:1+helloSize]...)
		c.shaken = nil
		size := binary.BigEndian.AppendUint32(nil, uint32(c.chunkSize)) //nolint:gosec // a flag's
		out = chunk.Append(out, chunk.Header{ChunkStream: chunk.ControlStream, Type: chunk.SetChunkSize}, size, 0)
		c.conn.send(c.connect(out))
	}
	if err := c.in.feed(b); err != nil {
		c.conn.close(fmt.Errorf("read: %w", err))
		return
	}
	if c.window > 0 && c.got-c.acked >= c.window/2 {
		c.acked = c.got
		c.control(chunk.Acknowledgement, binary.BigEndian.AppendUint32(nil, c.got))
	}
}

// message answers what the protocol asks, and hands on the rest.
func (c *client) message(m skimmed) {
	switch m.kind {
	case chunk.Audio, chunk.Video, chunk.DataAMF0:
		if c.media != nil {
			c.media(m)
		}
	case chunk.WindowAckSize:
		if len(m.head) >= 4 {
			c.window = binary.BigEndian.Uint32(m.head)
		}
	case chunk.UserControl:
		if len(m.head) >= 6 && m.head[0] == 0 && m.head[1] == 6 { // ping (RTMP 1.0, 7.1.7)
			c.control(chunk.UserControl, append([]byte{0, 7}, m.head[2:6]...))
		}
	case chunk.CommandAMF0:
		c.command(m.head)
	case chunk.CommandAMF3:
		if len(m.head) > 0 {
			c.command(m.head[1:])
		}
	}
}

func (c *client) control(t chunk.Type, body []byte) {
	c.conn.send(chunk.Append(nil, chunk.Header{ChunkStream: chunk.ControlStream, Type: t}, body, c.chunkSize))
}

func (c *client) reached() {
	if !c.isReady {
		c.isReady = true
		c.ready()
	}
}
