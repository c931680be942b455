package chunk

import "io"

// Reader reads messages from a stream of bytes. The zero value with a Source is ready.
type Reader struct {
	Source io.Reader
	Parser
	buffer  []byte
	pending []byte // read and not parsed
}

// Next returns the next message; see Parser.Parse. The source's error comes when
// all that was read before is used up.
func (r *Reader) Next() (*Message, error) {
	for {
		n, m, err := r.Parse(r.pending)
		r.pending = r.pending[n:]
		if m != nil || err != nil {
			return m, err
		}
		if err := r.Fill(); err != nil {
			return nil, err
		}
	}
}

// Fill reads from the source once. It moves what is pending to the front of the
// buffer, or into a larger one when the buffer is full.
func (r *Reader) Fill() error {
	switch {
	case r.buffer == nil:
		r.buffer = make([]byte, 4<<10)
	case len(r.pending) == len(r.buffer):
		r.buffer = make([]byte, 2*len(r.buffer))
	}
	r.pending = r.buffer[:copy(r.buffer, r.pending)]
	n, err := r.Source.Read(r.buffer[len(r.pending):])
	r.pending = r.buffer[:len(r.pending)+n]
	if n > 0 {
		return nil
	}
	return err
}

// Raw returns the next n bytes, which are no chunks but a handshake's. They are
// valid until the next call.
func (r *Reader) Raw(n int) ([]byte, error) {
	for len(r.pending) < n {
		if err := r.Fill(); err != nil {
			return nil, err
		}
	}
	b := r.pending[:n]
	r.pending = r.pending[n:]
	return b, nil
}

// Resize makes the buffer n bytes long, or as long as what is pending.
func (r *Reader) Resize(n int) {
	buffer := make([]byte, max(n, len(r.pending)))
	r.pending = buffer[:copy(buffer, r.pending)]
	r.buffer = buffer
}

// Continue goes on where another reader of the source has left: with its parser and
// with what it read and did not parse, which is copied.
func (r *Reader) Continue(p Parser, pending []byte) {
	r.Parser = p
	r.buffer = append(make([]byte, 0, max(len(r.buffer), len(pending))), pending...)
	r.pending = r.buffer
	r.buffer = r.buffer[:cap(r.buffer)]
}

// Pending returns what was read and not parsed yet.
func (r *Reader) Pending() []byte { return r.pending }
