package builtin

import (
	_ "embed"
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"weir/js"
)

var (
	//go:embed text.js
	textSource string
	//go:embed text.d.ts
	textTypes string
)

// textModule has btoa, atob, TextEncoder and TextDecoder.
func textModule() js.Module {
	return js.Module{
		Globals: []string{"btoa", "atob", "TextEncoder", "TextDecoder"},
		Source:  textSource,
		Natives: []js.Native{
			native("encode", func(_ js.Env, args []js.Value) (js.Value, error) { return []byte(text(args, 0)), nil }),
			native("decode", decodeUTF8),
			native("btoa", btoa),
			native("atob", atob),
		},
	}
}

// decodeUTF8 is native.decode(bytes, fatal): text, or null where it is fatal
// that the bytes are no UTF-8.
func decodeUTF8(_ js.Env, args []js.Value) (js.Value, error) {
	b := bytes(args, 0)
	if len(args) > 1 && args[1] == true && !utf8.Valid(b) {
		return nil, nil
	}
	return validUTF8(b), nil
}

// validUTF8 replaces what is no UTF-8 as the Web does: each maximal part of a
// character by one U+FFFD (Unicode 16.0, 3.9.6; Encoding Standard, 4.1).
func validUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var s strings.Builder
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			n = partLen(b)
		}
		s.WriteRune(r)
		b = b[n:]
	}
	return s.String()
}

// partLen is how many bytes at the front of b could have begun a character.
func partLen(b []byte) int {
	n := 1
	for n < len(b) && n < utf8.UTFMax && begins(b[:n+1]) {
		n++
	}
	return n
}

// begins reports whether some character begins with all of b: whether filling
// it up can make it whole.
func begins(b []byte) bool {
	var c [utf8.UTFMax]byte
	n := copy(c[:], b)
	for size := n + 1; size <= utf8.UTFMax; size++ {
		for i := n; i < size; i++ {
			c[i] = 0x80
		}
		if r, got := utf8.DecodeRune(c[:size]); got == size && r != utf8.RuneError {
			return true
		}
	}
	return false
}

// btoa encodes a string of characters below U+0100, a byte each.
func btoa(_ js.Env, args []js.Value) (js.Value, error) {
	s := text(args, 0)
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = append(b, byte(r))
	}
	return base64.StdEncoding.EncodeToString(b), nil
}

// atob is the inverse of btoa; null for what is no base64 (Infra Standard, 6:
// forgiving-base64 decode).
func atob(_ js.Env, args []js.Value) (js.Value, error) {
	s := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\f\r", r) {
			return -1
		}
		return r
	}, text(args, 0))
	if len(s)%4 == 0 {
		s = strings.TrimSuffix(strings.TrimSuffix(s, "="), "=")
	}
	b, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return nil, nil //nolint:nilerr // the script throws an error of its own
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes), nil
}
