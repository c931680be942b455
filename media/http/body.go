package http

import (
	"errors"
	"io"
	"net/http"
	"sync"
)

// smallBody is the most that goes along with a call, in bytes; a larger body is
// passed on when the script asks for it.
const smallBody = 64 << 10

// errBodyLarge says that a body has more than client_max_body_size.
var errBodyLarge = errors.New("request body is too large")

// body is what a request brings along. Scripts may read it on another goroutine
// than that of the request.
type body struct {
	limit int64

	mu   sync.Mutex
	done bool
	data []byte
	err  error
}

// read reads the body, once.
func (b *body) read(r *http.Request) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.done {
		return b.err
	}
	b.done = true
	if r.ContentLength > b.limit {
		b.err = errBodyLarge
		return b.err
	}
	if r.Body == nil || r.Body == http.NoBody {
		return nil
	}
	b.data, b.err = io.ReadAll(io.LimitReader(r.Body, b.limit+1))
	if int64(len(b.data)) > b.limit {
		b.data, b.err = nil, errBodyLarge
	}
	return b.err
}

// bytes are what was read.
func (b *body) bytes() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.data
}

// shown is what a view has of the body.
func (b *body) shown() (small []byte, read bool, size int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.data) <= smallBody {
		small = b.data
	}
	return small, b.done, len(b.data)
}

func (b *body) tooLarge() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return errors.Is(b.err, errBodyLarge)
}

// refuseBody answers a request whose body cannot be had.
func (e *exchange) refuseBody() {
	e.w.Header().Set("Connection", "close") // what is left of it is not read
	if e.body.tooLarge() {
		writePage(e.w, http.StatusRequestEntityTooLarge)
		return
	}
	writePage(e.w, http.StatusBadRequest)
}
