package host

import (
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// reach is how far a permit goes for a host, the farther the greater.
type reach int

const (
	nowhere reach = iota
	public        // to what everybody can reach
	named         // to all that a name may lead to
)

// reach says how far a host that is no address may lead.
func (p *Permit) reach(host string, port uint16) reach {
	far := nowhere
	for _, t := range p.Fetch {
		switch {
		case !t.covers(port) || !t.matches(host):
		case t.isWild():
			far = max(far, public)
		default:
			far = named
		}
	}
	return far
}

// mayReach reports whether a fetch may go to an address by itself.
func (p *Permit) mayReach(a netip.Addr, port uint16) bool {
	if p.All {
		return true
	}
	for _, t := range p.Fetch {
		if !t.covers(port) {
			continue
		}
		if t.name == "" && t.prefix.Contains(a) || t.name == "*" && isPublic(a) {
			return true
		}
	}
	return false
}

func (t Target) covers(port uint16) bool { return t.port == 0 || t.port == port }

// checkHost refuses a host that scripts may not name, whatever it leads to.
func (p *Permit) checkHost(host string, port uint16) error {
	if p.All {
		return nil
	}
	if a, err := netip.ParseAddr(host); err == nil {
		if p.mayReach(plain(a), port) {
			return nil
		}
	} else if p.reach(canonical(host), port) > nowhere {
		return nil
	}
	return &refusal{target: join(host, port)}
}

// checkAddress refuses an address that a host leads to: that is what DNS says at
// the moment of the connection, whoever answers for it.
func (p *Permit) checkAddress(host string, at netip.AddrPort) error {
	a, port := plain(at.Addr()), at.Port()
	if p.mayReach(a, port) {
		return nil
	}
	switch p.reach(canonical(host), port) {
	case named:
		if isNamable(a) {
			return nil
		}
	case public:
		if isPublic(a) {
			return nil
		}
	}
	return &refusal{target: join(host, port), at: at.Addr()}
}

// canonical is a host name as targets have it.
func canonical(host string) string { return strings.ToLower(strings.TrimSuffix(host, ".")) }

func join(host string, port uint16) string {
	return net.JoinHostPort(host, strconv.Itoa(int(port)))
}
