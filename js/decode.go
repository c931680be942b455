package js

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"
)

// errMalformed says that bytes are no encoding.
var errMalformed = errors.New("malformed encoding")

// DecodeValue reads what AppendValue wrote, all of b.
func DecodeValue(b []byte) (Value, error) {
	d := newDecoder(b)
	v := d.value(0)
	return v, d.end()
}

// DecodeCall reads what AppendCall wrote, all of b.
func DecodeCall(b []byte) (Call, error) {
	d := newDecoder(b)
	var c Call
	for _, s := range []*string{
		&c.Unit, &c.Func.Module, &c.Func.Name, &c.Func.Inline,
		&c.Origin.VHost, &c.Origin.Directive, &c.Origin.Handler, &c.Origin.Session,
	} {
		*s = d.text()
	}
	c.Budget.Wall = d.duration()
	c.Budget.CPU = d.duration()
	c.Slot = d.uint64()
	c.Last = d.value(0) == true
	c.Args = d.list(0)
	return c, d.end()
}

// DecodeResult reads what AppendResult wrote, all of b.
func DecodeResult(b []byte) (Result, error) {
	d := newDecoder(b)
	var r Result
	r.Value = d.value(0)
	for n := d.count(); n > 0 && d.part(); n-- {
		r.Effects = append(r.Effects, Effect{Name: d.text(), Args: d.list(0)})
	}
	r.Data = d.list(0)
	r.Ran = d.duration()
	return r, d.end()
}

// decoder reads bytes of a process that is not trusted: every length is checked
// against what is there before anything is made of it.
type decoder struct {
	b     []byte // what is left
	whole string // all of it, of which texts are parts; empty: each is a copy
	parts int    // so far
	err   error
}

// shortText is up to how many bytes an encoding is copied at once: a text that is
// kept for long keeps no more than that.
const shortText = 1 << 10

func newDecoder(b []byte) decoder {
	d := decoder{b: b}
	if len(b) <= shortText {
		d.whole = string(b)
	}
	return d
}

// part counts one, and reports whether it may be.
func (d *decoder) part() bool {
	if d.parts++; d.parts > maxParts {
		d.fail(errLarge)
	}
	return d.err == nil
}

func (d *decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
	d.b = nil
}

// end is the outcome of a decoding.
func (d *decoder) end() error {
	if d.err == nil && len(d.b) > 0 {
		return fmt.Errorf("%w: %d bytes too many", errMalformed, len(d.b))
	}
	return d.err
}

// take returns the next n bytes.
func (d *decoder) take(n int) []byte {
	if n < 0 || n > len(d.b) {
		d.fail(errMalformed)
		return nil
	}
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

// count is a number of things of at least a byte each.
func (d *decoder) count() int {
	n, size := binary.Uvarint(d.b)
	if size <= 0 || n > uint64(len(d.b)) {
		d.fail(errMalformed)
		return 0
	}
	d.b = d.b[size:]
	return int(n)
}

func (d *decoder) integer() int64 {
	n, size := binary.Varint(d.b)
	if size <= 0 {
		d.fail(errMalformed)
		return 0
	}
	d.b = d.b[size:]
	return n
}

func (d *decoder) uint64() uint64 {
	n, size := binary.Uvarint(d.b)
	if size <= 0 {
		d.fail(errMalformed)
		return 0
	}
	d.b = d.b[size:]
	return n
}

func (d *decoder) duration() time.Duration { return time.Duration(d.integer()) }

func (d *decoder) text() string {
	b := d.take(d.count())
	if d.whole == "" {
		return string(b)
	}
	end := len(d.whole) - len(d.b)
	return d.whole[end-len(b) : end]
}

func (d *decoder) list(depth int) []Value {
	n := d.count()
	if n == 0 {
		return nil
	}
	l := make([]Value, 0, min(n-1, 1024))
	for range n - 1 {
		l = append(l, d.value(depth))
		if d.err != nil {
			return nil
		}
	}
	return l
}

func (d *decoder) value(depth int) Value {
	if depth > MaxDepth {
		d.fail(errDeep)
	}
	if !d.part() {
		return nil
	}
	tag := d.take(1)
	if d.err != nil {
		return nil
	}
	switch tag[0] {
	case tagNil:
		return nil
	case tagFalse, tagTrue:
		return tag[0] == tagTrue
	case tagFloat:
		if b := d.take(8); b != nil {
			return math.Float64frombits(binary.LittleEndian.Uint64(b))
		}
	case tagInt:
		return d.integer()
	case tagString:
		return d.text()
	case tagBytes:
		return append([]byte{}, d.take(d.count())...)
	case tagArray:
		return d.list(depth + 1)
	case tagMap:
		return d.object(depth)
	case tagObject:
		return &Object{Class: d.text(), Fields: d.list(depth + 1), Data: d.list(depth + 1)}
	default:
		d.fail(fmt.Errorf("%w: tag %d", errMalformed, tag[0]))
	}
	return nil
}

func (d *decoder) object(depth int) Value {
	m := map[string]Value{}
	for range d.count() {
		k := d.text()
		m[k] = d.value(depth + 1)
		if d.err != nil {
			return nil
		}
	}
	return m
}
