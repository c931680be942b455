package js

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"

	"github.com/dop251/goja"
)

// Bounds of a Value.
const (
	MaxDepth = 32       // of nesting
	MaxSize  = 64 << 20 // bytes of one encoded value
	maxParts = 1 << 21  // values and effects in one encoding: each takes more memory than bytes
)

// Why a value does not encode.
var (
	errDeep  = errors.New("nested too deep, or cyclic")
	errLarge = errors.New("too large")
)

// value copies what script made into a Value. It runs script (getters, proxies).
// The error says why v does not encode, or is a *goja.Exception.
func (m *vm) value(v goja.Value) (Value, error) {
	return m.valueWithin(v, MaxSize, false)
}

// valueWithin is value, up to a size. Bytes that are borrowed are not copied.
func (m *vm) valueWithin(v goja.Value, size int, borrow bool) (out Value, err error) {
	r := reader{m: m, left: size, borrow: borrow}
	if _, ok := v.(*goja.Object); !ok { // what is none runs no script, and needs no catch
		return r.read(v, 0)
	}
	if e := m.rt.Try(func() { out, err = r.read(v, 0) }); e != nil {
		return nil, e
	}
	return out, err
}

// reader copies one value, within its size.
type reader struct {
	m      *vm
	left   int
	borrow bool // bytes
}

// take spends n bytes, and one for the value itself.
func (r *reader) take(n int) error {
	r.left -= n + 1
	if r.left < 0 {
		return errLarge
	}
	return nil
}

func (r *reader) read(v goja.Value, depth int) (Value, error) {
	if depth > MaxDepth {
		return nil, errDeep
	}
	switch v := v.(type) {
	case nil:
		return nil, nil
	case goja.String:
		s := v.String()
		return s, r.take(len(s))
	case *goja.Object:
		return r.object(v, depth)
	case *goja.Symbol:
		return nil, errors.New("a symbol cannot be passed on")
	}
	if goja.IsUndefined(v) || goja.IsNull(v) {
		return nil, r.take(0)
	}
	switch x := v.Export().(type) {
	case bool, int64, float64:
		return x, r.take(8)
	}
	return nil, fmt.Errorf("%s cannot be passed on", kindOf(v))
}

func (r *reader) object(o *goja.Object, depth int) (Value, error) {
	switch t := o.ExportType(); {
	case t == bufferType:
		return r.bytes(o.Export().(goja.ArrayBuffer).Bytes())
	case isView(t):
		b, err := view(o)
		if err != nil {
			return nil, err
		}
		return r.bytes(b)
	case isPlain(o):
		return r.properties(o, depth)
	case o.ClassName() == "Array":
		return r.array(o, depth)
	case o.ClassName() == "Date":
		return r.date(o)
	}
	return nil, fmt.Errorf("%s cannot be passed on", kindOf(o))
}

// Go types by which the engine's objects are told apart, without exporting them:
// that would copy all that they hold.
var (
	instanceType = reflect.TypeFor[*instance]()
	promiseType  = reflect.TypeFor[*goja.Promise]()
	bufferType   = reflect.TypeFor[goja.ArrayBuffer]()
	plainType    = reflect.TypeFor[map[string]any]()
	mapType      = reflect.TypeFor[[][2]any]()
	setType      = reflect.TypeFor[[]any]()
)

// isPlain reports whether o is an object of properties only: not one of the
// language's own with contents of another kind, and none of ours.
func isPlain(o *goja.Object) bool { return o.ExportType() == plainType && o.ClassName() == "Object" }

// isView reports whether t is that of a typed array's elements.
func isView(t reflect.Type) bool {
	if t.Kind() != reflect.Slice {
		return false
	}
	k := t.Elem().Kind()
	return k >= reflect.Int && k <= reflect.Float64
}

// instanceOf returns what stands behind an object of ours, nil behind others.
func instanceOf(v goja.Value) *instance {
	if o, ok := v.(*goja.Object); ok && o.ExportType() == instanceType {
		return o.Export().(*instance)
	}
	return nil
}

func (r *reader) bytes(b []byte) (Value, error) {
	if err := r.take(len(b)); err != nil {
		return nil, err
	}
	if r.borrow {
		return b, nil
	}
	return slices.Clone(b), nil
}

// view is the part of its buffer that a typed array shows.
func view(o *goja.Object) ([]byte, error) {
	buffer, ok := o.Get("buffer").Export().(goja.ArrayBuffer)
	if !ok {
		return nil, errors.New("a typed array without a buffer cannot be passed on")
	}
	b := buffer.Bytes()
	start, n := o.Get("byteOffset").ToInteger(), o.Get("byteLength").ToInteger()
	if start < 0 || n < 0 || start > int64(len(b)) || n > int64(len(b))-start {
		return nil, errors.New("a typed array outside of its buffer cannot be passed on")
	}
	return b[start : start+n], nil
}

func (r *reader) array(o *goja.Object, depth int) (Value, error) {
	n := o.Get("length").ToInteger()
	if n > int64(r.left) {
		return nil, errLarge
	}
	l := make([]Value, 0, min(n, 1024))
	for i := range n {
		v, err := r.read(o.Get(strconv.FormatInt(i, 10)), depth+1)
		if err != nil {
			return nil, err
		}
		l = append(l, v)
	}
	return l, r.take(0)
}

func (r *reader) properties(o *goja.Object, depth int) (Value, error) {
	out := map[string]Value{}
	for _, k := range o.Keys() {
		if err := r.take(len(k)); err != nil {
			return nil, err
		}
		v, err := r.read(o.Get(k), depth+1)
		if err != nil {
			return nil, err
		}
		out[k] = v
	}
	return out, r.take(0)
}

// date is written as JSON writes it.
func (r *reader) date(o *goja.Object) (Value, error) {
	text, ok := goja.AssertFunction(o.Get("toJSON"))
	if !ok {
		return nil, errors.New("a date without toJSON cannot be passed on")
	}
	v, err := text(o)
	if err != nil {
		return nil, err
	}
	if goja.IsNull(v) {
		return nil, r.take(0)
	}
	return v.String(), r.take(24)
}

// kindOf names what v is, for messages.
func kindOf(v goja.Value) string {
	if o, ok := v.(*goja.Object); ok {
		if _, ok := goja.AssertFunction(o); ok {
			return "a function"
		}
		if i := instanceOf(o); i != nil {
			return article(i.class.name)
		}
		return article(className(o))
	}
	switch v.(type) {
	case goja.String:
		return "a string"
	case *goja.Symbol:
		return "a symbol"
	}
	switch {
	case goja.IsNull(v):
		return "null"
	case goja.IsUndefined(v):
		return "undefined"
	case goja.IsNumber(v):
		return "a number"
	case goja.IsBigInt(v):
		return "a bigint"
	}
	return "a boolean"
}

// className is the engine's name of o's class, and the language's where the
// engine has none.
func className(o *goja.Object) string {
	class := o.ClassName()
	if class != "Object" {
		return class
	}
	switch o.ExportType() {
	case promiseType:
		return "Promise"
	case mapType:
		return "Map"
	case setType:
		return "Set"
	}
	return class
}

func article(noun string) string {
	switch noun[0] {
	case 'A', 'E', 'I', 'O', 'U':
		return "an " + noun
	}
	return "a " + noun
}

// script makes a Value one of script. Objects belong to c; bytes are copied.
func (m *vm) script(v Value, c *call) goja.Value {
	switch v := v.(type) {
	case nil:
		return goja.Null()
	case bool:
		return m.rt.ToValue(v)
	case int64:
		return m.rt.ToValue(v)
	case float64:
		return m.rt.ToValue(v)
	case string:
		return m.rt.ToValue(v)
	case []byte:
		return m.rt.ToValue(m.rt.NewArrayBuffer(slices.Clone(v)))
	case []Value:
		l := make([]any, len(v))
		for i, e := range v {
			l[i] = m.script(e, c)
		}
		return m.rt.NewArray(l...)
	case map[string]Value:
		o := m.rt.NewObject()
		for _, k := range slices.Sorted(maps.Keys(v)) {
			// Defined, not set: a peer's "__proto__" is a property as any other.
			_ = o.DefineDataProperty(k, m.script(v[k], c), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE) // a new object takes every property
		}
		return o
	case *Object:
		if v == nil {
			return goja.Null()
		}
		return m.newInstance(v, c, nil)
	}
	panic(m.rt.NewTypeError(fmt.Sprintf("%T cannot be passed to a script", v)))
}
