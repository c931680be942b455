package amf0

import (
	"encoding/binary"
	"math"
	"time"
)

// Decode reads all values of b.
func Decode(b []byte) ([]any, error) {
	d := decoder{rest: b}
	var out []any
	for len(d.rest) > 0 {
		v, err := d.value(0)
		if err != nil {
			return out, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Next reads the first value of b and returns what stands behind it.
func Next(b []byte) (v any, rest []byte, err error) {
	d := decoder{rest: b}
	v, err = d.value(0)
	return v, d.rest, err
}

type decoder struct {
	rest     []byte
	elements int
	used     int // bytes of AMF 3's texts, of which few may stand for many
}

func (d *decoder) value(depth int) (any, error) {
	mark, err := d.mark(depth)
	if err != nil {
		return nil, err
	}
	switch mark {
	case markNull:
		return nil, nil
	case markUndefined, markUnsupported:
		return Undefined{}, nil
	case markObject, markTypedObject, markArray, markStrictArray:
		return d.compound(mark, depth+1)
	case markAVMPlus:
		return (&decoder3{decoder: d}).value(depth)
	}
	return d.scalar(mark)
}

// mark takes the marker of a value, which either kind of AMF counts and bounds alike.
func (d *decoder) mark(depth int) (byte, error) {
	if d.elements++; d.elements > MaxElements {
		return 0, ErrElements
	}
	if depth > MaxDepth {
		return 0, ErrDepth
	}
	mark, err := d.take(1)
	if err != nil {
		return 0, err
	}
	return mark[0], nil
}

func (d *decoder) scalar(mark byte) (any, error) {
	switch mark {
	case markNumber:
		return d.number()
	case markBoolean:
		b, err := d.take(1)
		return err == nil && b[0] != 0, err
	case markString:
		return d.text(2)
	case markLongString:
		return d.text(4)
	case markXML:
		s, err := d.text(4)
		return XML(s), err
	case markDate:
		return d.date()
	}
	return nil, ErrType // references, movie clips, record sets
}

func (d *decoder) compound(mark byte, depth int) (any, error) {
	switch mark {
	case markStrictArray:
		return d.strictArray(depth)
	case markArray:
		if _, err := d.take(4); err != nil { // its length is a hint: the end is marked
			return nil, err
		}
		o, err := d.properties(depth)
		return Array(o), err
	case markTypedObject:
		if _, err := d.text(2); err != nil {
			return nil, err
		}
	}
	return d.properties(depth)
}

// properties reads up to the end of an object (AMF 0 Specification, 2.5).
func (d *decoder) properties(depth int) (Object, error) {
	o := Object{}
	for {
		name, err := d.text(2)
		if err != nil {
			return nil, err
		}
		if name == "" && len(d.rest) > 0 && d.rest[0] == markObjectEnd {
			d.rest = d.rest[1:]
			return o, nil
		}
		v, err := d.value(depth)
		if err != nil {
			return nil, err
		}
		o = append(o, Property{name, v})
	}
}

// strictArray allocates for the values that come, not for the count that it claims.
func (d *decoder) strictArray(depth int) ([]any, error) {
	b, err := d.take(4)
	if err != nil {
		return nil, err
	}
	out := []any{}
	for range binary.BigEndian.Uint32(b) {
		v, err := d.value(depth)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (d *decoder) number() (float64, error) {
	b, err := d.take(8)
	if err != nil {
		return 0, err
	}
	return math.Float64frombits(binary.BigEndian.Uint64(b)), nil
}

// date reads milliseconds since 1970 and a time zone that is to be ignored
// (AMF 0 Specification, 2.13).
func (d *decoder) date() (time.Time, error) {
	ms, err := d.number()
	if err != nil {
		return time.Time{}, err
	}
	if _, err := d.take(2); err != nil {
		return time.Time{}, err
	}
	return date(ms), nil
}

func date(ms float64) time.Time {
	const limit = 8.64e15 // ECMAScript's; a NaN is no date either
	if !(math.Abs(ms) <= limit) {
		ms = 0
	}
	return time.UnixMilli(int64(ms)).UTC()
}

// text reads a string behind its length of n bytes.
func (d *decoder) text(n int) (string, error) {
	b, err := d.take(n)
	if err != nil {
		return "", err
	}
	length := uint32(0)
	for _, c := range b {
		length = length<<8 | uint32(c)
	}
	if uint64(length) > uint64(len(d.rest)) {
		return "", ErrShort
	}
	s, err := d.take(int(length))
	return string(s), err
}

func (d *decoder) take(n int) ([]byte, error) {
	if n > len(d.rest) {
		return nil, ErrShort
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b, nil
}
