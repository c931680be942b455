package rtmp

import (
	"crypto/rand"
	"fmt"
	"io"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// connect does the handshake and the connect command (5.2, 7.2.1.1).
func (c *Client) connect() error {
	if err := c.handshake(); err != nil {
		return err
	}
	if err := c.send(number(chunk.SetChunkSize, clientChunk)); err != nil {
		return err
	}
	c.size = clientChunk
	_, err := c.call("connect", amf0.Object{
		{Name: "app", Value: c.app},
		{Name: "type", Value: "nonprivate"},
		{Name: "flashVer", Value: "FMLE/3.0 (compatible; weir)"},
		{Name: "tcUrl", Value: c.tcURL},
	})
	return err
}

func (c *Client) handshake() error {
	b := make([]byte, 1+2*handshakeSize)
	b[0] = version
	_, _ = rand.Read(b[9 : 1+handshakeSize]) // never fails
	if _, err := c.net.Write(b[:1+handshakeSize]); err != nil {
		return err //nolint:wrapcheck // by Dial
	}
	if _, err := io.ReadFull(c.net, b); err != nil {
		return err //nolint:wrapcheck // by Dial
	}
	if b[0] != version {
		return fmt.Errorf("%w: %d", errVersion, b[0])
	}
	_, err := c.net.Write(b[1 : 1+handshakeSize])
	return err //nolint:wrapcheck // by Dial
}

// call sends a command and returns the values of its result.
func (c *Client) call(name string, args ...any) ([]any, error) {
	c.calls++
	id := float64(c.calls)
	if err := c.send(c.command(0, append([]any{name, id}, args...)...)); err != nil {
		return nil, err
	}
	for {
		cmd, err := c.nextCommand()
		if err != nil {
			return nil, err
		}
		switch {
		case cmd.name == "_result" && cmd.id == id:
			return cmd.args, nil
		case cmd.name == "_error" && cmd.id == id:
			return nil, statusError(cmd.arg(len(cmd.args) - 1))
		}
	}
}
