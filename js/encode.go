package js

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"
)

// The encoding of values, calls and results, as they go to a worker process and
// back: a tag byte, then what the tag says; lengths and integers are varints.
// It is not for storage: both ends are the same program.
const (
	tagNil byte = iota
	tagFalse
	tagTrue
	tagFloat  // 8 bytes, IEEE 754, little endian
	tagInt    // zigzag varint
	tagString // length, bytes
	tagBytes  // length, bytes
	tagArray  // count, values
	tagMap    // count, pairs of string and value, sorted
	tagObject // class, fields, data
)

// AppendValue appends the encoding of v. It fails on what is no Value, on
// nesting deeper than MaxDepth and on results larger than MaxSize.
func AppendValue(b []byte, v Value) ([]byte, error) {
	e := encoder{b: b, limit: len(b) + MaxSize}
	e.value(v, 0)
	return e.b, e.err
}

// AppendCall appends the encoding of c; see AppendValue for its errors.
func AppendCall(b []byte, c Call) ([]byte, error) {
	e := encoder{b: b, limit: len(b) + MaxSize}
	for _, s := range []string{
		c.Unit, c.Func.Module, c.Func.Name, c.Func.Inline,
		c.Origin.VHost, c.Origin.Directive, c.Origin.Handler, c.Origin.Session,
	} {
		e.text(s)
	}
	e.duration(c.Budget.Wall)
	e.duration(c.Budget.CPU)
	e.b = binary.AppendUvarint(e.b, c.Slot)
	e.value(c.Last, 0)
	e.list(c.Args, 0)
	return e.b, e.err
}

// AppendResult appends the encoding of r; see AppendValue for its errors.
func AppendResult(b []byte, r Result) ([]byte, error) {
	e := encoder{b: b, limit: len(b) + MaxSize}
	e.value(r.Value, 0)
	e.count(len(r.Effects))
	if e.parts += len(r.Effects); e.parts > maxParts {
		e.fail(errLarge)
	}
	for _, f := range r.Effects {
		e.text(f.Name)
		e.list(f.Args, 0)
	}
	e.list(r.Data, 0)
	e.duration(r.Ran)
	return e.b, e.err
}

type encoder struct {
	b     []byte
	limit int
	parts int // so far
	err   error
}

func (e *encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *encoder) tag(t byte) { e.b = append(e.b, t) }

func (e *encoder) count(n int) { e.b = binary.AppendUvarint(e.b, uint64(n)) }

func (e *encoder) duration(d time.Duration) { e.b = binary.AppendVarint(e.b, int64(d)) }

func (e *encoder) text(s string) {
	e.count(len(s))
	if len(e.b)+len(s) > e.limit {
		e.fail(errLarge)
		return
	}
	e.b = append(e.b, s...)
}

// list keeps a nil slice apart from an empty one.
func (e *encoder) list(l []Value, depth int) {
	if l == nil {
		e.count(0)
		return
	}
	e.count(len(l) + 1)
	for _, v := range l {
		e.value(v, depth)
	}
}

func (e *encoder) value(v Value, depth int) {
	if depth > MaxDepth {
		e.fail(errDeep)
	}
	if e.parts++; len(e.b) > e.limit || e.parts > maxParts {
		e.fail(errLarge)
	}
	if e.err != nil {
		return
	}
	switch v := v.(type) {
	case nil:
		e.tag(tagNil)
	case bool:
		if v {
			e.tag(tagTrue)
		} else {
			e.tag(tagFalse)
		}
	case float64:
		e.tag(tagFloat)
		e.b = binary.LittleEndian.AppendUint64(e.b, math.Float64bits(v))
	case int64:
		e.tag(tagInt)
		e.b = binary.AppendVarint(e.b, v)
	case string:
		e.tag(tagString)
		e.text(v)
	case []byte:
		e.tag(tagBytes)
		e.text(string(v))
	case []Value:
		e.tag(tagArray)
		e.list(v, depth+1)
	case map[string]Value:
		e.object(v, depth)
	case *Object:
		e.instance(v, depth)
	default:
		e.fail(fmt.Errorf("%T is no value of a script", v))
	}
}

func (e *encoder) object(m map[string]Value, depth int) {
	e.tag(tagMap)
	e.count(len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		e.text(k)
		e.value(m[k], depth+1)
	}
}

func (e *encoder) instance(o *Object, depth int) {
	if o == nil {
		e.tag(tagNil)
		return
	}
	e.tag(tagObject)
	e.text(o.Class)
	e.list(o.Fields, depth+1)
	e.list(o.Data, depth+1)
}
