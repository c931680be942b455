package builtin

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"weir/js"
)

// encodeBytes is native.encode(bytes, encoding): text.
func encodeBytes(_ js.Env, args []js.Value) (js.Value, error) {
	return encoded(bytes(args, 0), text(args, 1)), nil
}

// encoded is bytes as text; of an encoding that is none of these, as UTF-8.
func encoded(b []byte, encoding string) string {
	switch encoding {
	case "hex":
		return hex.EncodeToString(b)
	case "base64":
		return base64.StdEncoding.EncodeToString(b)
	case "base64url":
		return base64.RawURLEncoding.EncodeToString(b)
	}
	return validUTF8(b)
}

// looseBase64 is base64 as Node takes it: both alphabets, and what belongs to
// neither is skipped.
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
