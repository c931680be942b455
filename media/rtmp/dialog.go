package rtmp

import (
	"fmt"
	"io"
	"net"
	"time"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

const (
	handshakeSize = 1536 // of C1, S1, C2 and S2 (5.2)
	dialogChunk   = maxCommand
	dialogTimeout = 5 * time.Second // go-rtmp answers from memory

	// MaxStreams is how many message streams a connection may create.
	MaxStreams = 16
)

// dialog is one connection's conversation with go-rtmp, which costs two goroutines
// and 140 KB while it lasts.
type dialog struct {
	pipe  net.Conn
	in    chunk.Reader
	party *party
}

// party is go-rtmp's end of the pipe. A write never fails: what go-rtmp says too
// late is lost, which spares it an error path that waits for seconds.
type party struct {
	net.Conn
	ended chan struct{}
}

func (p *party) Write(b []byte) (int, error) {
	_, _ = p.Conn.Write(b)
	return len(b), nil
}

func (p *party) Close() error {
	defer close(p.ended)
	return p.Conn.Close() //nolint:wrapcheck // for go-rtmp
}

// close ends go-rtmp's goroutines.
func (g *dialog) close() {
	_ = g.pipe.Close()
	<-g.party.ended
}

// handshake turns C0 and C1 into S0, S1 and S2.
func (g *dialog) handshake(c0c1 []byte) ([]byte, error) {
	_ = g.pipe.SetDeadline(time.Now().Add(dialogTimeout))
	out := make([]byte, 1+2*handshakeSize)
	if _, err := g.pipe.Write(c0c1[:1]); err != nil {
		return nil, fmt.Errorf("handshake: %w", err)
	}
	if _, err := io.ReadFull(g.pipe, out[:1+handshakeSize]); err != nil {
		return nil, fmt.Errorf("handshake: %w", err)
	}
	if _, err := g.pipe.Write(c0c1[1:]); err != nil {
		return nil, fmt.Errorf("handshake: %w", err)
	}
	if _, err := io.ReadFull(g.pipe, out[1+handshakeSize:]); err != nil {
		return nil, fmt.Errorf("handshake: %w", err)
	}
	return out, nil
}

// finish ends the handshake with C2.
func (g *dialog) finish(c2 []byte) error {
	_ = g.pipe.SetDeadline(time.Now().Add(dialogTimeout))
	if _, err := g.pipe.Write(c2); err != nil {
		return fmt.Errorf("handshake: %w", err)
	}
	return nil
}

// connect, createStream, publish and play return go-rtmp's answer: control
// messages, and the values of the command behind them.
func (g *dialog) connect(app string) ([]chunk.Message, []any, error) {
	return g.ask(0, "connect", 1, amf0.Object{{Name: "app", Value: app}})
}

func (g *dialog) createStream() ([]chunk.Message, []any, error) {
	return g.ask(0, "createStream", 2, nil)
}

func (g *dialog) publish(stream uint32, name string) ([]chunk.Message, []any, error) {
	return g.ask(stream, "publish", 3, nil, name, "live")
}

func (g *dialog) play(stream uint32, name string) ([]chunk.Message, []any, error) {
	return g.ask(stream, "play", 3, nil, name, -2)
}

// ask puts a command in a single chunk and reads up to the answering command.
func (g *dialog) ask(stream uint32, values ...any) (controls []chunk.Message, answer []any, err error) {
	_ = g.pipe.SetDeadline(time.Now().Add(dialogTimeout))
	h := chunk.Header{ChunkStream: 3, Type: chunk.CommandAMF0, Stream: stream}
	if _, err := g.pipe.Write(chunk.Append(nil, h, amf0.Append(nil, values...), dialogChunk)); err != nil {
		return nil, nil, fmt.Errorf("go-rtmp: %w", err)
	}
	for {
		m, err := g.in.Next()
		if err != nil {
			return nil, nil, fmt.Errorf("go-rtmp: %w", err)
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
