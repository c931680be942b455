package rtmp

import (
	"context"
	"encoding/binary"
	"fmt"

	"weir/media/rtmp/chunk"
)

// handle answers a message outside of a session. Media is dropped: its publisher
// has not begun or has ended.
func (c *conn) handle(ctx context.Context, m *chunk.Message) (handed bool, err error) {
	switch m.Type {
	case chunk.CommandAMF0, chunk.CommandAMF3:
		cmd, err := parseCommand(m)
		if err != nil {
			return false, err
		}
		return c.command(ctx, cmd)
	case chunk.UserControl, chunk.WindowAckSize:
		return false, c.control(m)
	}
	return false, nil
}

// control answers what both sessions and the talk between them may hear.
func (c *conn) control(m *chunk.Message) error {
	if m.Type == chunk.WindowAckSize && len(m.Body) >= 4 {
		c.window = uint64(binary.BigEndian.Uint32(m.Body))
	}
	if answer, ok := pong(m); ok {
		return c.send(answer)
	}
	return nil
}

func (c *conn) command(ctx context.Context, cmd command) (handed bool, err error) {
	switch {
	case cmd.name == "connect" && !c.connected:
		return false, c.connect(ctx, cmd)
	case !c.connected:
		s := status{level: "error", code: codeCallFailed, description: errEarly.Error()}
		return false, c.refuse(errEarly, cmd.failed(s))
	}
	switch cmd.name {
	case "createStream":
		return false, c.createStream(cmd)
	case "deleteStream":
		c.deleteStream(cmd)
		return false, nil
	case "publish":
		return false, c.publish(ctx, cmd)
	case "play":
		return c.play(ctx, cmd)
	}
	return false, c.aside(cmd)
}

// aside answers commands that change nothing. An unknown one gets _error if it
// waits for an answer, and none if it does not.
func (c *conn) aside(cmd command) error {
	switch cmd.name {
	case "releaseStream", "FCPublish", "FCUnpublish", "FCSubscribe", "_checkbw":
		return c.send(cmd.result(nil, nil))
	case "getStreamLength":
		return c.send(cmd.result(nil, 0))
	case "closeStream", "onStatus", "_result", "_error":
		return nil
	}
	if cmd.id == 0 {
		return nil
	}
	return c.send(cmd.failed(status{level: "error", code: codeCallFailed, description: "unknown command"}))
}

// connect asks the router; the answer is go-rtmp's (7.2.1.1).
func (c *conn) connect(ctx context.Context, cmd command) error {
	o := cmd.object()
	c.address = parseAddress(o.String("app"), o.String("tcUrl"))
	c.info.App, c.info.Host, c.info.Query = c.address.app, c.address.host, c.address.query
	c.info.TCURL, c.info.PageURL = o.String("tcUrl"), o.String("pageUrl")
	c.info.SWFURL, c.info.FlashVer = o.String("swfUrl"), o.String("flashVer")
	err := c.gate(ctx, func(ctx context.Context) error { return c.router.Connect(ctx, c.info) })
	if err != nil {
		return c.refuse(fmt.Errorf("connect: %w", err), cmd.failed(refusal(codeConnectRejected, err)))
	}
	c.admitted, c.connected = true, true
	controls, answer, err := c.dialogs.connect()
	if err != nil {
		return err
	}
	return c.send(append(controls, cmd.result(answer...))...)
}

// createStream takes the lowest id that is free (7.2.1.3).
func (c *conn) createStream(cmd command) error {
	id := uint32(1)
	for c.streams[id] {
		id++
	}
	if id > MaxStreams {
		s := status{level: "error", code: codeCallFailed, description: fmt.Sprintf("more than %d streams", MaxStreams)}
		return c.send(cmd.failed(s))
	}
	if c.streams == nil {
		c.streams = map[uint32]bool{}
	}
	c.streams[id] = true
	return c.send(cmd.result(nil, int(id)))
}

// deleteStream needs no answer (7.2.2.3).
func (c *conn) deleteStream(cmd command) {
	id, _ := cmd.arg(1).(float64)
	if id == 0 { // GStreamer sends none
		id = float64(cmd.stream)
	}
	delete(c.streams, streamID(id))
}

// streamID is a number that a peer sent, 0 if it is no stream's.
func streamID(f float64) uint32 {
	if f >= 1 && f <= MaxStreams {
		return uint32(f)
	}
	return 0
}
