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
			borrowing("encode", func(_ js.Env, args []js.Value) (js.Value, error) { return []byte(text(args, 0)), nil }),
			borrowing("encodeInto", encodeInto),
			native("encodingOf", func(_ js.Env, args []js.Value) (js.Value, error) { return encodingOf(text(args, 0)), nil }),
			borrowing("whole", whole),
			borrowing("decode", decodeBytes),
			native("btoa", btoa),
			native("atob", atob),
		},
	}
}

// encodeInto is native.encodeInto(text, bytes): [UTF-16 units read, bytes written].
func encodeInto(_ js.Env, args []js.Value) (js.Value, error) {
	b := bytes(args, 1)
	read, written := 0, 0
	for _, r := range text(args, 0) {
		n := utf8.RuneLen(r)
		if written+n > len(b) {
			break
		}
		written += utf8.EncodeRune(b[written:], r)
		read++
		if r > 0xffff {
			read++
		}
	}
	return []any{int64(read), int64(written)}, nil
}

// btoa encodes a string of characters below U+0100, a byte each.
func btoa(_ js.Env, args []js.Value) (js.Value, error) {
	return base64.StdEncoding.EncodeToString(latin1Bytes(text(args, 0))), nil
}

// atob is the inverse of btoa; undefined for what is no base64 (Infra Standard, 6:
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
	return latin1(b, 0xff), nil
}
