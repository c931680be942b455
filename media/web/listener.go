package web

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"
)

// The bits and opcodes of frames (RFC 6455, 5.2).
const (
	final    = 0x80
	reserved = 0x70
	masked   = 0x80

	opContinuation = 0
	opText         = 1
	opBinary       = 2
	opClose        = 8
	opPing         = 9
	opPong         = 10

	maxControl = 125      // bytes of a control frame's payload (5.5)
	maxSaid    = 64 << 10 // of any frame's: players have little to say
	saidAtOnce = 1 << 20  // bytes that a player may say, and
	saidRate   = 16 << 10 // so many more each second
)

// listener reads what a player says over a WebSocket. It keeps the frame header and
// the control frame that are under way, and nothing of messages.
type listener struct {
	head    [14]byte // of the frame under way
	have    int      // bytes of it
	inside  bool     // it is whole
	left    int      // bytes of the payload that are to come
	payload []byte   // of a control frame
	partial bool     // a message goes on with the next frame

	since time.Time // of the first word
	said  int       // bytes since
}

// receive reads frames. A ping is answered, the last one of several (5.5.3). A close
// is answered too, and ends the player with io.EOF, as what breaks the protocol does
// with another error.
func (l *listener) receive(b []byte) (reply []byte, err error) {
	if l.floods(len(b)) {
		return closeFrame(closePolicy, "too much is said"), errFlood
	}
	for {
		fresh := !l.inside
		if b = l.header(b); !l.inside {
			return reply, nil
		}
		if fresh {
			if bad := l.check(); bad != nil {
				return append(reply, closeFrame(bad.code, bad.what)...), bad
			}
		}
		if b = l.body(b); l.inside {
			return reply, nil
		}
		switch l.opcode() {
		case opPing:
			reply = appendFrame(nil, opPong, l.payload)
		case opClose:
			return append(reply, closeReply(l.payload)...), io.EOF
		}
		l.payload = nil
	}
}

var errFlood = errors.New("websocket: player says too much")

// floods counts n bytes, and says whether a player needs so many.
func (l *listener) floods(n int) bool {
	if l.since.IsZero() {
		l.since = time.Now()
	}
	l.said += n
	over := l.said - saidAtOnce
	return over > 0 && float64(over) > saidRate*time.Since(l.since).Seconds()
}

// header takes the frame's header off b.
func (l *listener) header(b []byte) []byte {
	for !l.inside && len(b) > 0 {
		n := copy(l.head[l.have:l.size()], b)
		l.have, b = l.have+n, b[n:]
		if l.have == l.size() {
			l.inside, l.left = true, l.length()
		}
	}
	return b
}

// body takes the frame's payload off b, as far as it has come.
func (l *listener) body(b []byte) []byte {
	n := min(l.left, len(b))
	if l.opcode() >= opClose {
		l.payload = append(l.payload, b[:n]...)
	}
	if l.left -= n; l.left == 0 {
		mask := l.head[l.size()-4 : l.size()]
		for i := range l.payload {
			l.payload[i] ^= mask[i&3]
		}
		l.inside, l.have = false, 0
	}
	return b[n:]
}

func (l *listener) opcode() byte { return l.head[0] & 15 }

// size is that of the frame's header, as far as it is known; the last four bytes of
// it are the mask, if it has one.
func (l *listener) size() int {
	if l.have < 2 {
		return 2
	}
	size := 2
	switch l.head[1] & 127 {
	case 126:
		size += 2
	case 127:
		size += 8
	}
	if l.head[1]&masked != 0 {
		size += 4
	}
	return size
}

// length is that of the frame's payload; more than maxSaid stands for all that is.
func (l *listener) length() int {
	switch n := l.head[1] & 127; n {
	case 126:
		return int(binary.BigEndian.Uint16(l.head[2:]))
	case 127:
		return int(min(binary.BigEndian.Uint64(l.head[2:]), maxSaid+1)) //nolint:gosec // small
	default:
		return int(n)
	}
}

// violation is what a player did wrong.
type violation struct {
	code int
	what string
}

func (v *violation) Error() string { return "websocket: " + v.what }

// check refuses a frame by its header (5.1, 5.2, 5.4, 5.5).
func (l *listener) check() *violation {
	control, last := l.opcode() >= opClose, l.head[0]&final != 0
	bad := func(what string) *violation { return &violation{closeProtocol, what} }
	switch op := l.opcode(); {
	case l.head[1]&masked == 0:
		return bad("frame is not masked")
	case l.head[0]&reserved != 0:
		return bad("reserved bit")
	case op > opPong || op > opBinary && !control:
		return bad(fmt.Sprintf("frame of type %d", op))
	case control && (!last || l.left > maxControl):
		return bad("control frame is long or in pieces")
	case !control && (op == opContinuation) != l.partial:
		return bad("message within a message, or the rest of none")
	case l.left > maxSaid:
		return &violation{closeTooBig, "frame is too big"}
	}
	if !control {
		l.partial = !last
	}
	return nil
}
