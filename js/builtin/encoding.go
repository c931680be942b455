package builtin

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"weir/js"
)

// encodeBytes is native.encode(bytes, encoding): text.
func encodeBytes(_ js.Env, args []js.Value) (js.Value, error) {
	b := bytes(args, 0)
	switch text(args, 1) {
	case "hex":
		return hex.EncodeToString(b), nil
	case "base64":
		return base64.StdEncoding.EncodeToString(b), nil
	case "base64url":
		return base64.RawURLEncoding.EncodeToString(b), nil
	}
	return validUTF8(b), nil
}

// decodeText is native.decode(text, encoding): bytes. As in Node, base64 takes
// both alphabets and skips what belongs to neither; unlike in Node, hex must be
// whole, since half a signature is none.
func decodeText(_ js.Env, args []js.Value) (js.Value, error) {
	s := text(args, 0)
	switch text(args, 1) {
	case "hex":
		b, err := hex.DecodeString(s)
		if err != nil {
			return nil, &js.Throw{Class: "TypeError", Message: "The argument 'encoding' is invalid for this data. Received 'hex'"}
		}
		return b, nil
	case "base64", "base64url":
		return looseBase64(s), nil
	}
	return []byte(s), nil
}

func looseBase64(s string) []byte {
	s, _, _ = strings.Cut(s, "=")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '-':
			return '+'
		case r == '_':
			return '/'
		case 'A' <= r && r <= 'Z', 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '+', r == '/':
			return r
		}
		return -1
	}, s)
	if len(s)%4 == 1 {
		s = s[:len(s)-1]
	}
	b, _ := base64.RawStdEncoding.DecodeString(s) // nothing is left that could be wrong
	return b
}
