package rtmp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"weir/media"
	"weir/media/rtmp/chunk"
)

const (
	writeTimeout = 10 * time.Second
	lingerTime   = 2 * time.Second
	gateTime     = 2 * time.Millisecond // of the router, after which its peer is listened to
	maxMessages  = 1000                 // ahead of publish or play; well-behaved peers send ten

	// MaxStreams is how many message streams a connection may have at a time.
	MaxStreams = 16
)

var (
	errVersion  = errors.New("bad protocol version")
	errMessages = errors.New("too many messages ahead of publish or play")
	errEarly    = errors.New("command ahead of connect")
	errNoStream = errors.New("no such message stream")
)

// conn is a connection up to the moment when a player goes to its sender shard.
type conn struct {
	*visit
	settings Settings
	net      net.Conn
	in       *input
	dialogs  *dialogs

	connected bool
	address   address
	streams   map[uint32]bool // created and not deleted
	messages  int
	acked     uint64 // BytesIn at the newest acknowledgement
	window    uint64 // acknowledgement window that the peer asks for; 0 for none
}

// serve talks with the peer until it leaves or is sent away. handed says that
// the connection is no longer ours.
func (c *conn) serve(ctx context.Context) (handed bool, err error) {
	stop := context.AfterFunc(ctx, func() { c.in.interrupt(media.ErrShutdown) })
	defer stop()
	c.in.wait(c.settings.HandshakeTimeout)
	if err := c.handshake(); err != nil {
		return false, fmt.Errorf("handshake: %w", err)
	}
	c.in.wait(c.settings.CommandTimeout)
	for {
		m, err := c.in.Next()
		if err != nil {
			return false, err //nolint:wrapcheck // says enough
		}
		if c.messages++; c.messages > maxMessages {
			return false, errMessages
		}
		if handed, err := c.handle(ctx, m); handed || err != nil {
			return handed, err
		}
	}
}

// gate asks the router. If that takes its time, it listens to the peer meanwhile:
// one that leaves cancels ctx.
func (c *conn) gate(ctx context.Context, ask func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	c.in.wait(0)
	heard := make(chan struct{})
	listen := time.AfterFunc(gateTime, func() {
		defer close(heard)
		if err := c.in.ahead(); err != nil && !errors.Is(err, errAnswered) {
			cancel(err)
		}
	})
	err := ask(ctx)
	if !listen.Stop() {
		c.in.interrupt(errAnswered)
		<-heard
		c.in.clear(errAnswered)
	}
	c.in.wait(c.settings.CommandTimeout)
	return err
}

// send writes messages. What is sent here is short: it never needs a larger chunk.
func (c *conn) send(ms ...chunk.Message) error {
	return c.write(appendMessages(nil, chunk.DefaultSize, ms...))
}

func (c *conn) write(b []byte) error {
	if err := c.net.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	n, err := c.net.Write(b)
	c.info.BytesOut.Add(uint64(n)) //nolint:gosec // not negative
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// acknowledge reports what has come, each time that it is a window's worth (5.4.3).
func (c *conn) acknowledge() error {
	in := c.info.BytesIn.Load()
	if c.window == 0 || in-c.acked < c.window {
		return nil
	}
	c.acked = in
	return c.send(number(chunk.Acknowledgement, uint32(in))) //nolint:gosec // wraps, as RTMP's does
}

// refuse tells the peer why it must go and waits until it does, so that the
// words are not lost with the connection. It returns why.
func (c *conn) refuse(why error, ms ...chunk.Message) error {
	if c.send(ms...) != nil {
		return why
	}
	if w, ok := c.net.(interface{ CloseWrite() error }); ok {
		_ = w.CloseWrite() // a peer that is gone needs no words
	}
	_ = c.net.SetReadDeadline(time.Now().Add(lingerTime))
	_, _ = io.CopyN(io.Discard, c.net, 1<<20)
	return why
}
