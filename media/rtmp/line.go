package rtmp

import (
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

var errDialog = errors.New("go-rtmp does not answer")

// line is the connection between a dialog and go-rtmp, in memory. What go-rtmp says
// never waits for its reader to ask, as it does on a net.Pipe, nor fails: that
// spares it an error path that waits for seconds.
type line struct {
	net.Conn // none: go-rtmp's server hands it through
	asks     queue
	answers  queue
	closed   chan struct{} // by the dialog
	ended    chan struct{} // by go-rtmp
	once     sync.Once
}

func newLine() *line {
	l := &line{closed: make(chan struct{}), ended: make(chan struct{})}
	l.asks.pieces, l.answers.pieces = make(chan []byte, 1), make(chan []byte, 8)
	return l
}

// Read is go-rtmp's: what was asked.
func (l *line) Read(b []byte) (int, error) { return l.asks.read(b, l.closed, nil) }

// Write is go-rtmp's: a part of an answer.
func (l *line) Write(b []byte) (int, error) {
	select {
	case l.answers.pieces <- append([]byte(nil), b...):
	case <-l.closed:
	}
	return len(b), nil
}

// Close is go-rtmp's, called once.
func (l *line) Close() error {
	close(l.ended)
	return nil
}

// say asks; answer reads what go-rtmp says.
func (l *line) say(b []byte) error {
	select {
	case l.asks.pieces <- b:
		return nil
	case <-l.ended:
		return io.EOF
	}
}

func (l *line) answer(b []byte, late <-chan time.Time) (int, error) {
	return l.answers.read(b, l.ended, late)
}

// hangUp ends go-rtmp's goroutines.
func (l *line) hangUp() {
	l.once.Do(func() { close(l.closed) })
	<-l.ended
}

// queue is one direction.
type queue struct {
	pieces chan []byte
	rest   []byte // of the piece being read
}

// read waits for a piece, the end, or late.
func (q *queue) read(b []byte, end <-chan struct{}, late <-chan time.Time) (int, error) {
	if len(q.rest) == 0 {
		select {
		case q.rest = <-q.pieces:
		case <-end:
			return 0, io.EOF
		case <-late:
			return 0, errDialog
		}
	}
	n := copy(b, q.rest)
	q.rest = q.rest[n:]
	return n, nil
}
