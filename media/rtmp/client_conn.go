package rtmp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

const (
	clientBuffer = 64 << 10 // of what is read while a stream is played
	maxOut       = 1 << 20  // of the buffer for writes that is kept
	closeTime    = time.Second
)

// clientConn is a client's connection. One goroutine reads it; writes are locked.
type clientConn struct {
	net     net.Conn
	client  *Client // counts
	timeout time.Duration
	in      chunk.Reader
	calls   int    // transactions so far
	got     uint32 // bytes, modulo 2³²
	acked   uint32 // of got
	window  uint32 // acknowledgements that the server asks for (5.4.4); 0 for none
	told    uint32 // the window that the server was told

	mu         sync.Mutex
	stream     uint32 // message stream id; 0 before createStream
	publishing bool
	out        []byte
	size       int // of chunks sent
}

func newClientConn(nc net.Conn, c *Client, timeout time.Duration) *clientConn {
	conn := &clientConn{net: nc, client: c, timeout: timeout, size: chunk.DefaultSize}
	conn.in.Source = conn
	conn.in.SetLimits(talkLimits)
	return conn
}

// Read reads from the server and counts.
func (c *clientConn) Read(b []byte) (int, error) {
	n, err := c.net.Read(b)
	c.got += uint32(n)              //nolint:gosec // modulo is meant
	c.client.BytesIn.Add(uint64(n)) //nolint:gosec // not negative
	return n, err                   //nolint:wrapcheck // io.Reader's
}

// write needs the lock, but for the handshake.
func (c *clientConn) write(b []byte) error {
	if err := c.net.SetWriteDeadline(time.Now().Add(c.timeout)); err != nil {
		return err //nolint:wrapcheck // by the caller
	}
	n, err := c.net.Write(b)
	c.client.BytesOut.Add(uint64(n)) //nolint:gosec // not negative
	return err                       //nolint:wrapcheck // by the caller
}

// send writes messages at once.
func (c *clientConn) send(ms ...chunk.Message) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.out = appendMessages(c.out[:0], c.size, ms...)
	return c.flush()
}

// flush writes what is gathered, and keeps its buffer if it is of an ordinary size.
func (c *clientConn) flush() error {
	err := c.write(c.out)
	if c.out = c.out[:0]; cap(c.out) > maxOut {
		c.out = nil
	}
	return err
}

// within bounds a step by ctx and by a time.
func (c *clientConn) within(ctx context.Context, most time.Duration, step func() error) error {
	if err := c.net.SetReadDeadline(time.Now().Add(most)); err != nil {
		return err //nolint:wrapcheck // by the caller
	}
	stop := context.AfterFunc(ctx, func() { _ = c.net.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	err := step()
	if err != nil && ctx.Err() != nil {
		return ctx.Err() //nolint:wrapcheck // by the caller
	}
	return err
}

// clientCommand is a command of a stream; 0 is the connection.
func clientCommand(stream uint32, values ...any) chunk.Message {
	return chunk.Message{Type: chunk.CommandAMF0, ChunkStream: 3, Stream: stream, Body: amf0.Append(nil, values...)}
}

// hangUp closes the connection without a word.
func (c *clientConn) hangUp() {
	if c != nil {
		_ = c.net.Close() // nobody waits for it
	}
}

// close says that the stream ends, and closes. A publisher waits until the server
// has closed as well: else what is on its way would be lost with the connection.
func (c *clientConn) close(name string) error {
	forced := time.AfterFunc(closeTime, func() { _ = c.net.Close() }) // ends a write that does not, too
	defer forced.Stop()
	c.mu.Lock()
	stream, publishing := c.stream, c.publishing
	c.stream = 0 // the words are said once
	c.mu.Unlock()
	if stream != 0 {
		words := []chunk.Message{clientCommand(0, "deleteStream", 0, nil, int(stream))}
		if publishing {
			words = append([]chunk.Message{clientCommand(0, "FCUnpublish", 0, nil, name)}, words...)
		}
		if w, ok := c.net.(interface{ CloseWrite() error }); c.send(words...) == nil && publishing && ok && w.CloseWrite() == nil {
			_, _ = io.Copy(io.Discard, c.net)
		}
	}
	if err := c.net.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("close: %w", err)
	}
	return nil
}
