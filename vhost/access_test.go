package vhost

import (
	"net/netip"
	"testing"

	"weir/conf"
	"weir/media"
)

func TestSecurity(t *testing.T) {
	rule := func(allow bool, kind, who string) conf.Rule {
		r := conf.Rule{Allow: allow, Kind: kind}
		if who != "all" {
			r.Prefix = netip.MustParsePrefix(who)
		}
		return r
	}
	tests := []struct {
		name  string
		rules []conf.Rule
		kind  string
		addr  string
		ok    bool
	}{
		{"no rules admit nobody", nil, "play", "192.0.2.1", false},
		{"an allow admits what it names", []conf.Rule{rule(true, "play", "192.0.2.0/24")}, "play", "192.0.2.1", true},
		{"and nobody else", []conf.Rule{rule(true, "play", "192.0.2.0/24")}, "play", "198.51.100.1", false},
		{"of its kind", []conf.Rule{rule(true, "play", "all")}, "publish", "192.0.2.1", false},
		{"a deny refuses what it names", []conf.Rule{rule(false, "play", "192.0.2.1/32")}, "play", "192.0.2.1", false},
		{"and nobody else", []conf.Rule{rule(false, "play", "192.0.2.1/32")}, "play", "192.0.2.2", true},
		{"deny wins, wherever it stands", []conf.Rule{rule(true, "play", "all"), rule(false, "play", "192.0.2.1/32")}, "play", "192.0.2.1", false},
		{"IPv6", []conf.Rule{rule(true, "play", "2001:db8::/32")}, "play", "2001:db8::1", true},
		{"IPv4 in IPv6", []conf.Rule{rule(true, "play", "192.0.2.0/24")}, "play", "::ffff:192.0.2.1", true},
		{"a zone does not matter", []conf.Rule{rule(true, "play", "fe80::/10")}, "play", "fe80::1%eth0", true},
	}
	for _, tt := range tests {
		s := conf.Security{Enabled: true, Rules: tt.rules}
		if err := secure(s, tt.kind, netip.MustParseAddr(tt.addr)); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
		s.Enabled = false
		if err := secure(s, tt.kind, netip.MustParseAddr(tt.addr)); err != nil {
			t.Errorf("%s: %v, but security is off", tt.name, err)
		}
	}
}

func TestRefer(t *testing.T) {
	tests := []struct {
		name  string
		refer conf.Refer
		kind  string
		page  string
		ok    bool
	}{
		{"no domains admit all", conf.Refer{}, "play", "", true},
		{"the domain", conf.Refer{All: []string{"github.com"}}, "play", "https://github.com/x?y", true},
		{"its subdomains", conf.Refer{All: []string{"github.com"}}, "play", "https://www.GitHub.com./x", true},
		{"not what ends like it", conf.Refer{All: []string{"github.com"}}, "play", "https://evilgithub.com/", false},
		{"no page", conf.Refer{All: []string{"github.com"}}, "play", "", false},
		{"a page that is none", conf.Refer{All: []string{"github.com"}}, "play", "http://[::1", false},
		{"a domain in the path", conf.Refer{All: []string{"github.com"}}, "play", "https://evil.com/github.com", false},
		{"a domain as user", conf.Refer{All: []string{"github.com"}}, "play", "https://github.com@evil.com/", false},
		{"one of several", conf.Refer{All: []string{"a.com", "b.com"}}, "play", "http://b.com", true},
		{"its kind's as well", conf.Refer{All: []string{"a.com"}, Play: []string{"p.a.com"}}, "play", "http://a.com", false},
		{"not the other kind's", conf.Refer{Publish: []string{"a.com"}}, media.KindPlay, "http://x.com", true},
	}
	for _, tt := range tests {
		tt.refer.Enabled = true
		if err := referred(tt.refer, tt.kind, tt.page); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
