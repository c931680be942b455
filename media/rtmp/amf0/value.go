// Package amf0 reads and writes Action Message Format 0, in which RTMP's commands
// and metadata are written (AMF 0 Specification), and reads the values of AMF 3 that
// stand in it. Reading is bounded in depth and in the number of values.
//
// A value is one of: nil (null), Undefined, bool, float64, string, Object, Array
// (an ECMA array), []any (a strict array), time.Time, XML.
package amf0

import "errors"

// Object is an anonymous object; the class of a typed one is dropped. Its
// properties keep their order.
type Object []Property

// Property is one property of an Object or an Array.
type Property struct {
	Name  string
	Value any
}

// Array is an ECMA array: an Object by another marker.
type Array Object

// Undefined is the value undefined.
type Undefined struct{}

// XML is an XML document.
type XML string

// Get returns the first property of that name, or nil.
func (o Object) Get(name string) any {
	for _, p := range o {
		if p.Name == name {
			return p.Value
		}
	}
	return nil
}

// String returns the first property of that name if it is a string, else "".
func (o Object) String(name string) string {
	s, _ := o.Get(name).(string)
	return s
}

// Bounds of what is read.
const (
	MaxDepth    = 32   // objects and arrays within each other
	MaxElements = 4096 // values and properties
)

// What is refused.
var (
	ErrShort    = errors.New("amf0: ends early")
	ErrDepth    = errors.New("amf0: nested too deep")
	ErrElements = errors.New("amf0: too many values")
	ErrType     = errors.New("amf0: unsupported type")
)

// The markers (AMF 0 Specification, 2.1).
const (
	markNumber      = 0x00
	markBoolean     = 0x01
	markString      = 0x02
	markObject      = 0x03
	markNull        = 0x05
	markUndefined   = 0x06
	markArray       = 0x08
	markObjectEnd   = 0x09
	markStrictArray = 0x0a
	markDate        = 0x0b
	markLongString  = 0x0c
	markUnsupported = 0x0d
	markXML         = 0x0f
	markTypedObject = 0x10
	markAVMPlus     = 0x11 // a value of AMF 3
)
