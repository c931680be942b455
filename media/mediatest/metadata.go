package mediatest

import (
	"encoding/binary"
	"math"
)

// metadata returns an onMetaData message (E.5) in AMF0.
func (s Stream) metadata() []byte {
	b := append([]byte{2}, amfName("onMetaData")...)
	b = append(b, 8, 0, 0, 0, 3)
	b = appendNumber(b, "width", Width)
	b = appendNumber(b, "height", Height)
	b = appendNumber(b, "framerate", float64(s.fps()))
	return append(b, 0, 0, 9)
}

func appendNumber(b []byte, name string, v float64) []byte {
	b = append(b, amfName(name)...)
	return binary.BigEndian.AppendUint64(append(b, 0), math.Float64bits(v))
}

func amfName(s string) []byte { return append(appendUint16(nil, len(s)), s...) }
