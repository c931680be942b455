package rtmp

import (
	"io"
	"net"
	"runtime"
	"sync"

	"github.com/sirupsen/logrus"
	gortmp "github.com/yutopp/go-rtmp"
	"github.com/yutopp/go-rtmp/message"

	"weir/media/rtmp/chunk"
)

// dialogs is go-rtmp at work. Its server accepts from here instead of from a
// network: the connections it is given are lines. There are as many as are in use
// at once, and a few are kept.
type dialogs struct {
	server *gortmp.Server
	offers chan net.Conn
	spare  chan *dialog
	closed chan struct{}
	once   sync.Once
}

func newDialogs() *dialogs {
	d := &dialogs{
		offers: make(chan net.Conn), closed: make(chan struct{}),
		spare: make(chan *dialog, runtime.GOMAXPROCS(0)),
	}
	d.server = gortmp.NewServer(&gortmp.ServerConfig{OnConnect: func(c net.Conn) (io.ReadWriteCloser, *gortmp.ConnConfig) {
		return c, &gortmp.ConnConfig{
			SkipHandshakeVerification: true,
			ReaderBufferSize:          512,
			WriterBufferSize:          1024,
			ControlState:              gortmp.StreamControlStateConfig{DefaultChunkSize: dialogChunk},
			Logger:                    mute,
			RPreset:                   preset,
		}
	}})
	return d
}

// mute spares go-rtmp the lines of its log, which it writes to nowhere by default.
var mute = &logrus.Logger{Out: io.Discard, Formatter: &logrus.TextFormatter{}, Level: logrus.PanicLevel}

// preset is what connect's answer says of the server: what peers expect of one.
var preset = &gortmp.DefaultResponsePreset{
	ServerConnectResultProperties: message.NetConnectionConnectResultProperties{FMSVer: "FMS/3,5,7,7009", Capabilities: 31, Mode: 1},
	ServerConnectResultData:       map[string]any{"server": "weir"},
}

// run serves dialogs until close, which must come when none is lent.
func (d *dialogs) run() { _ = d.server.Serve(d) } // it ends by ErrClosed alone

func (d *dialogs) close() {
	for len(d.spare) > 0 {
		(<-d.spare).close()
	}
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

// connect returns go-rtmp's answer to connect: control messages, and the values
// behind the transaction.
func (d *dialogs) connect() (controls []chunk.Message, answer []any, err error) {
	g, err := d.borrow()
	if err != nil {
		return nil, nil, err
	}
	defer d.keep(g)
	return g.controls, g.connected, nil
}

// publish and play return the values of go-rtmp's answer to such a command.
func (d *dialogs) publish(name string) ([]any, error) { return d.session("publish", name) }

func (d *dialogs) play(name string) ([]any, error) { return d.session("play", name) }

func (d *dialogs) session(kind, name string) ([]any, error) {
	g, err := d.borrow()
	if err != nil {
		return nil, err
	}
	answer, err := g.session(kind, name)
	if err != nil {
		g.close()
		return nil, err
	}
	d.keep(g)
	return answer, nil
}

func (d *dialogs) borrow() (*dialog, error) {
	select {
	case g := <-d.spare:
		return g, nil
	default:
	}
	l := newLine()
	d.offers <- l
	return newDialog(l)
}

func (d *dialogs) keep(g *dialog) {
	select {
	case d.spare <- g:
	default:
		g.close()
	}
}
