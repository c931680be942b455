package conf

import (
	"net"
	"net/netip"
	"strconv"

	"weir/confparse"
)

// Listen is an address to listen at.
type Listen struct {
	Addr string // "host:port": host is an IP address or empty, which is all of IPv4 and IPv6; port 0 takes a free one
	Bare bool   // only a port was written
	Span confparse.Span
}

// String is the address as net.Listen takes it.
func (l Listen) String() string { return l.Addr }

// Usage is the syntax of listen.
func (*Listen) Usage() string { return "port | ip:port | [ipv6]:port ..." }

// Set decodes one address.
func (l *Listen) Set(d *confparse.Directive) error {
	w, err := oneArg(d)
	if err != nil {
		return err
	}
	l.Span = w.Span
	if isPort(w.Value) {
		l.Addr, l.Bare = ":"+w.Value, true
		return nil
	}
	host, port, e := net.SplitHostPort(w.Value)
	_, ipErr := netip.ParseAddr(host)
	if e != nil || !isPort(port) || host != "" && ipErr != nil {
		return faultAt(w, "cannot listen at %q", w.Value).
			hinting("write a port (1935), an address (192.0.2.1:1935) or an IPv6 address ([2001:db8::1]:1935)")
	}
	l.Addr, l.Bare = w.Value, host == ""
	return nil
}

// port is the port's number as it was written.
func (l Listen) port() string {
	_, port, _ := net.SplitHostPort(l.Addr)
	return port
}

// ip is the host, unspecified (::) when empty: it takes all of IPv4 as well.
func (l Listen) ip() netip.Addr {
	host, _, _ := net.SplitHostPort(l.Addr)
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Unmap()
	}
	return netip.IPv6Unspecified()
}

// overlaps reports whether only one of the two can be listened at.
func (l Listen) overlaps(other Listen) bool {
	if l.port() != other.port() || l.port() == "0" {
		return false
	}
	a, b := l.ip(), other.ip()
	switch {
	case a == b, a == netip.IPv6Unspecified(), b == netip.IPv6Unspecified():
		return true
	case a.IsUnspecified():
		return b.Is4()
	case b.IsUnspecified():
		return a.Is4()
	}
	return false
}

func isPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && strconv.FormatUint(n, 10) == s
}
