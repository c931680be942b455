package rtmp

import (
	"fmt"
	"io"
	"maps"
	"slices"
)

// rest ends go-rtmp's part; begin starts it again.
func (c *conn) rest() {
	if c.dialog != nil {
		c.dialog.close()
		c.dialog = nil
	}
}

// handshake lets go-rtmp answer it (5.2).
func (c *conn) handshake() error {
	b := make([]byte, 1+handshakeSize)
	if _, err := io.ReadFull(c.in, b[:1]); err != nil {
		return err //nolint:wrapcheck // by serve
	}
	if b[0] != version {
		return fmt.Errorf("%w: %d", errVersion, b[0])
	}
	if _, err := io.ReadFull(c.in, b[1:]); err != nil {
		return err //nolint:wrapcheck // by serve
	}
	c.dialog = c.dialogs.open()
	answer, err := c.dialog.handshake(b)
	if err != nil {
		return err
	}
	if err := c.write(answer); err != nil {
		return err
	}
	if _, err := io.ReadFull(c.in, b[1:]); err != nil {
		return err //nolint:wrapcheck // by serve
	}
	return c.dialog.finish(b[1:])
}

// resume brings a new dialog to where the last one was: connected, with as many
// streams created as the highest id that is in use.
func (c *conn) resume() error {
	if c.dialog != nil {
		return nil
	}
	c.dialog = c.dialogs.open()
	b := make([]byte, 1+handshakeSize)
	b[0] = version
	if _, err := c.dialog.handshake(b); err != nil {
		return err
	}
	if err := c.dialog.finish(b[1:]); err != nil {
		return err
	}
	if _, _, err := c.dialog.connect(c.address.app); err != nil {
		return err
	}
	highest := uint32(0)
	if ids := slices.Collect(maps.Keys(c.streams)); len(ids) > 0 {
		highest = slices.Max(ids)
	}
	for range highest {
		if _, _, err := c.dialog.createStream(); err != nil {
			return err
		}
	}
	return nil
}
