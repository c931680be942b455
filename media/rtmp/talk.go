package rtmp

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// handle answers a message. Media without a publisher is dropped: it has not begun,
// or has ended.
func (c *conn) handle(ctx context.Context, m *chunk.Message) (handed bool, err error) {
	if len(c.sessions) == 0 {
		if c.messages++; c.messages > maxMessages {
			return false, errMessages
		}
	}
	switch m.Type {
	case chunk.Audio, chunk.Video, chunk.DataAMF0, chunk.DataAMF3, chunk.Aggregate:
		if p := c.publisher(m.Stream); p != nil {
			if err := p.take(m); err != nil {
				return false, c.lose(p, err)
			}
		}
	case chunk.CommandAMF0, chunk.CommandAMF3:
		cmd, err := parseCommand(m)
		if err != nil {
			return false, err
		}
		return c.command(ctx, cmd)
	case chunk.UserControl, chunk.WindowAckSize, chunk.SetPeerBandwidth:
		return false, c.control(m)
	}
	return false, nil
}

// control answers protocol control messages.
func (c *conn) control(m *chunk.Message) error {
	if answer, ok := pong(m); ok {
		return c.send(answer)
	}
	if len(m.Body) < 4 {
		return nil
	}
	switch v := binary.BigEndian.Uint32(m.Body); m.Type {
	case chunk.WindowAckSize:
		c.window = uint64(v)
	case chunk.SetPeerBandwidth: // the window in which we would be acknowledged (5.4.5)
		return c.send(number(chunk.WindowAckSize, v))
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
	case "closeStream":
		return false, c.closeStream(cmd)
	case "publish":
		return false, c.publish(ctx, cmd)
	case "FCUnpublish":
		return false, c.unpublish(cmd)
	case "play":
		return c.play(ctx, cmd)
	case "pause", "pauseRaw", "receiveAudio", "receiveVideo":
		return false, c.choose(cmd)
	}
	return false, c.aside(cmd)
}

// aside answers commands that change nothing. An unknown one gets _error if it
// waits for an answer, and none if it does not.
func (c *conn) aside(cmd command) error {
	switch cmd.name {
	case "FCPublish":
		c.encoder = true
		return c.send(cmd.result(nil, nil))
	case "releaseStream", "_checkbw":
		return c.send(cmd.result(nil, nil))
	case "FCSubscribe":
		s := status{level: "status", code: codePlayStart, description: "Started playing stream."}
		return c.send(cmd.result(nil, nil), cmd.message("onFCSubscribe", 0, nil, s.object()))
	case "getStreamLength":
		return c.send(cmd.result(nil, 0))
	case "onStatus", "_result", "_error":
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
	c.arrived()
	controls, answer, err := c.dialogs.connect()
	if err != nil {
		return err
	}
	if c.window == 0 {
		c.window = uint64(c.info.InAck)
	}
	return c.send(append(windows(controls, c.info.OutAck), cmd.result(enhance(o, encoding(o, answer))...))...)
}

// windows are the control messages ahead of connect's answer, asking for an
// acknowledgement each time that ack bytes have come (5.4.4).
func windows(controls []chunk.Message, ack uint32) []chunk.Message {
	var out []chunk.Message
	if ack > 0 {
		out = append(out, number(chunk.WindowAckSize, ack))
	}
	for _, m := range controls {
		if m.Type != chunk.WindowAckSize {
			out = append(out, m)
		}
	}
	return out
}

// encoding repeats in connect's result which AMF the peer asked to speak: Flash
// that wants AMF 3 gives up on a server that does not (7.2.1.1).
func encoding(asked amf0.Object, result []any) []any {
	v, ok := asked.Get("objectEncoding").(float64)
	if !ok {
		return result
	}
	out := slices.Clone(result)
	if info, ok := out[len(out)-1].(amf0.Object); ok {
		out[len(out)-1] = append(slices.Clone(info), amf0.Property{Name: "objectEncoding", Value: v})
	}
	return out
}

// createStream takes the lowest id that is free (7.2.1.3).
func (c *conn) createStream(cmd command) error {
	id := uint32(1)
	for c.streams.has(id) {
		id++
	}
	if id > MaxStreams {
		s := status{level: "error", code: codeCallFailed, description: fmt.Sprintf("more than %d streams", MaxStreams)}
		return c.send(cmd.failed(s))
	}
	c.streams |= 1 << id
	return c.send(cmd.result(nil, int(id)))
}

// deleteStream needs no answer (7.2.2.3).
func (c *conn) deleteStream(cmd command) {
	id := cmd.streamID()
	c.streams &^= 1 << id // none that is out of range
	if s := c.sessionOn(id); s != nil {
		c.leave(s)
	}
}

// closeStream ends what is published or played, and leaves the stream for more.
func (c *conn) closeStream(cmd command) error {
	switch s := c.sessionOn(cmd.stream).(type) {
	case *publisher:
		c.leave(s)
		return c.send(cmd.onStatus(status{level: "status", code: codeUnpublished, description: "Stream is unpublished."}))
	case *player:
		c.leave(s)
		return c.send(cmd.onStatus(status{level: "status", code: codePlayStop, description: "Stopped playing stream."}))
	}
	return nil
}

// choose obeys a player's wishes (7.2.2.4, 7.2.2.5, 7.2.2.8).
func (c *conn) choose(cmd command) error {
	p, ok := c.sessionOn(cmd.stream).(*player)
	if !ok {
		return nil
	}
	on, _ := cmd.arg(1).(bool)
	switch cmd.name {
	case "receiveAudio":
		p.feed.receiveAudio(on)
		return nil
	case "receiveVideo":
		p.feed.receiveVideo(on)
		return nil
	}
	p.feed.pause(on)
	if on {
		s := status{level: "status", code: codePauseNotify, description: "Paused stream."}
		return c.send(cmd.onStatus(s), event(eventStreamEOF, cmd.stream))
	}
	s := status{level: "status", code: codeUnpauseNotify, description: "Unpaused stream."}
	return c.send(event(eventStreamBegin, cmd.stream), cmd.onStatus(s))
}
