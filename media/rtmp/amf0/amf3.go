package amf0

import (
	"encoding/binary"
	"math"
	"time"
)

// MaxText is how many bytes the strings and names of AMF 3 values may have together,
// as often as they are used: one that came once can be named again by a number.
const MaxText = 256 << 10

// The markers of AMF 3 (AMF 3 Specification, 3.1).
const (
	mark3Undefined = 0x00
	mark3Null      = 0x01
	mark3False     = 0x02
	mark3True      = 0x03
	mark3Integer   = 0x04
	mark3Double    = 0x05
	mark3String    = 0x06
	mark3XMLDoc    = 0x07
	mark3Date      = 0x08
	mark3Array     = 0x09
	mark3Object    = 0x0a
	mark3XML       = 0x0b
	mark3Bytes     = 0x0c
)

// decoder3 reads one value of AMF 3, which Flash puts behind the marker of
// AVM+ objects (AMF 0 Specification, 3.1). It comes out as AMF 0 has it: an integer
// is a number, bytes are a string. What is named again by a number is understood
// for strings and classes; for objects it is refused, for they could hold
// themselves.
type decoder3 struct {
	*decoder
	strings []string
	traits  []traits
}

// traits are a class: the names that its objects have (AMF 3 Specification, 3.12).
type traits struct {
	names   []string
	dynamic bool // names of their own follow
}

func (d *decoder3) value(depth int) (any, error) {
	mark, err := d.mark(depth)
	if err != nil {
		return nil, err
	}
	switch mark {
	case mark3Array:
		return d.array(depth + 1)
	case mark3Object:
		return d.object(depth + 1)
	}
	return d.scalar(mark)
}

func (d *decoder3) scalar(mark byte) (any, error) {
	switch mark {
	case mark3Undefined:
		return Undefined{}, nil
	case mark3Null:
		return nil, nil
	case mark3False, mark3True:
		return mark == mark3True, nil
	case mark3Integer:
		n, err := d.u29()
		return float64(int32(n<<3) >> 3), err //nolint:gosec // 29 bits with a sign
	case mark3Double:
		return d.number()
	case mark3String:
		return d.string()
	case mark3Date:
		return d.date3()
	case mark3XMLDoc, mark3XML:
		b, err := d.bytes()
		return XML(b), err
	case mark3Bytes:
		b, err := d.bytes()
		return string(b), err
	}
	return nil, ErrType // vectors and dictionaries
}

// u29 reads an integer of one to four bytes (AMF 3 Specification, 1.3.1).
func (d *decoder3) u29() (uint32, error) {
	n := uint32(0)
	for i := range 4 {
		b, err := d.take(1)
		if err != nil {
			return 0, err
		}
		if i == 3 {
			return n<<8 | uint32(b[0]), nil
		}
		n = n<<7 | uint32(b[0]&0x7f)
		if b[0] < 0x80 {
			break
		}
	}
	return n, nil
}

// length reads a length, or a reference to something that came before.
func (d *decoder3) length() (n int, reference bool, err error) {
	u, err := d.u29()
	return int(u >> 1), u&1 == 0, err
}

func (d *decoder3) string() (string, error) {
	n, reference, err := d.length()
	if err != nil {
		return "", err
	}
	s := ""
	switch {
	case reference && n >= len(d.strings):
		return "", ErrType
	case reference:
		s = d.strings[n]
	default:
		b, err := d.take(n)
		if err != nil {
			return "", err
		}
		if s = string(b); s != "" { // the empty one is never named again
			d.strings = append(d.strings, s)
		}
	}
	return s, d.use(s)
}

// use counts a text against MaxText.
func (d *decoder3) use(s string) error {
	if d.used += len(s); d.used > MaxText {
		return ErrElements
	}
	return nil
}

// bytes reads what has a length and is an object, as far as references go.
func (d *decoder3) bytes() ([]byte, error) {
	n, reference, err := d.length()
	if err != nil {
		return nil, err
	}
	if reference {
		return nil, ErrType
	}
	return d.take(n)
}

func (d *decoder3) date3() (time.Time, error) {
	_, reference, err := d.length()
	switch {
	case err != nil:
		return time.Time{}, err
	case reference:
		return time.Time{}, ErrType
	}
	b, err := d.take(8)
	if err != nil {
		return time.Time{}, err
	}
	return date(math.Float64frombits(binary.BigEndian.Uint64(b))), nil
}

// array reads the named values, then those that are counted (AMF 3 Specification,
// 3.11). It is a strict array when none are named.
func (d *decoder3) array(depth int) (any, error) {
	n, reference, err := d.length()
	if err != nil {
		return nil, err
	}
	if reference {
		return nil, ErrType
	}
	named, err := d.named(Object{}, depth)
	if err != nil {
		return nil, err
	}
	list := []any{}
	for range n {
		v, err := d.value(depth)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	if len(named) > 0 {
		return Array(named), nil
	}
	return list, nil
}

// named adds properties to o up to the empty name.
func (d *decoder3) named(o Object, depth int) (Object, error) {
	for {
		name, err := d.string()
		if err != nil || name == "" {
			return o, err
		}
		v, err := d.value(depth)
		if err != nil {
			return nil, err
		}
		o = append(o, Property{name, v})
	}
}

func (d *decoder3) object(depth int) (Object, error) {
	t, err := d.class()
	if err != nil {
		return nil, err
	}
	o := Object{}
	for _, name := range t.names {
		if err := d.use(name); err != nil {
			return nil, err
		}
		v, err := d.value(depth)
		if err != nil {
			return nil, err
		}
		o = append(o, Property{name, v})
	}
	if !t.dynamic {
		return o, nil
	}
	return d.named(o, depth)
}

// class reads an object's class: one that came before, or a new one.
func (d *decoder3) class() (traits, error) {
	u, err := d.u29()
	switch {
	case err != nil:
		return traits{}, err
	case u&1 == 0: // an object that came before
		return traits{}, ErrType
	case u&2 == 0:
		if i := int(u >> 2); i < len(d.traits) {
			return d.traits[i], nil
		}
		return traits{}, ErrType
	case u&4 != 0: // written by a program of its own
		return traits{}, ErrType
	}
	if _, err := d.string(); err != nil { // its name
		return traits{}, err
	}
	t := traits{dynamic: u&8 != 0}
	for range u >> 4 {
		if d.elements++; d.elements > MaxElements {
			return traits{}, ErrElements
		}
		name, err := d.string()
		if err != nil {
			return traits{}, err
		}
		t.names = append(t.names, name)
	}
	d.traits = append(d.traits, t)
	return t, nil
}
