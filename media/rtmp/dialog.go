package rtmp

import (
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	gortmp "github.com/yutopp/go-rtmp"
	"github.com/yutopp/go-rtmp/message"

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

// dialogs is go-rtmp at work: its server accepts from here instead of from a
// network. The connections it is given are pipes.
type dialogs struct {
	server *gortmp.Server
	offers chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newDialogs() *dialogs {
	d := &dialogs{offers: make(chan net.Conn), closed: make(chan struct{})}
	d.server = gortmp.NewServer(&gortmp.ServerConfig{OnConnect: func(c net.Conn) (io.ReadWriteCloser, *gortmp.ConnConfig) {
		return c, &gortmp.ConnConfig{
			SkipHandshakeVerification: true,
			ReaderBufferSize:          512,
			WriterBufferSize:          1024,
			ControlState:              gortmp.StreamControlStateConfig{DefaultChunkSize: dialogChunk, MaxMessageStreams: MaxStreams + 1},
			RPreset:                   preset,
		}
	}})
	return d
}

// preset is what connect's answer says of the server: what peers expect of one.
var preset = &gortmp.DefaultResponsePreset{
	ServerConnectResultProperties: message.NetConnectionConnectResultProperties{FMSVer: "FMS/3,5,7,7009", Capabilities: 31, Mode: 1},
	ServerConnectResultData:       map[string]any{"server": "weir"},
}

// run serves dialogs until close, which must come when all of them are closed.
func (d *dialogs) run() { _ = d.server.Serve(d) } // it ends by ErrClosed alone

func (d *dialogs) close() {
	_ = d.server.Close() // Close below never fails
	_ = d.Close()
}

// Accept is go-rtmp's; as it tries again after any error, there is none until the end.
func (d *dialogs) Accept() (net.Conn, error) {
	select {
	case c := <-d.offers:
		return c, nil
	case <-d.closed:
		return nil, net.ErrClosed
	}
}

// Close is go-rtmp's.
func (d *dialogs) Close() error {
	d.once.Do(func() { close(d.closed) })
	return nil
}

// Addr is go-rtmp's.
func (d *dialogs) Addr() net.Addr { return (*net.TCPAddr)(nil) }

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

func (d *dialogs) open() *dialog {
	ours, theirs := net.Pipe()
	p := &party{Conn: theirs, ended: make(chan struct{})}
	d.offers <- p
	g := &dialog{pipe: ours, party: p}
	g.in.Source = ours
	g.in.SetLimits(chunk.Limits{Message: maxCommand})
	_ = g.in.SetChunkSize(dialogChunk)
	return g
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
			if err != nil || len(answer) < 3 {
				return nil, nil, fmt.Errorf("go-rtmp: answer of %d values: %w", len(answer), err)
			}
			return controls, answer, nil
		}
		controls = append(controls, *m)
	}
}
