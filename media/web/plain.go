package web

import (
	"errors"
	"net/http"
	"time"

	"weir/media"
)

// plain is a stream as the body of an answer: in chunks, whose last one says that
// the stream is whole (RFC 9112, 7.1), or to the connection's end for HTTP/1.0.
type plain struct {
	contentType string
	chunked     bool
}

func (*plain) status() int { return http.StatusOK }

func (p *plain) describe(h http.Header) {
	h.Set("Content-Type", p.contentType)
	h.Set("Cache-Control", "no-cache")
	h.Set("Connection", "close")
}

func (p *plain) bind(h http.Header) {
	h.Set("Connection", "close")
	if p.chunked {
		h.Set("Transfer-Encoding", "chunked")
	}
}

func (p *plain) framer(f media.Framer) media.Framer {
	if p.chunked {
		return enclosed{f, chunks}
	}
	return f
}

// receive passes over what a player sends: another request, perhaps.
func (*plain) receive([]byte) ([]byte, error) { return nil, nil }

func (p *plain) goodbye(reason error) []byte {
	if p.chunked && errors.Is(reason, media.ErrUnpublished) {
		return []byte("0\r\n\r\n")
	}
	return nil
}

// envelope is what stands about each of a stream's messages.
type envelope uint8

const (
	chunks envelope = iota // of HTTP
	frames                 // of WebSocket
)

// enclosed puts what another framer writes into envelopes, one for each packet, so
// that the bytes are shared as those within are.
type enclosed struct {
	media.Framer
	envelope envelope
}

var _ media.Muxer = enclosed{}

// Open implements media.Muxer.
func (e enclosed) Open() media.Framer {
	if m, ok := e.Framer.(media.Muxer); ok {
		e.Framer = m.Open()
	}
	return e
}

// Append implements media.Framer.
func (e enclosed) Append(dst []byte, p *media.Packet, last media.Clocks) []byte {
	return e.envelope.put(dst, len(p.Body), func(dst []byte) []byte { return e.Framer.Append(dst, p, last) })
}

// Begin implements media.Framer.
func (e enclosed) Begin(dst []byte, h media.Headers, last media.Clocks, base time.Duration, first bool) []byte {
	return e.envelope.put(dst, 0, func(dst []byte) []byte { return e.Framer.Begin(dst, h, last, base, first) })
}
