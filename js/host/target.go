package host

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// Target is what js_permit fetch names: hosts, at one port or at all.
type Target struct {
	name   string       // a host name in lower case; "*" with what follows, of a wildcard
	prefix netip.Prefix // addresses, if name is empty
	port   uint16       // 0: all
}

// ParseTarget reads HOST[:PORT], where HOST is one of
//
//	users.internal      a name: its addresses, private ones too, but not those
//	                    where a cloud tells a machine its secrets
//	*.example.com       the names below, and * all names: public addresses only
//	10.0.0.7, [::1]     an address, whatever it is
//	10.0.0.0/8          a network
func ParseTarget(s string) (Target, error) {
	host, port, err := splitTarget(s)
	if err != nil {
		return Target{}, err
	}
	t := Target{port: port}
	if p, err := parsePrefix(host); err == nil {
		t.prefix = p
		return t, nil
	}
	t.name = strings.ToLower(strings.TrimSuffix(host, "."))
	if !isHostPattern(t.name) {
		return Target{}, fmt.Errorf("%q is no host, address or network", s)
	}
	return t, nil
}

// splitTarget takes the port from a target. IPv6 stands in brackets if there is
// one.
func splitTarget(s string) (host string, port uint16, err error) {
	host = s
	if i := strings.LastIndexByte(s, ':'); i >= 0 && (strings.Count(s, ":") == 1 || strings.HasSuffix(s[:i], "]")) {
		n, err := strconv.ParseUint(s[i+1:], 10, 16)
		if err != nil || n == 0 {
			return "", 0, fmt.Errorf("%q: %q is no port", s, s[i+1:])
		}
		host, port = s[:i], uint16(n)
	}
	if in, ok := strings.CutPrefix(host, "["); ok {
		host = strings.TrimSuffix(in, "]")
	}
	return host, port, nil
}

// parsePrefix reads a network, or an address as the network that it is.
func parsePrefix(s string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(s); err == nil && a.Zone() == "" {
		a = a.Unmap()
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	p, err := netip.ParsePrefix(s)
	return p.Masked(), err
}

// isHostPattern reports whether s is a name of DNS, or a wildcard over one.
func isHostPattern(s string) bool {
	if s == "*" {
		return true
	}
	s = strings.TrimPrefix(s, "*.")
	if s == "" || len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return true
}

// matches reports whether t names a host, a lower case name, by itself.
func (t Target) matches(host string) bool {
	if suffix, ok := strings.CutPrefix(t.name, "*"); ok {
		return strings.HasSuffix(host, suffix) && len(host) > len(suffix)
	}
	return t.name == host
}

// isWild reports whether t stands for names that nobody wrote down.
func (t Target) isWild() bool { return strings.HasPrefix(t.name, "*") }
