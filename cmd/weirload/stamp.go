//go:build linux

package main

import (
	"bytes"
	"encoding/hex"
	"time"
)

// stampMark begins a stamp: the mark, and in 16 hexadecimal digits each its sequence
// number and the time it was sent. Digits need no emulation prevention in H.264, so
// that a stamp survives every container.
const stampMark = "WEIRLOAD"

const (
	digits    = 16
	stampSize = len(stampMark) + 2*digits
)

// stamp marks a video frame.
type stamp struct {
	seq  uint64        // from 1, without holes
	sent time.Duration // by now
}

// put writes s to the first stampSize bytes of b.
func (s stamp) put(b []byte) {
	n := copy(b, stampMark)
	putDigits(b[n:], s.seq)
	putDigits(b[n+digits:], uint64(s.sent)) //nolint:gosec // it is positive
}

// findStamp returns the first stamp of b and what stands behind it.
func findStamp(b []byte) (s stamp, rest []byte, ok bool) {
	for {
		k := bytes.Index(b, []byte(stampMark))
		if k < 0 || len(b) < k+stampSize {
			return stamp{}, nil, false
		}
		b = b[k+len(stampMark):]
		seq, ok1 := readDigits(b)
		sent, ok2 := readDigits(b[digits:])
		if ok1 && ok2 {
			return stamp{seq, time.Duration(sent)}, b[2*digits:], true //nolint:gosec // what put wrote
		}
	}
}

func putDigits(b []byte, v uint64) {
	const hexDigits = "0123456789abcdef"
	for i := digits - 1; i >= 0; i-- {
		b[i] = hexDigits[v&15]
		v >>= 4
	}
}

func readDigits(b []byte) (v uint64, ok bool) {
	var raw [digits / 2]byte
	if _, err := hex.Decode(raw[:], b[:digits]); err != nil {
		return 0, false
	}
	for _, c := range raw {
		v = v<<8 | uint64(c)
	}
	return v, true
}
