package mediatest

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"weir/media"
)

// Attach serves the player with two goroutines, which the router waits for.
func (s *subscription) Attach(c media.Conn, f media.Framer) error {
	select {
	case <-s.done:
		return s.err
	default:
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	p := &player{Conn: c, sub: s, framer: f}
	s.router.players.Go(func() { cancel(p.receive()) })
	s.router.players.Go(func() {
		err := p.send(ctx)
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		} else if s.Err() != nil && c.Goodbye != nil {
			_ = p.write(c.Goodbye(err)) // the player may be gone
		}
		cancel(err)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrClosedPipe) { // the player left
			err = nil
		}
		s.Close(err)
		_ = c.Net.Close() // nothing is left to lose
		if c.Closed != nil {
			c.Closed(err)
		}
	})
	return nil
}

// player is a connection that was attached.
type player struct {
	media.Conn
	sub    *subscription
	framer media.Framer
	mu     sync.Mutex // of writes
}

func (p *player) write(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	d := p.WriteDeadline
	if d == 0 {
		d = 30 * time.Second
	}
	if err := p.Net.SetWriteDeadline(time.Now().Add(d)); err != nil {
		return err //nolint:wrapcheck // for a test to see
	}
	n, err := p.Net.Write(b)
	p.sub.session.BytesOut.Add(uint64(n)) //nolint:gosec // not negative
	return err                            //nolint:wrapcheck // for a test to see
}

// receive reads what the player sends until it leaves.
func (p *player) receive() error {
	b := make([]byte, 4096)
	for {
		n, err := p.Net.Read(b)
		if n > 0 && p.Receive != nil {
			reply, err := p.Receive(b[:n])
			if werr := p.write(reply); err == nil {
				err = werr
			}
			if err != nil {
				return err
			}
		}
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				err = io.EOF
			}
			return err //nolint:wrapcheck // for a test to see
		}
	}
}

// open returns the framer of what this player gets from h on.
func (p *player) open(h media.Headers) media.Framer {
	m, ok := p.framer.(media.Muxer)
	if !ok {
		return p.framer
	}
	f := m.Open()
	for _, q := range []*media.Packet{h.Video, h.Audio} {
		if q != nil {
			f.Append(nil, q, media.Clocks{})
		}
	}
	return f
}

// send writes the stream until ctx or the subscription ends.
func (p *player) send(ctx context.Context) error {
	if err := p.write(p.Hello); err != nil {
		return err
	}
	into := make([]*media.Packet, 1)
	var last media.Clocks
	p.sub.ahead = nil // Begin writes the headers
	var framer media.Framer
	for {
		at := p.sub.at
		_, err := p.sub.Next(ctx, into)
		if errors.Is(err, media.ErrUnpublished) {
			continue
		}
		if err != nil {
			return err
		}
		var b []byte
		if framer == nil {
			p.sub.router.mu.Lock()
			h := p.sub.stream.headers(at)
			last = p.sub.stream.clocks(at)
			p.sub.router.mu.Unlock()
			framer = p.open(h)
			b = p.framer.Begin(b, h, last, into[0].DTS, true)
		}
		if err := p.write(framer.Append(b, into[0], last)); err != nil {
			return err
		}
		last = after(last, into[0])
	}
}
