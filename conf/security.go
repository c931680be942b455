package conf

import (
	"net/netip"

	"weir/confparse"
)

// Security admits and refuses by address, in SRS's order: an address that a deny
// rule names is refused; then, once there is an allow rule of either kind, or no
// rule at all, only addresses that an allow rule names are admitted.
type Security struct {
	// Enabled says whether the rules hold. They do not by default.
	Enabled bool `conf:"enabled,default=off,reload=live"`
	// Rules name who may publish or play: everybody, an address, or a network (10.0.0.0/8, 2001:db8::/32). An address that a deny names is refused. Others are admitted by an allow that names them, or if there is none for anything; without any rule nobody is.
	Rules []Rule `conf:"allow|deny,multi,example=publish 10.0.0.0/8,reload=live"`
}

// Rule is an allow or deny directive of security.
type Rule struct {
	Allow  bool         // allow, else deny
	Kind   string       // "publish" or "play"
	Prefix netip.Prefix // of IPv4 or IPv6, masked, never IPv4 in IPv6; the zero Prefix is "all"
	Span   confparse.Span
}

// String is the rule as it would be written.
func (r Rule) String() string {
	verb, who := "deny ", " all"
	if r.Allow {
		verb = "allow "
	}
	if r.Prefix.IsValid() {
		who = " " + r.Prefix.String()
	}
	return verb + r.Kind + who
}

// Usage is the syntax of allow and deny.
func (*Rule) Usage() string { return "publish|play all|IP|CIDR" }

// Set decodes an allow or deny directive.
func (r *Rule) Set(d *confparse.Directive) error {
	usage := "usage: " + d.Name.Value + " " + r.Usage()
	if len(d.Args) != 2 {
		return &fault{message: "takes what and whom", hint: usage}
	}
	kind, who := d.Args[0], d.Args[1]
	if kind.Value != "publish" && kind.Value != "play" {
		return &fault{at: kind.Span, message: "must name publish or play first", hint: usage}
	}
	r.Allow, r.Kind, r.Span = d.Name.Value == "allow", kind.Value, d.Name.Span
	if who.Value == "all" {
		return nil
	}
	p, ok := parsePrefix(who.Value)
	if !ok {
		return faultAt(who, "cannot read %q as an address or a network", who.Value).
			hinting("write all, 192.0.2.1, 10.0.0.0/8, 2001:db8::1 or 2001:db8::/32")
	}
	r.Prefix = p
	return nil
}

// parsePrefix reads a network, or an address as a network of one.
func parsePrefix(s string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(s)
	if err != nil {
		ip, err := netip.ParseAddr(s)
		if err != nil || ip.Zone() != "" {
			return netip.Prefix{}, false
		}
		p = netip.PrefixFrom(ip, ip.BitLen())
	}
	const mapped = 96 // bits of ::ffff:0:0/96 ahead of the IPv4 address
	if p.Addr().Is4In6() && p.Bits() >= mapped {
		p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-mapped)
	}
	return p.Masked(), true
}
