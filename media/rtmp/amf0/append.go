package amf0

import (
	"encoding/binary"
	"fmt"
	"math"
	"time"
)

// Append adds values to dst. Beside those of the package, an int is a number. It
// panics on any other type: what is written is chosen by the program.
func Append(dst []byte, values ...any) []byte {
	for _, v := range values {
		dst = appendValue(dst, v)
	}
	return dst
}

func appendValue(dst []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(dst, markNull)
	case Undefined:
		return append(dst, markUndefined)
	case bool:
		if v {
			return append(dst, markBoolean, 1)
		}
		return append(dst, markBoolean, 0)
	case int:
		return appendNumber(append(dst, markNumber), float64(v))
	case float64:
		return appendNumber(append(dst, markNumber), v)
	case string:
		return appendString(dst, v)
	case XML:
		return appendLong(append(dst, markXML), string(v))
	case time.Time:
		return append(appendNumber(append(dst, markDate), float64(v.UnixMilli())), 0, 0)
	}
	return appendCompound(dst, v)
}

func appendCompound(dst []byte, v any) []byte {
	switch v := v.(type) {
	case Object:
		return appendProperties(append(dst, markObject), v)
	case Array:
		dst = binary.BigEndian.AppendUint32(append(dst, markArray), uint32(len(v)))
		return appendProperties(dst, Object(v))
	case []any:
		dst = binary.BigEndian.AppendUint32(append(dst, markStrictArray), uint32(len(v)))
		return Append(dst, v...)
	}
	panic(fmt.Sprintf("amf0: cannot write a %T", v))
}

func appendProperties(dst []byte, o Object) []byte {
	for _, p := range o {
		name := p.Name[:min(len(p.Name), math.MaxUint16)]
		dst = binary.BigEndian.AppendUint16(dst, uint16(len(name)))
		dst = appendValue(append(dst, name...), p.Value)
	}
	return append(dst, 0, 0, markObjectEnd)
}

func appendString(dst []byte, s string) []byte {
	if len(s) > math.MaxUint16 {
		return appendLong(append(dst, markLongString), s)
	}
	dst = binary.BigEndian.AppendUint16(append(dst, markString), uint16(len(s)))
	return append(dst, s...)
}

func appendLong(dst []byte, s string) []byte {
	return append(binary.BigEndian.AppendUint32(dst, uint32(len(s))), s...)
}

func appendNumber(dst []byte, f float64) []byte {
	return binary.BigEndian.AppendUint64(dst, math.Float64bits(f))
}
