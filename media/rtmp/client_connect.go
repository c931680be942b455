package rtmp

import (
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// connect sets the chunk size and connects (7.2.1.1).
func (c *clientConn) connect(o amf0.Object) error {
	size := orDefault(c.client.dialer.ChunkSize, clientChunk)
	c.calls++
	id := c.calls
	connect := clientCommand(0, "connect", id, o)
	c.mu.Lock()
	c.out = appendMessages(c.out[:0], c.size, number(chunk.SetChunkSize, uint32(size))) //nolint:gosec // a chunk's
	c.size = size
	c.out = appendMessages(c.out, c.size, connect)
	err := c.flush()
	c.mu.Unlock()
	if err != nil {
		return err
	}
	_, err = c.result(stageConnect, id)
	return err
}

// create makes the message stream (7.2.1.3), with the words of encoders ahead of
// it if there are some.
func (c *clientConn) create(ahead ...chunk.Message) error {
	c.calls++
	id := c.calls
	if err := c.send(append(ahead, clientCommand(0, "createStream", id, nil))...); err != nil {
		return err
	}
	cmd, err := c.result(stageCreate, id)
	if err != nil {
		return err
	}
	stream, ok := cmd.arg(1).(float64)
	if !ok || stream < 1 || stream > 1<<31 {
		return errNoStream
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stream = uint32(stream)
	return nil
}

// result waits for the answer to a transaction. Others' answers are nobody's: not
// every server knows every word of encoders.
func (c *clientConn) result(stage string, id int) (command, error) {
	for range maxMessages {
		m, err := c.next()
		if err != nil {
			return command{}, err
		}
		if m.Type != chunk.CommandAMF0 && m.Type != chunk.CommandAMF3 {
			continue
		}
		cmd, err := parseCommand(m)
		switch {
		case err != nil:
			return command{}, err
		case cmd.id == float64(id) && cmd.name == "_result":
			return cmd, nil
		case cmd.id == float64(id) && cmd.name == "_error":
			return command{}, statusError(stage, cmd.info())
		}
		if s := cmd.status(stage); s != nil && refuses(s.Level, s.Code) {
			return command{}, s
		}
	}
	return command{}, errChatter
}

// info is the information object: an answer's last value.
func (c command) info() any { return c.arg(len(c.args) - 1) }

// status is what an onStatus says; nil if the command is another.
func (c command) status(stage string) *StatusError {
	if c.name != "onStatus" {
		return nil
	}
	return statusError(stage, c.info())
}
