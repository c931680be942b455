package rtmp

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"weir/media"
)

// Client publishes or plays one stream of another server. WritePackets and
// ReadPacket may be called at the same time, each by one goroutine; Close by any.
type Client struct {
	// What went over the wire, handshakes included.
	BytesIn, BytesOut atomic.Uint64

	dialer Dialer
	target target // where the client is, redirects followed
	seen   map[target]bool
	clock  clock
	live   bool            // packets have come since the stream's newest beginning
	queue  []*media.Packet // that came together
	taken  int             // of them

	mu   sync.Mutex
	conn *clientConn
	over bool
}

// Dial is that of the zero Dialer.
func Dial(ctx context.Context, address string) (*Client, error) {
	return Dialer{}.Dial(ctx, address)
}

// Dial connects to "rtmp://host[:port]/app[/…]/stream[?query]", or rtmps, up to
// the answer to connect. SRS's "/app?vhost=name/stream" is understood, too. A
// refusal is a *StatusError. ctx bounds Dial alone.
func (d Dialer) Dial(ctx context.Context, address string) (*Client, error) {
	t, err := parseTarget(address)
	if err != nil {
		return nil, fmt.Errorf("rtmp dial: %w", err)
	}
	c := &Client{dialer: d, target: t, seen: map[target]bool{t: true}}
	if err := c.follow(ctx, func() error { return c.connect(ctx) }); err != nil {
		c.conn.hangUp()
		return nil, err
	}
	return c, nil
}

// connect opens the connection to where the client is to go.
func (c *Client) connect(ctx context.Context) error {
	conn, err := c.dialer.open(ctx, c.target, c)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over {
		conn.hangUp()
		return errClosed
	}
	c.conn.hangUp()
	c.conn, c.queue, c.taken, c.clock, c.live = conn, nil, 0, clock{}, false
	return nil
}

// Address is the stream's, where redirects have led; it has no user and no password.
func (c *Client) Address() string { return c.target.String() }

// Close ends the session, in words if the server takes them at once, and the
// connection. What was published has arrived then, unless the server is slower
// than a second.
func (c *Client) Close() error {
	c.mu.Lock()
	c.over = true
	conn := c.conn
	c.mu.Unlock()
	if err := conn.close(c.target.name); err != nil {
		return fmt.Errorf("rtmp close: %w", err)
	}
	return nil
}
