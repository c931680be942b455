package rtmp

import (
	"fmt"
	"slices"
	"time"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

const (
	dialogChunk   = maxCommand
	dialogTimeout = 5 * time.Second // go-rtmp answers from memory
	dialogStream  = 1               // the only message stream of a dialog
)

// dialog is a conversation with go-rtmp, which costs two goroutines and 140 KB. It
// is connected and has created a stream: whoever publishes or plays borrows it for
// that command, and leaves it with a new stream.
type dialog struct {
	line *line
	in   chunk.Reader
	late *time.Timer

	controls  []chunk.Message // that came with connect's answer
	connected []any           // connect's answer: properties and information
}

// newDialog brings go-rtmp, at the other end of l, to where a session may begin.
func newDialog(l *line) (*dialog, error) {
	g := &dialog{line: l, late: time.NewTimer(dialogTimeout)}
	g.in.Source = g
	g.in.SetLimits(chunk.Limits{Message: maxCommand})
	_ = g.in.SetChunkSize(dialogChunk) // it is one
	if err := g.begin(); err != nil {
		g.close()
		return nil, fmt.Errorf("go-rtmp: %w", err)
	}
	return g, nil
}

func (g *dialog) close() {
	g.late.Stop()
	g.line.hangUp()
}

// begin does the handshake, connect and createStream. The handshake's bytes are
// zero: nobody sees them, and peers have had theirs.
func (g *dialog) begin() error {
	hello := make([]byte, 1+2*handshakeSize) // C0, C1 and C2
	hello[0] = version
	if err := g.line.say(hello); err != nil {
		return err
	}
	if _, err := g.in.Raw(1 + 2*handshakeSize); err != nil {
		return err //nolint:wrapcheck // by newDialog
	}
	controls, answer, err := g.ask(command0("connect", 1, amf0.Object{{Name: "app", Value: "live"}}))
	if err != nil {
		return err
	}
	g.controls, g.connected = slices.Clip(controls), answer[2:]
	return g.create(nil)
}

// create makes go-rtmp create the stream, after what is to come before.
func (g *dialog) create(before []byte) error {
	_, answer, err := g.ask(append(before, command0("createStream", 2, nil)...))
	if err == nil && answer[len(answer)-1] != float64(dialogStream) {
		err = fmt.Errorf("%w: %v for a stream", errCommand, answer)
	}
	return err
}

// session asks by "publish" or "play" and returns the values of the answer. It
// leaves the dialog as it was.
func (g *dialog) session(kind, name string) (answer []any, err error) {
	g.late.Reset(dialogTimeout)
	arg := any("live")
	if kind == "play" {
		arg = -2
	}
	_, answer, err = g.ask(commandOn(dialogStream, kind, 3, nil, name, arg))
	if err != nil {
		return nil, fmt.Errorf("go-rtmp: %s: %w", kind, err)
	}
	if err := g.create(command0("deleteStream", 0, nil, dialogStream)); err != nil {
		return nil, fmt.Errorf("go-rtmp: %w", err)
	}
	return answer, nil
}

// Read is for in.
func (g *dialog) Read(b []byte) (int, error) { return g.line.answer(b, g.late.C) }

// ask sends commands, of which the last is answered, and reads up to its answer.
func (g *dialog) ask(b []byte) (controls []chunk.Message, answer []any, err error) {
	if err := g.line.say(b); err != nil {
		return nil, nil, err
	}
	for {
		m, err := g.in.Next()
		if err != nil {
			return nil, nil, err //nolint:wrapcheck // by the callers
		}
		if m.Type == chunk.CommandAMF0 {
			answer, err := amf0.Decode(m.Body)
			if err == nil && len(answer) < 3 {
				err = errCommand
			}
			return controls, answer, err
		}
		controls = append(controls, *m)
	}
}

// commandOn is a command on a message stream, in a single chunk; command0 one of
// the connection.
func commandOn(stream uint32, values ...any) []byte {
	h := chunk.Header{ChunkStream: 3, Type: chunk.CommandAMF0, Stream: stream}
	return chunk.Append(nil, h, amf0.Append(nil, values...), dialogChunk)
}

func command0(values ...any) []byte { return commandOn(0, values...) }
