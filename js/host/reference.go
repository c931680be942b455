package host

import "strings"

// sendable encodes what of a reference cannot be sent as it is, and no more: Go's
// URLs do not take what the Web's do. There is no fragment any more.
func sendable(ref string) string {
	ref, _, _ = strings.Cut(ref, "#")
	path, query, found := strings.Cut(ref, "?")
	path = encodeAllBut(path, "!$&'()*+,;=:@[]-_.~/")
	if !found {
		return path
	}
	return path + "?" + encodeAllBut(query, "!$&'()*+,;=:@[]-_.~/?\\^`{|}")
}

// encodeAllBut encodes by percent signs what is neither kept, a letter, a digit, nor
// encoded.
func encodeAllBut(s, kept string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte(kept, c) >= 0, c == '%' && isEncoded(s[i:]):
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte("0123456789ABCDEF"[c>>4])
			b.WriteByte("0123456789ABCDEF"[c&15])
		}
	}
	return b.String()
}

// isEncoded reports whether s begins with a percent sign and two digits.
func isEncoded(s string) bool { return len(s) > 2 && isHex(s[1]) && isHex(s[2]) }

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
