package sandbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// kind says what a frame is.
type kind byte

// Frames to a worker, then from it.
const (
	frameInit   kind = iota + 1 // what to run: setup
	frameCall                   // a call (js.AppendCall)
	frameCancel                 // nobody waits for the call of this id any more
	frameAnswer                 // to the question of this id
	frameExit                   // the VMs end: a call of this id without a body

	frameReady    // init is done; the body says what the kernel refused
	frameResult   // of the call of this id
	frameAsk      // a question to the server
	frameForget   // nobody waits for the answer to the question of this id any more
	frameLog      // a message
	frameCompiled // sources: compiled
	frameExports  // modules: what they export
	frameBroke    // a VM of the unit in the body was replaced; an id says that the unit has no other
)

// Bounds of what crosses the socket.
const (
	headSize = 4 + 1 + 4    // of a frame
	maxFrame = 80 << 20     // of its body: a value (js.MaxSize), and what is around it
	readSize = 64 << 10     // of one read
	keepSize = 4 * readSize // a buffer that has grown larger is not kept
	maxQueue = 32 << 20     // bytes that wait for one socket, ahead of one more frame
)

// frame is a message: u32 length of its body, u8 kind, u32 id, little endian, body.
type frame struct {
	kind kind
	id   uint32
	body []byte
}

var errFrame = errors.New("malformed frame")

// appendFrame appends a frame, the body of which is all parts together.
func appendFrame(b []byte, k kind, id uint32, body ...[]byte) []byte {
	n := 0
	for _, p := range body {
		n += len(p)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(n)) //nolint:gosec // bodies are bounded
	b = append(b, byte(k))
	b = binary.LittleEndian.AppendUint32(b, id)
	for _, p := range body {
		b = append(b, p...)
	}
	return b
}

// reader reads frames. The other end is not trusted: what it announces costs
// nothing until it has come.
type reader struct {
	r    io.Reader
	buf  []byte
	a, b int // what is read and not consumed: buf[a:b]
}

// next reads a frame. Its body is good until the next call.
func (r *reader) next() (frame, error) {
	for {
		if f, ok, err := r.take(); ok || err != nil {
			return f, err
		}
		if err := r.fill(); err != nil {
			return frame{}, err
		}
	}
}

// take consumes a frame that has come.
func (r *reader) take() (f frame, ok bool, err error) {
	have := r.buf[r.a:r.b]
	if len(have) < headSize {
		return f, false, nil
	}
	size := binary.LittleEndian.Uint32(have)
	if size > maxFrame {
		return f, false, fmt.Errorf("%w: %d bytes", errFrame, size)
	}
	n := int(size)
	if len(have) < headSize+n {
		return f, false, nil
	}
	r.a += headSize + n
	return frame{kind(have[4]), binary.LittleEndian.Uint32(have[5:]), have[headSize : headSize+n]}, true, nil
}

// fill reads once. The buffer grows by what has come, twice at a time.
func (r *reader) fill() error { return r.fillFrom(r.r.Read) }

func (r *reader) fillFrom(read func([]byte) (int, error)) error {
	switch {
	case r.a == r.b:
		r.a, r.b = 0, 0
		if len(r.buf) > keepSize {
			r.buf = nil
		}
	case r.a > 0 && len(r.buf)-r.b < readSize/2:
		r.b = copy(r.buf, r.buf[r.a:r.b])
		r.a = 0
	}
	if len(r.buf)-r.b < readSize/2 {
		grown := make([]byte, max(readSize, 2*len(r.buf)))
		copy(grown, r.buf[:r.b])
		r.buf = grown
	}
	n, err := read(r.buf[r.b:])
	r.b += n
	if n > 0 {
		return nil
	}
	return err
}
