package builtin

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"weir/js"
)

// bufferText is native.text(bytes, encoding, start, end): text; undefined for
// UTF-16 in which not all is characters, which the script puts together itself.
func bufferText(_ js.Env, args []js.Value) (js.Value, error) {
	b := window(args, 0, 2, 3)
	switch encoding := text(args, 1); encoding {
	case "latin1":
		return latin1(b, 0xff), nil
	case "ascii":
		return latin1(b, 0x7f), nil
	case "utf16le":
		s, ok := utf16Text(b)
		if !ok {
			return nil, nil
		}
		return s, nil
	default:
		return encoded(b, encoding), nil
	}
}

// latin1 makes each byte, as far as the mask shows it, a character.
func latin1(b []byte, mask byte) string {
	var s strings.Builder
	s.Grow(len(b))
	for _, c := range b {
		s.WriteRune(rune(c & mask))
	}
	return s.String()
}

// utf16Text reads little-endian UTF-16, a last odd byte left out. It is not ok with
// surrogates that are no pairs.
func utf16Text(b []byte) (s string, ok bool) {
	var out strings.Builder
	out.Grow(len(b) / 2)
	for ; len(b) >= 2; b = b[2:] {
		r := rune(binary.LittleEndian.Uint16(b))
		if utf16.IsSurrogate(r) {
			if len(b) < 4 {
				return "", false
			}
			b = b[2:]
			if r = utf16.DecodeRune(r, rune(binary.LittleEndian.Uint16(b))); r == utf8.RuneError {
				return "", false
			}
		}
		out.WriteRune(r)
	}
	return out.String(), true
}

// encodeText makes text bytes, as Node does: what is wrong in hexadecimal ends it,
// in base64 it is skipped.
func encodeText(s, encoding string) []byte {
	switch encoding {
	case "hex":
		b := make([]byte, len(s)/2)
		n, _ := hex.Decode(b, []byte(s[:len(s)&^1])) // it ends at what is wrong
		return b[:n]
	case "base64", "base64url":
		return looseBase64(s)
	case "latin1", "ascii":
		return latin1Bytes(s)
	case "utf16le":
		units := utf16.Encode([]rune(s))
		b := make([]byte, 0, 2*len(units))
		for _, u := range units {
			b = binary.LittleEndian.AppendUint16(b, u)
		}
		return b
	}
	return []byte(s)
}

// latin1Bytes keeps the lower byte of each character.
func latin1Bytes(s string) []byte {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

// writeText is native.write(target, text, encoding, at, length): how many bytes
// were written, no part of a character among them.
func writeText(_ js.Env, args []js.Value) (js.Value, error) {
	encoding := text(args, 2)
	b := encodeText(text(args, 1), encoding)
	target := bytes(args, 0)
	target = target[within(number(args, 3), len(target)):]
	n := min(len(b), len(target), within(number(args, 4), len(target)))
	switch encoding {
	case "utf8":
		for n > 0 && n < len(b) && !utf8.RuneStart(b[n]) {
			n--
		}
	case "utf16le":
		n &^= 1
	}
	return int64(copy(target, b[:n])), nil
}
