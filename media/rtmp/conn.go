package rtmp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
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
	encoder   bool // it sent FCPublish, as Flash's encoders do
	address   address
	streams   streams // created and not deleted
	sessions  []session
	messages  int      // since the last session began
	pinged    bool     // and has not said anything since
	wish      *command // heard by a receiver, to be obeyed next
	acked     uint64   // BytesIn at the newest acknowledgement
	window    uint64   // acknowledgement window that the peer asks for; 0 for none

	mu     sync.Mutex // of writes: players write beside the connection's goroutine
	size   int        // of the chunks that are sent; zero means chunk.DefaultSize
	broken error      // of a write: what followed would stand within a message
}

// serve talks with the peer until it leaves or is sent away. handed says that
// the connection is no longer ours.
func (c *conn) serve(ctx context.Context) (handed bool, err error) {
	in := c.in
	stop := context.AfterFunc(ctx, func() { in.interrupt(media.ErrShutdown) })
	defer stop()
	c.in.wait(c.settings.HandshakeTimeout)
	if err := c.handshake(); err != nil {
		return false, fmt.Errorf("handshake: %w", err)
	}
	c.in.wait(c.settings.CommandTimeout)
	return c.talk(ctx)
}

// talk is what follows the handshake, up to the end of the last session.
func (c *conn) talk(ctx context.Context) (handed bool, err error) {
	if handed, err = c.converse(ctx); handed {
		return true, nil
	}
	return false, c.part(err)
}

// gate asks the router. If that takes its time, it listens to the peer meanwhile:
// one that leaves cancels ctx.
func (c *conn) gate(ctx context.Context, ask func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	c.in.wait(0)
	answered, heard := make(chan struct{}), make(chan struct{})
	listen := time.AfterFunc(gateTime, func() {
		defer close(heard)
		c.listen(answered, cancel)
	})
	err := ask(ctx)
	if !listen.Stop() {
		close(answered)
		c.in.interrupt(errNudged)
		<-heard
		c.in.clear(errNudged)
	}
	c.heard()
	return err
}

// listen hears the peer until answered is closed and the input nudged, or an error
// comes. Nudges because a session is over have to wait.
func (c *conn) listen(answered <-chan struct{}, leave context.CancelCauseFunc) {
	for {
		err := c.in.ahead()
		switch {
		case err == nil: // it said as much as may wait
			return
		case !errors.Is(err, errNudged):
			leave(err)
			return
		}
		c.in.clear(errNudged) // ahead of the look, or the last nudge could be lost
		select {
		case <-answered:
			return
		default:
		}
	}
}

// heard has the peer's time begin anew: it was not heard during a gate.
func (c *conn) heard() {
	if len(c.sessions) == 0 {
		c.in.wait(c.settings.CommandTimeout)
		return
	}
	for _, s := range c.sessions {
		if p, ok := s.(*publisher); ok {
			p.alive()
		}
	}
	c.in.interrupt(errNudged) // to see which of them are over
}

// send writes messages. What is sent here is short: it never needs a larger chunk.
func (c *conn) send(ms ...chunk.Message) error {
	if len(ms) == 0 {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.write(appendMessages(nil, c.size, ms...))
}

// write needs the lock once there are sessions.
func (c *conn) write(b []byte) error {
	if c.broken != nil {
		return c.broken
	}
	if err := c.net.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	n, err := c.net.Write(b)
	c.info.BytesOut.Add(uint64(n)) //nolint:gosec // not negative
	if err != nil {
		c.broken = fmt.Errorf("write: %w", err)
	}
	return c.broken
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
