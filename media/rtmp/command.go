package rtmp

import (
	"errors"
	"fmt"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// maxCommand bounds commands and metadata, in bytes. Nothing longer is decoded.
const maxCommand = 64 << 10

var errCommand = errors.New("bad command")

// command is a command message (7.2).
type command struct {
	name        string
	id          float64 // transaction; a reply repeats it
	args        []any   // the command object, then the arguments
	stream      uint32
	chunkStream uint32
}

// parseCommand reads a command in AMF 0, or in what is called AMF 3: a zero byte
// and AMF 0 (7.1.1).
func parseCommand(m *chunk.Message) (command, error) {
	body := m.Body
	if m.Type == chunk.CommandAMF3 && len(body) > 0 && body[0] == 0 {
		body = body[1:]
	}
	if len(body) > maxCommand {
		return command{}, fmt.Errorf("%w: %d bytes", errCommand, len(body))
	}
	values, err := amf0.Decode(body)
	if err != nil {
		return command{}, fmt.Errorf("%w: %w", errCommand, err)
	}
	c := command{stream: m.Stream, chunkStream: m.ChunkStream}
	if len(values) == 0 {
		return command{}, fmt.Errorf("%w: empty", errCommand)
	}
	c.name, _ = values[0].(string)
	if c.name == "" {
		return command{}, fmt.Errorf("%w: no name", errCommand)
	}
	if len(values) > 1 {
		c.id, _ = values[1].(float64)
		c.args = values[2:]
	}
	return c, nil
}

// object is the command object; empty if there is none.
func (c command) object() amf0.Object {
	switch o := c.arg(0).(type) {
	case amf0.Object:
		return o
	case amf0.Array:
		return amf0.Object(o)
	}
	return nil
}

// arg is an argument, nil if there is none; 0 is the command object.
func (c command) arg(i int) any {
	if i < len(c.args) {
		return c.args[i]
	}
	return nil
}

// text is an argument that is a string, else "".
func (c command) text(i int) string {
	s, _ := c.arg(i).(string)
	return s
}

// bare is c without its arguments.
func (c command) bare() command { return command{stream: c.stream, chunkStream: c.chunkStream} }

// streamID is the message stream that createStream's counterpart names: by its
// argument, or by being sent there (GStreamer). It is 0 if that is none.
func (c command) streamID() uint32 {
	id, _ := c.arg(1).(float64)
	if id == 0 {
		id = float64(c.stream)
	}
	if id >= 1 && id <= MaxStreams {
		return uint32(id)
	}
	return 0
}

// message writes values as a command in answer to c: on its streams.
func (c command) message(values ...any) chunk.Message {
	id := c.chunkStream
	if id <= chunk.ControlStream {
		id = 3
	}
	return chunk.Message{Type: chunk.CommandAMF0, ChunkStream: id, Stream: c.stream, Body: amf0.Append(nil, values...)}
}

// result is _result with the values that follow the transaction.
func (c command) result(values ...any) chunk.Message {
	return c.message(append([]any{"_result", c.id}, values...)...)
}

// failed is _error with a status object.
func (c command) failed(s status) chunk.Message {
	return c.message("_error", c.id, nil, s.object())
}

// onStatus tells what became of a stream (7.2.2).
func (c command) onStatus(s status) chunk.Message {
	return c.message("onStatus", 0, nil, s.object())
}
