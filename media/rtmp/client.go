package rtmp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// clientTimeout bounds each step of a client, and each write of media.
const clientTimeout = 30 * time.Second

// clientChunk is the size of the chunks that a client sends.
const clientChunk = 60000

// Client publishes or plays one stream. WritePacket and ReadPacket may be called
// at the same time, each by one goroutine.
type Client struct {
	// ReadTimeout is how long ReadPacket waits. Zero means 30 s, less than zero for ever.
	ReadTimeout time.Duration

	net    net.Conn
	in     chunk.Reader
	app    string
	tcURL  string
	name   string // of the stream, with its query
	stream uint32 // message stream id
	calls  int    // transactions so far
	clock  clock

	mu   sync.Mutex // of writes
	size int        // of chunks sent
}

// Dial connects to "rtmp://host[:port]/app[/…]/stream[?query]", or rtmps, up to
// the answer to connect. A refusal is a *StatusError. ctx bounds Dial alone.
func Dial(ctx context.Context, address string) (*Client, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("rtmp dial: %w", err)
	}
	path := strings.TrimPrefix(u.Path, "/")
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return nil, fmt.Errorf("rtmp dial: %s names no app and stream", u.Redacted())
	}
	c := &Client{app: path[:i], name: path[i+1:], size: chunk.DefaultSize}
	c.tcURL = u.Scheme + "://" + u.Host + "/" + c.app
	if u.RawQuery != "" {
		c.name += "?" + u.RawQuery
	}
	if c.net, err = dial(ctx, u); err != nil {
		return nil, fmt.Errorf("rtmp dial: %w", err)
	}
	c.in.Source = c.net
	if err := c.within(ctx, c.connect); err != nil {
		_ = c.net.Close()
		return nil, fmt.Errorf("rtmp connect: %w", err)
	}
	return c, nil
}

func dial(ctx context.Context, u *url.URL) (net.Conn, error) {
	port := u.Port()
	switch {
	case u.Scheme == "rtmp" && port == "":
		port = "1935"
	case u.Scheme == "rtmps" && port == "":
		port = "443"
	}
	addr := net.JoinHostPort(u.Hostname(), port)
	switch u.Scheme {
	case "rtmp":
		return (&net.Dialer{Timeout: clientTimeout}).DialContext(ctx, "tcp", addr) //nolint:wrapcheck // by Dial
	case "rtmps":
		return (&tls.Dialer{}).DialContext(ctx, "tcp", addr) //nolint:wrapcheck // by Dial
	}
	return nil, fmt.Errorf("scheme %q is not rtmp or rtmps", u.Scheme)
}

// within bounds a step by ctx and by clientTimeout.
func (c *Client) within(ctx context.Context, step func() error) error {
	if err := c.net.SetDeadline(time.Now().Add(clientTimeout)); err != nil {
		return err //nolint:wrapcheck // by the caller
	}
	stop := context.AfterFunc(ctx, func() { _ = c.net.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if err := step(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err() //nolint:wrapcheck // by the caller
		}
		return err
	}
	return nil
}

func (c *Client) command(stream uint32, values ...any) chunk.Message {
	return chunk.Message{Type: chunk.CommandAMF0, ChunkStream: 3, Stream: stream, Body: amf0.Append(nil, values...)}
}

func (c *Client) send(m chunk.Message) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := c.net.Write(appendMessages(nil, c.size, m))
	return err //nolint:wrapcheck // by the caller
}

// Close ends the session, in words if the peer takes them at once, and the connection.
func (c *Client) Close() error {
	if c.stream != 0 && c.net.SetWriteDeadline(time.Now().Add(time.Second)) == nil {
		_ = c.send(c.command(0, "deleteStream", 0, nil, int(c.stream))) // a peer that is gone needs no words
	}
	if err := c.net.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("rtmp close: %w", err)
	}
	return nil
}
