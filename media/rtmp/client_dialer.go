package rtmp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"
	"time"

	"weir/media/rtmp/amf0"
)

const (
	clientTimeout = 30 * time.Second
	clientChunk   = 60000
	maxRedirects  = 5
)

// Dialer says how clients connect. The zero value is ready.
type Dialer struct {
	// Timeout bounds each step: the network's and TLS's, handshake and connect,
	// publish or play. Zero means 30 s.
	Timeout time.Duration
	// ReadTimeout is how long ReadPacket waits for a packet. Zero means 30 s, less
	// than zero for ever.
	ReadTimeout time.Duration
	// WriteTimeout bounds each write of packets. Zero means 30 s.
	WriteTimeout time.Duration
	// ChunkSize of what is sent. Zero means 60000.
	ChunkSize int
	// TLS is for rtmps. Nil trusts whom the system trusts.
	TLS *tls.Config
	// Digest begins with the digest handshake of Flash. Without it, it is tried when
	// a server hangs up at the simple one.
	Digest bool

	// Redirects is how many redirects (code 302 with ex.redirect, as SRS sends them)
	// are followed, five at most. Zero means none: the refusal is the error.
	Redirects int
	// Redirected is asked ahead of following a redirect; its error is the client's.
	// Nil allows all. From rtmps to rtmp nothing is followed in any case.
	Redirected func(to string) error

	// What connect says beside app and tcUrl (7.2.1.1). FlashVer has a default.
	FlashVer, PageURL, SWFURL string
	// FourCCs are the codecs that are taken, "*" for all (Enhanced RTMP v2,
	// Enhancing NetConnection connect Command). Nil says nothing of them.
	FourCCs []string
}

func (d Dialer) timeout() time.Duration { return orDefault(d.Timeout, clientTimeout) }

func orDefault[T comparable](v, def T) T {
	var zero T
	if v == zero {
		return def
	}
	return v
}

// open connects up to the answer to connect. A server that hangs up at the simple
// handshake may want to see a digest.
func (d Dialer) open(ctx context.Context, t target, c *Client) (*clientConn, error) {
	conn, err := d.greet(ctx, t, c, d.Digest)
	if errors.Is(err, errHandshake) && !d.Digest && ctx.Err() == nil {
		conn, err = d.greet(ctx, t, c, true)
	}
	if err != nil {
		return nil, fmt.Errorf("rtmp dial: %w", err)
	}
	err = conn.within(ctx, d.timeout(), func() error { return conn.connect(d.connectObject(t)) })
	if err != nil {
		conn.hangUp()
		return nil, fmt.Errorf("rtmp connect: %w", err)
	}
	return conn, nil
}

// greet opens a connection and does the handshake. It is errHandshake if the
// server hangs up meanwhile.
func (d Dialer) greet(ctx context.Context, t target, c *Client, digest bool) (*clientConn, error) {
	nc, err := d.dial(ctx, t)
	if err != nil {
		return nil, err
	}
	conn := newClientConn(nc, c, orDefault(d.WriteTimeout, clientTimeout))
	shake := conn.simple
	if digest {
		shake = conn.digest
	}
	if err := conn.within(ctx, d.timeout(), shake); err != nil {
		conn.hangUp()
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) {
			return nil, fmt.Errorf("%w: %w", errHandshake, err)
		}
		return nil, fmt.Errorf("handshake: %w", err)
	}
	return conn, nil
}

func (d Dialer) dial(ctx context.Context, t target) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, d.timeout())
	defer cancel()
	if t.scheme == "rtmps" {
		return (&tls.Dialer{Config: d.TLS}).DialContext(ctx, "tcp", t.dialed()) //nolint:wrapcheck // by open
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", t.dialed()) //nolint:wrapcheck // by open
}

// connectObject says what ffmpeg says; servers look at little of it.
func (d Dialer) connectObject(t target) amf0.Object {
	o := amf0.Object{
		{Name: "app", Value: t.app},
		{Name: "type", Value: "nonprivate"},
		{Name: "flashVer", Value: orDefault(d.FlashVer, "FMLE/3.0 (compatible; weir)")},
		{Name: "tcUrl", Value: t.tcURL()},
		{Name: "fpad", Value: false},
		{Name: "capabilities", Value: 15},
		{Name: "audioCodecs", Value: 4071},
		{Name: "videoCodecs", Value: 252},
		{Name: "videoFunction", Value: 1},
	}
	if d.PageURL != "" {
		o = append(o, amf0.Property{Name: "pageUrl", Value: d.PageURL})
	}
	if d.SWFURL != "" {
		o = append(o, amf0.Property{Name: "swfUrl", Value: d.SWFURL})
	}
	if d.FourCCs != nil {
		list := make([]any, len(d.FourCCs))
		for i, cc := range d.FourCCs {
			list[i] = cc
		}
		o = append(o, amf0.Property{Name: "fourCcList", Value: list})
	}
	return o
}
