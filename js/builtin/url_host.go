package builtin

import (
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Code points that hosts must not have (URL Standard, 3.2); domains neither have
// controls.
const (
	forbiddenHost   = "\x00\t\n\r #/:<>?@[\\]^|"
	forbiddenDomain = forbiddenHost + "%\x7f"
)

// domains is "domain to ASCII" without strictness (URL Standard, 3.3).
var domains = idna.New(
	idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.CheckHyphens(false),
	idna.CheckJoiners(true), idna.BidiRule(), idna.VerifyDNSLength(false),
)

// parseHost is the host parser (URL Standard, 3.5), which serializes its result.
func parseHost(s string, opaque bool) (host string, ok bool) {
	switch {
	case strings.HasPrefix(s, "["):
		if !strings.HasSuffix(s, "]") {
			return "", false
		}
		return parseIPv6(s[1 : len(s)-1])
	case opaque:
		if strings.ContainsAny(s, forbiddenHost) {
			return "", false
		}
		return percentEncodeAll(s, controlSet), true
	}
	s, ok = asciiDomain(percentDecode(s))
	if !ok {
		return "", false
	}
	if endsInNumber(s) {
		return parseIPv4(s)
	}
	return s, true
}

func asciiDomain(s string) (string, bool) {
	lower := strings.ToLower(s)
	if isASCII(s) && !strings.HasPrefix(lower, "xn--") && !strings.Contains(lower, ".xn--") {
		s = lower
	} else {
		var err error
		if s, err = domains.ToASCII(s); err != nil {
			return "", false
		}
	}
	isControl := func(r rune) bool { return r < 0x20 }
	return s, s != "" && !strings.ContainsAny(s, forbiddenDomain) && !strings.ContainsFunc(s, isControl)
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// endsInNumber reports whether a host must be an IPv4 address.
func endsInNumber(s string) bool {
	s = strings.TrimSuffix(s, ".")
	last := s[strings.LastIndexByte(s, '.')+1:]
	if last == "" {
		return false
	}
	if strings.Trim(last, "0123456789") == "" {
		return true
	}
	_, ok := ipv4Number(last)
	return ok
}

// ipv4Number reads decimal, 0x hexadecimal or 0 octal; what is too large is the
// greatest number.
func ipv4Number(s string) (n uint64, ok bool) {
	base := 10
	switch {
	case s == "":
		return 0, false
	case strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0X"):
		s, base = s[2:], 16
	case len(s) > 1 && s[0] == '0':
		s, base = s[1:], 8
	}
	if s == "" {
		return 0, true
	}
	n, err := strconv.ParseUint(s, base, 64)
	if err != nil && err.(*strconv.NumError).Err != strconv.ErrRange { // which is its only type
		return 0, false
	}
	return n, s[0] != '+'
}

// parseIPv4 reads an address of one to four numbers.
func parseIPv4(s string) (string, bool) {
	parts := strings.Split(strings.TrimSuffix(s, "."), ".")
	if len(parts) > 4 {
		return "", false
	}
	var address uint64
	for i, p := range parts {
		n, ok := ipv4Number(p)
		last := i == len(parts)-1
		switch {
		case !ok, !last && n > 255, last && n >= 1<<(8*(5-len(parts))):
			return "", false
		case last:
			address += n
		default:
			address += n << (8 * (3 - i))
		}
	}
	b := [4]byte{byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address)}
	return netip.AddrFrom4(b).String(), true
}

// parseIPv6 reads an address, and writes it in brackets as RFC 5952 does, but
// without dotted ends.
func parseIPv6(s string) (string, bool) {
	a, err := netip.ParseAddr(s)
	if err != nil || !a.Is6() || a.Zone() != "" || strings.Contains(s, "%") {
		return "", false
	}
	b := a.As16()
	var pieces [8]uint16
	for i := range pieces {
		pieces[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
	}
	from, to := zeros(pieces)
	if to-from < 2 {
		from, to = -1, -1
	}
	var out strings.Builder
	out.WriteByte('[')
	for i := 0; i < len(pieces); i++ {
		if i == from {
			out.WriteString("::")
			i = to - 1
			continue
		}
		if i > 0 && i != to {
			out.WriteByte(':')
		}
		out.WriteString(strconv.FormatUint(uint64(pieces[i]), 16))
	}
	out.WriteByte(']')
	return out.String(), true
}

// zeros is the first of the longest runs of zeros.
func zeros(pieces [8]uint16) (from, to int) {
	for i := 0; i < len(pieces); i++ {
		n := i
		for n < len(pieces) && pieces[n] == 0 {
			n++
		}
		if n-i > to-from {
			from, to = i, n
		}
	}
	return from, to
}
