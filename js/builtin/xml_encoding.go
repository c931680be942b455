package builtin

import (
	"encoding/binary"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// xmlEncoding finds the encoding that an XML declaration names (XML 1.0, 4.3.3).
var xmlEncoding = regexp.MustCompile(`^<\?xml[^>]*?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][A-Za-z0-9._-]*)["']`)

// decodeXML makes text of the bytes of a document: UTF-8, UTF-16 with its mark,
// US-ASCII or ISO-8859-1.
func decodeXML(b []byte) (string, error) {
	switch s := string(b); {
	case strings.HasPrefix(s, "\xfe\xff"):
		return decodeUTF16(b[2:], binary.BigEndian), nil
	case strings.HasPrefix(s, "\xff\xfe"):
		return decodeUTF16(b[2:], binary.LittleEndian), nil
	}
	encoding := "utf-8"
	if m := xmlEncoding.FindSubmatch(b[:min(len(b), 256)]); m != nil {
		encoding = strings.ToLower(string(m[1]))
	}
	switch encoding {
	case "utf-8", "utf8", "us-ascii", "ascii":
		if !utf8.Valid(b) {
			return "", xmlError("Input is not proper UTF-8", string(b), invalidUTF8(b))
		}
		return string(b), nil
	case "iso-8859-1", "latin1", "iso_8859-1", "l1":
		runes := make([]rune, len(b))
		for i, c := range b {
			runes[i] = rune(c)
		}
		return string(runes), nil
	}
	return "", xmlError("Unsupported encoding: "+encoding, "", 0)
}

func decodeUTF16(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// invalidUTF8 is where bytes cease to be UTF-8.
func invalidUTF8(b []byte) int {
	i := 0
	for i < len(b) {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	return i
}
