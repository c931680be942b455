package rtmp

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"

	"weir/media"
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

// connect does the handshake and the connect command (5.2, 7.2.1.1).
func (c *Client) connect() error {
	if err := c.handshake(); err != nil {
		return err
	}
	if err := c.send(number(chunk.SetChunkSize, clientChunk)); err != nil {
		return err
	}
	c.size = clientChunk
	_, err := c.call("connect", amf0.Object{
		{Name: "app", Value: c.app}, {Name: "type", Value: "nonprivate"},
		{Name: "flashVer", Value: "FMLE/3.0 (compatible; weir)"}, {Name: "tcUrl", Value: c.tcURL},
	})
	return err
}

func (c *Client) handshake() error {
	b := make([]byte, 1+2*handshakeSize)
	b[0] = version
	_, _ = rand.Read(b[9 : 1+handshakeSize]) // never fails
	if _, err := c.net.Write(b[:1+handshakeSize]); err != nil {
		return err //nolint:wrapcheck // by Dial
	}
	if _, err := io.ReadFull(c.net, b); err != nil {
		return err //nolint:wrapcheck // by Dial
	}
	if b[0] != version {
		return fmt.Errorf("%w: %d", errVersion, b[0])
	}
	_, err := c.net.Write(b[1 : 1+handshakeSize])
	return err //nolint:wrapcheck // by Dial
}

// call sends a command and returns the values of its result.
func (c *Client) call(name string, args ...any) ([]any, error) {
	c.calls++
	id := float64(c.calls)
	if err := c.send(c.command(0, append([]any{name, id}, args...)...)); err != nil {
		return nil, err
	}
	for {
		cmd, err := c.nextCommand()
		if err != nil {
			return nil, err
		}
		switch {
		case cmd.name == "_result" && cmd.id == id:
			return cmd.args, nil
		case cmd.name == "_error" && cmd.id == id:
			return nil, statusError(cmd.arg(len(cmd.args) - 1))
		}
	}
}

// Publish asks to publish and waits for the verdict.
func (c *Client) Publish(ctx context.Context) error {
	err := c.within(ctx, func() error {
		if err := c.create(); err != nil {
			return err
		}
		return c.begin(codePublishStart, "publish", c.name, "live")
	})
	if err != nil {
		return fmt.Errorf("rtmp publish: %w", err)
	}
	return nil
}

// Play asks to play and waits for the verdict.
func (c *Client) Play(ctx context.Context) error {
	err := c.within(ctx, func() error {
		if err := c.create(); err != nil {
			return err
		}
		return c.begin(codePlayStart, "play", c.name)
	})
	if err != nil {
		return fmt.Errorf("rtmp play: %w", err)
	}
	return nil
}

func (c *Client) create() error {
	args, err := c.call("createStream", nil)
	if err != nil {
		return err
	}
	id, ok := command{args: args}.arg(1).(float64)
	if !ok || id < 1 || id > 1<<31 {
		return errNoStream
	}
	c.stream = uint32(id)
	return nil
}

// begin sends a command of the stream and waits for the status that it succeeds by.
func (c *Client) begin(success, name string, args ...any) error {
	if err := c.send(c.command(c.stream, append([]any{name, 0, nil}, args...)...)); err != nil {
		return err
	}
	for {
		code, err := c.nextStatus()
		if err != nil || code == success {
			return err
		}
	}
}

// WritePacket sends one packet of a stream that is published.
func (c *Client) WritePacket(p *media.Packet) error {
	id := uint32(videoChunks)
	switch p.Kind {
	case media.Audio:
		id = audioChunks
	case media.Data:
		id = dataChunks
	}
	m := chunk.Message{Type: chunk.Type(p.Kind), Stream: c.stream, Timestamp: millis(p.DTS), ChunkStream: id, Body: p.Body}
	if p.Kind == media.Data {
		m.Body = append(amf0.Append(nil, "@setDataFrame"), p.Body...)
	}
	if err := c.net.SetWriteDeadline(time.Now().Add(clientTimeout)); err != nil {
		return fmt.Errorf("rtmp write: %w", err)
	}
	if err := c.send(m); err != nil {
		return fmt.Errorf("rtmp write: %w", err)
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
