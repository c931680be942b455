package flv

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"weir/media"
)

// ErrFormat says that what is read is no FLV.
var ErrFormat = errors.New("not FLV")

// maxOffset bounds how far behind the file header the first tag may be.
const maxOffset = 4096

// Reader reads the packets of an FLV file or of an HTTP-FLV stream. It allocates
// for a tag as its bytes come in, whatever the tag says of its size.
type Reader struct {
	// MaxBody bounds a tag's body, in bytes. Zero means flv.MaxBody.
	MaxBody int

	r      *bufio.Reader
	begun  bool
	timed  bool
	lastMS int64 // unwrapped time of the newest tag
}

// NewReader returns a Reader of r, which it buffers.
func NewReader(r io.Reader) *Reader { return &Reader{r: bufio.NewReader(r)} }

// ReadPacket returns the next packet; io.EOF when the stream ends between two
// tags, io.ErrUnexpectedEOF when it ends within one, and an error that wraps
// ErrFormat when the bytes cannot be a tag. It passes over tags that are
// encrypted, of no known type, or that Packet refuses. Times that wrap at 32 bits
// go on.
func (r *Reader) ReadPacket() (*media.Packet, error) {
	if !r.begun {
		if err := r.readHeader(); err != nil {
			return nil, fmt.Errorf("flv header: %w", err)
		}
		r.begun = true
	}
	for {
		p, err := r.readTag()
		if p != nil || err != nil {
			return p, err
		}
	}
}

// readHeader reads the file header and the empty trailer behind it.
func (r *Reader) readHeader() error {
	var b [fileHeaderSize]byte
	if _, err := io.ReadFull(r.r, b[:]); err != nil {
		return within(err)
	}
	offset := binary.BigEndian.Uint32(b[5:])
	if string(b[:3]) != "FLV" || b[3] != 1 || offset < fileHeaderSize || offset > maxOffset {
		return ErrFormat
	}
	if _, err := r.r.Discard(int(offset) - fileHeaderSize + tagTrailerSize); err != nil {
		return within(err)
	}
	return nil
}

// readTag returns neither packet nor error for a tag that is passed over.
func (r *Reader) readTag() (*media.Packet, error) {
	var b [tagHeaderSize]byte
	if _, err := io.ReadFull(r.r, b[:1]); err != nil {
		return nil, err //nolint:wrapcheck // io.EOF as it is
	}
	if _, err := io.ReadFull(r.r, b[1:]); err != nil {
		return nil, fmt.Errorf("flv tag: %w", within(err))
	}
	size := int(b[1])<<16 | int(b[2])<<8 | int(b[3])
	if b[0]&^(tagTypeMask|tagFiltered) != 0 || r.MaxBody > 0 && size > r.MaxBody {
		return nil, fmt.Errorf("flv tag of type %d and %d bytes: %w", b[0], size, ErrFormat)
	}
	body, err := r.readBody(size)
	if err != nil {
		return nil, fmt.Errorf("flv tag: %w", within(err))
	}
	dts := r.unwrap(b[timestampOffset:])
	p, err := Packet(media.Kind(b[0]), dts, body)
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // the tag is passed over
	}
	return p, nil
}

// readBody reads a body and the trailer, whose value is often wrong.
func (r *Reader) readBody(size int) ([]byte, error) {
	var buf bytes.Buffer
	buf.Grow(min(size, 64<<10) + bytes.MinRead)
	if _, err := io.CopyN(&buf, r.r, int64(size)); err != nil {
		return nil, err //nolint:wrapcheck // by the caller
	}
	_, err := r.r.Discard(tagTrailerSize)
	return buf.Bytes(), err //nolint:wrapcheck // by the caller
}

// unwrap reads a tag's time, whose highest byte comes last, and places it nearest
// to the time of the tag before it.
func (r *Reader) unwrap(b []byte) time.Duration {
	ms := uint32(b[3])<<24 | uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2])
	if !r.timed {
		r.timed, r.lastMS = true, int64(ms)
	}
	r.lastMS += int64(int32(ms - uint32(r.lastMS))) //nolint:gosec // modulo 32 bits
	return time.Duration(r.lastMS) * time.Millisecond
}

// within turns the end of the stream into what it is inside of something.
func within(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
