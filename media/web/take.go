package web

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"time"

	"weir/media"
)

// carrier is how a stream travels on a connection that was HTTP's.
type carrier interface {
	status() int
	describe(h http.Header) // sets the headers that are anybody's to edit
	bind(h http.Header)     // and those that the connection depends on
	framer(f media.Framer) media.Framer
	receive(b []byte) (reply []byte, err error)
	goodbye(reason error) []byte
}

// take moves the connection from the HTTP server to the subscription.
func take(w http.ResponseWriter, r *http.Request, sub media.Subscription, by carrier, f media.Framer) {
	head := head(w, by)
	free := TakePlace(r.Context())
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		sub.Close(err)
		Refuse(w, err)
		return
	}
	c := media.Conn{
		Net: conn, Hello: head, Receive: by.receive, Goodbye: by.goodbye,
		Closed: func(error) { free() },
	}
	reply, err := early(rw.Reader, by)
	c.Hello = append(c.Hello, reply...)
	if err == nil {
		err = sub.Attach(c, by.framer(f))
	}
	if err != nil {
		sub.Close(err)
		_ = conn.Close() // nobody is left to tell
		free()
	}
}

// early gives what the HTTP server has read already to whom it belongs.
func early(in *bufio.Reader, by carrier) (reply []byte, err error) {
	n := in.Buffered()
	if n == 0 {
		return nil, nil
	}
	b, err := in.Peek(n)
	if err != nil {
		return nil, fmt.Errorf("read on: %w", err)
	}
	return by.receive(b)
}

// head is the head of the answer.
func head(w http.ResponseWriter, by carrier) []byte {
	h := w.Header().Clone()
	by.describe(h)
	if e, ok := w.(HeaderEditor); ok {
		e.EditHeader(by.status(), h)
	}
	h.Del("Content-Length")
	h.Del("Transfer-Encoding")
	by.bind(h)
	h.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", by.status(), http.StatusText(by.status()))
	_ = h.Write(&b) // a Buffer takes everything
	b.WriteString("\r\n")
	return b.Bytes()
}
