package builtin

import (
	"strings"
	"unicode/utf8"
)

// Percent-encode sets (URL Standard, 1.3): what they hold beyond controls and all
// that is not ASCII.
const (
	controlSet      = ""
	fragmentSet     = " \"<>`"
	querySet        = " \"#<>"
	specialQuerySet = querySet + "'"
	pathSet         = querySet + "?^`{}"
	userinfoSet     = pathSet + "/:;=@[\\]|"
	componentSet    = userinfoSet + "$%&+,"
	formSet         = componentSet + "!'()~"
)

const upperHex = "0123456789ABCDEF"

// percentEncode writes a character, percent-encoded if the set has it.
func percentEncode(b *strings.Builder, r rune, set string) {
	if r > 0x1f && r < 0x7f && !strings.ContainsRune(set, r) {
		b.WriteByte(byte(r))
		return
	}
	var utf [utf8.UTFMax]byte
	for _, c := range utf[:utf8.EncodeRune(utf[:], r)] {
		b.WriteByte('%')
		b.WriteByte(upperHex[c>>4])
		b.WriteByte(upperHex[c&15])
	}
}

func percentEncodeAll(s, set string) string {
	var b strings.Builder
	for _, r := range s {
		percentEncode(&b, r, set)
	}
	return b.String()
}

// percentDecode decodes what is percent-encoded; malformed UTF-8 is replaced.
func percentDecode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			b = append(b, hexDigit(s[i+1])<<4|hexDigit(s[i+2]))
			i += 2
			continue
		}
		b = append(b, s[i])
	}
	return validUTF8(b)
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func hexDigit(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return (c | 0x20) - 'a' + 10
}

// parseForm reads application/x-www-form-urlencoded: names and values in turn
// (URL Standard, 5.1).
func parseForm(s string) []any {
	list := []any{}
	for pair := range strings.SplitSeq(s, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(strings.ReplaceAll(pair, "+", " "), "=")
		list = append(list, percentDecode(name), percentDecode(value))
	}
	return list
}

// serializeForm is the inverse of parseForm (URL Standard, 5.2).
func serializeForm(list []any) string {
	var b strings.Builder
	for i := range list {
		switch {
		case i%2 == 1:
			b.WriteByte('=')
		case i > 0:
			b.WriteByte('&')
		}
		for _, r := range text(list, i) {
			if r == ' ' {
				b.WriteByte('+')
			} else {
				percentEncode(&b, r, formSet)
			}
		}
	}
	return b.String()
}
