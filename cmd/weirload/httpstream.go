//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// What a server answers that is no stream.
var (
	errAnswer = errors.New("refused")
	errChunk  = errors.New("bad HTTP chunk")
)

// httpStream reads an HTTP/1.1 answer piece by piece, in chunks or not (RFC 9112, 7.1). The
// last chunk is io.EOF, as the connection's end is without chunks.
type httpStream struct {
	each func(b []byte) // a piece of the body

	head    []byte // as far as it came
	body    bool
	chunked bool
	line    []byte // a chunk's size, as far as it came
	left    int    // of the chunk
}

const (
	httpHeadMax = 16 << 10
	httpLineMax = 256
)

func (h *httpStream) feed(b []byte) error {
	if !h.body {
		h.head = append(h.head, b...)
		end := bytes.Index(h.head, []byte("\r\n\r\n"))
		if end < 0 {
			if len(h.head) > httpHeadMax {
				return fmt.Errorf("%w: no HTTP", errAnswer)
			}
			return nil
		}
		head := strings.ToLower(string(h.head[:end]))
		if status, _, _ := strings.Cut(head, "\r\n"); !strings.HasPrefix(status, "http/1.1 200") {
			return fmt.Errorf("%w: %.40s", errAnswer, status)
		}
		h.chunked = strings.Contains(head, "\r\ntransfer-encoding: chunked")
		b, h.head, h.body = h.head[end+4:], nil, true
	}
	if !h.chunked {
		h.each(b)
		return nil
	}
	return h.chunks(b)
}

func (h *httpStream) chunks(b []byte) error {
	for len(b) > 0 {
		if h.left > 0 {
			n := min(h.left, len(b))
			h.each(b[:n])
			h.left -= n
			b = b[n:]
			continue
		}
		end := bytes.IndexByte(b, '\n')
		if end < 0 {
			end = len(b) - 1
		}
		h.line = append(h.line, b[:end+1]...)
		b = b[end+1:]
		if len(h.line) > httpLineMax {
			return errChunk
		}
		if h.line[len(h.line)-1] != '\n' {
			return nil
		}
		size, _, _ := strings.Cut(string(h.line), ";")
		size = strings.TrimSpace(size)
		h.line = h.line[:0]
		if size == "" { // behind a chunk
			continue
		}
		n, err := strconv.ParseUint(size, 16, 31)
		if err != nil {
			return errChunk
		}
		if n == 0 { // the last one
			return io.EOF
		}
		h.left = int(n) //nolint:gosec // 31 bits
	}
	return nil
}
