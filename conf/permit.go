package conf

import (
	"net/netip"
	"strings"

	"weir/confparse"
)

// What a Permit is for.
const (
	PermitFetch = "fetch"
	PermitRead  = "fs read"
	PermitWrite = "fs write"
	PermitEnv   = "env"
	PermitAll   = "all"
)

// Permit is a js_permit directive: what scripts may touch.
type Permit struct {
	Kind string // PermitFetch, ...
	// Names are what is permitted: hosts ("users.internal", "users.internal:8080",
	// "192.0.2.1", "[2001:db8::1]:80", "10.0.0.0/8", "*.example.com", "*" for all), directories,
	// which Load makes relative to the working directory, or variables of the
	// environment. PermitAll has none.
	Names []string
	Span  confparse.Span // of the directive's name
}

// String is the permit as it would be written.
func (p Permit) String() string { return strings.Join(append([]string{p.Kind}, p.Names...), " ") }

// Usage is the syntax of js_permit.
func (*Permit) Usage() string {
	return "fetch HOST[:PORT]... | fs read|write DIR... | env NAME... | all"
}

// Set decodes a js_permit directive.
func (p *Permit) Set(d *confparse.Directive) error {
	usage := "usage: js_permit " + p.Usage()
	if len(d.Args) == 0 {
		return &fault{message: "takes what scripts may touch", hint: usage}
	}
	p.Span = d.Name.Span
	names := d.Args[1:]
	p.Kind = d.Args[0].Value
	if p.Kind == "fs" {
		if len(names) == 0 || names[0].Value != "read" && names[0].Value != "write" {
			return &fault{at: d.Args[0].Span, message: "fs wants read or write, and directories", hint: usage}
		}
		p.Kind, names = "fs "+names[0].Value, names[1:]
	}
	check := permits[p.Kind]
	switch {
	case p.Kind == PermitAll && len(names) == 0:
		return nil
	case p.Kind == PermitAll:
		return faultAt(names[0], "all permits everything: nothing stands behind it")
	case check == nil:
		return &fault{at: d.Args[0].Span, message: "takes fetch, fs, env or all", hint: usage}
	case len(names) == 0:
		return &fault{at: d.Args[len(d.Args)-1].Span, message: p.Kind + " wants names", hint: usage}
	}
	for _, w := range names {
		if !check(w.Value) {
			return faultAt(w, "%s cannot permit %q", p.Kind, w.Value).hinting("%s", usage)
		}
		p.Names = append(p.Names, w.Value)
	}
	return nil
}

// permits say what may be a name of each kind.
var permits = map[string]func(string) bool{
	PermitFetch: isHost,
	PermitRead:  func(s string) bool { return s != "" },
	PermitWrite: func(s string) bool { return s != "" },
	PermitEnv:   func(s string) bool { return s != "" && !strings.ContainsAny(s, "= ") },
}

// isHost accepts a host or a network, with a port or without.
func isHost(s string) bool {
	host, port, has := cutPort(s)
	if has && !isPort(port) {
		return false
	}
	literal := strings.Trim(host, "[]")
	if a, err := netip.ParseAddr(literal); err == nil {
		return a.Zone() == ""
	}
	if _, err := netip.ParsePrefix(literal); err == nil {
		return true
	}
	return host == "*" || isDomain(strings.TrimPrefix(host, "*."))
}

// cutPort splits a port off: "[2001:db8::1]:80", "a:80", "2001:db8::1".
func cutPort(s string) (host, port string, has bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 || strings.HasSuffix(s, "]") || strings.Count(s, ":") > 1 && !strings.HasPrefix(s, "[") {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// resolvePermits makes the directories of js_permit fs relative to the
// configuration file.
func resolvePermits(c *Config, base string) {
	resolve := func(list []Permit) {
		for i := range list {
			if p := &list[i]; p.Kind == PermitRead || p.Kind == PermitWrite {
				p.Names = directories(base, p.Names)
			}
		}
	}
	resolve(c.JSPermit)
	for _, v := range c.VHosts {
		resolve(v.JSPermit)
	}
}
