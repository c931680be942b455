//go:build linux

package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"

	"weir/media"
)

// wsPlayer plays an FLV stream over a WebSocket.
type wsPlayer struct {
	flvPlayer
	messages wsStream
}

// playWS connects a player by WebSocket-FLV.
func playWS(r *reactor, a address, p *player) error {
	w := &wsPlayer{flvPlayer: flvPlayer{address: a, read: p.audience.read, line: line{ended: p.audience.add}}}
	w.messages.each = newFLVStream(func(kind media.Kind, n int, head []byte) { p.message(r.woken, kind, n, head) }).feed
	c, err := r.dial(a.addr, w)
	w.conn = c
	return err
}

func (w *wsPlayer) open() {
	w.conn.send([]byte("GET " + w.path + " HTTP/1.1\r\nHost: " + w.host + "\r\nUser-Agent: weirload\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: d2VpcmxvYWQncyBrZXkuLg==\r\n\r\n"))
}

func (w *wsPlayer) data(b []byte) {
	w.read(len(b))
	if err := w.messages.feed(b); err != nil {
		w.conn.close(err)
	}
}

// wsStream reads a server's side of a WebSocket piece by piece (RFC 6455, 5.2), from
// the answer to the handshake on.
type wsStream struct {
	each func(b []byte) // a piece of a message

	head []byte // of the answer, then of the frame, as far as it came
	open bool   // the answer was read
	left uint64 // of the frame under way
}

func (s *wsStream) feed(b []byte) error {
	if !s.open {
		s.head = append(s.head, b...)
		end := bytes.Index(s.head, []byte("\r\n\r\n"))
		if end < 0 && len(s.head) <= httpHeadMax {
			return nil
		}
		if status, _, _ := strings.Cut(string(s.head), "\r\n"); end < 0 || !strings.HasPrefix(status, "HTTP/1.1 101") {
			return fmt.Errorf("%w: %.40s", errAnswer, status)
		}
		b, s.head, s.open = s.head[end+4:], nil, true
	}
	for len(b) > 0 {
		if s.left == 0 {
			s.head = append(s.head, b[0])
			b = b[1:]
			if err := s.begin(); err != nil {
				return err
			}
			continue
		}
		n := min(s.left, uint64(len(b)))
		s.each(b[:n])
		s.left, b = s.left-n, b[n:]
	}
	return nil
}

// begin begins a frame once its header is whole.
func (s *wsStream) begin() error {
	h := s.head
	switch {
	case h[0] != 0x82: // neither a message nor the rest of one: the stream is over
		return fmt.Errorf("%w: frame begins with %x", errAnswer, h[0])
	case len(h) == 2 && h[1] < 126:
		s.left = uint64(h[1])
	case len(h) == 4 && h[1] == 126:
		s.left = uint64(binary.BigEndian.Uint16(h[2:]))
	case len(h) == 10:
		s.left = binary.BigEndian.Uint64(h[2:])
	default:
		return nil
	}
	s.head = s.head[:0]
	return nil
}
