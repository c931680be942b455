package builtin

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"weir/js"
)

// labels are the names of the encodings that TextDecoder knows (Encoding Standard, 4.2).
var labels = map[string]string{
	"utf-8":        "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
	"utf-16le":     "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
	"utf-16be":     "unicodefffe utf-16be",
	"windows-1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252",
}

// windows1252 are the characters of the bytes from 0x80 to 0x9f; the others are
// those of Unicode.
var windows1252 = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

// encodingOf is native.encodingOf(label): the encoding's name, undefined if it has none.
func encodingOf(label string) js.Value {
	label = strings.ToLower(strings.Trim(label, "\t\n\f\r "))
	for name, l := range labels {
		for known := range strings.FieldsSeq(l) {
			if known == label {
				return name
			}
		}
	}
	return nil
}

// whole is native.whole(bytes, encoding): how many bytes there are ahead of a last
// character that may go on.
func whole(_ js.Env, args []js.Value) (js.Value, error) {
	b := bytes(args, 0)
	n := len(b)
	switch encoding := text(args, 1); encoding {
	case "utf-8":
		for i := max(0, n-utf8.UTFMax+1); i < n; i++ {
			if b[i] >= utf8.RuneSelf && begins(b[i:]) {
				return int64(i), nil
			}
		}
	case "utf-16le", "utf-16be":
		n &^= 1
		if n >= 2 && order(encoding).Uint16(b[n-2:])&0xfc00 == 0xd800 {
			n -= 2
		}
	}
	return int64(n), nil
}

func order(encoding string) binary.ByteOrder {
	if encoding == "utf-16be" {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// decodeBytes is native.decode(bytes, encoding, fatal, length): the text of the
// bytes up to length, undefined where it is fatal that they are malformed.
func decodeBytes(_ js.Env, args []js.Value) (js.Value, error) {
	b := bytes(args, 0)
	b = b[:within(number(args, 3), len(b))]
	fatal := args[2] == true
	switch encoding := text(args, 1); encoding {
	case "windows-1252":
		return decode1252(b), nil
	case "utf-16le", "utf-16be":
		if s, ok := decode16(b, order(encoding)); ok || !fatal {
			return s, nil
		}
		return nil, nil
	}
	if fatal && !utf8.Valid(b) {
		return nil, nil
	}
	return validUTF8(b), nil
}

func decode1252(b []byte) string {
	var s strings.Builder
	s.Grow(len(b))
	for _, c := range b {
		if c >= 0x80 && c <= 0x9f {
			s.WriteRune(windows1252[c-0x80])
		} else {
			s.WriteRune(rune(c))
		}
	}
	return s.String()
}

// decode16 reads UTF-16; what is no character becomes U+FFFD, and is not ok.
func decode16(b []byte, order binary.ByteOrder) (s string, ok bool) {
	ok = len(b)%2 == 0
	units := make([]uint16, 0, len(b)/2+1)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, order.Uint16(b))
	}
	if len(b) == 1 {
		units = append(units, utf8.RuneError)
	}
	runes := utf16.Decode(units)
	for i, n := 0, 0; i < len(runes); i++ {
		if utf16.IsSurrogate(rune(units[n])) && runes[i] == utf8.RuneError {
			ok = false
		}
		n += utf16.RuneLen(runes[i])
	}
	return string(runes), ok
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

// begins reports whether some character begins with all of b and goes on:
// whether filling it up can make it whole.
func begins(b []byte) bool {
	if len(b) == 1 { // whose second byte has limits of its own
		return b[0] >= 0xc2 && b[0] <= 0xf4
	}
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
