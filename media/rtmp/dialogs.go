package rtmp

import (
	"io"
	"net"
	"sync"

	gortmp "github.com/yutopp/go-rtmp"
	"github.com/yutopp/go-rtmp/message"

	"weir/media/rtmp/chunk"
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
