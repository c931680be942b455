package conf

import (
	"slices"

	"weir/confparse"
)

// checkPorts finds addresses that two listeners want.
func (d *decoder) checkPorts(c *Config) {
	s, a := &c.HTTPServer, &c.HTTPAPI
	d.dependsOn(s.Enabled, &s.HTTPS.Enabled, "http_server")
	d.dependsOn(a.Enabled, &a.HTTPS.Enabled, "http_api")
	taken := d.claim(nil, &c.Listen)
	if s.Enabled {
		taken = d.claim(taken, &s.Listen)
	}
	if s.Enabled && s.HTTPS.Enabled {
		taken = d.claim(taken, &s.HTTPS.Listen)
	}
	if !a.Enabled || d.sharedPort(c) {
		return
	}
	taken = d.claim(taken, &a.Listen)
	d.tellLoopback(a)
	if a.HTTPS.Enabled {
		d.closeHTTPS(a)
		d.claim(taken, &a.HTTPS.Listen)
	}
}

// dependsOn refuses HTTPS without HTTP, as SRS does.
func (d *decoder) dependsOn(http bool, https *bool, name string) {
	if *https && !http {
		d.errorf("E208", d.places.of(d.whole, https), "https is enabled and %s is not", name).
			Hint = "add to " + name + ": enabled on;"
	}
}

// dropCovered leaves out what a bare port includes: SRS's files have
// "listen 1935 [::]:1935".
func (d *decoder) dropCovered(list []Listen) []Listen {
	var kept []Listen
	for _, l := range list {
		if other, ok := overlapping(kept, l); ok && other.Bare && l.ip().IsUnspecified() {
			d.warnf("W203", l.Span, "listen %s is covered by %s", l.Addr, other.Addr)
			continue
		}
		kept = append(kept, l)
	}
	return kept
}

// claim adds a listener's addresses to those that are taken.
func (d *decoder) claim(taken []Listen, list *[]Listen) []Listen {
	*list = d.dropCovered(*list)
	for _, l := range *list {
		if other, ok := overlapping(taken, l); ok {
			f := d.errorf("E401", l.Span, "listen: port %s is taken by %s", l.port(), other.Addr)
			if !other.Span.Start.IsZero() {
				f.Notes = noteAt(other.Span, "first used here")
			}
			continue
		}
		taken = append(taken, l)
	}
	return taken
}

func overlapping(taken []Listen, l Listen) (Listen, bool) {
	for _, other := range taken {
		if other.overlaps(l) {
			return other, true
		}
	}
	return Listen{}, false
}

// sharedPort turns the API off that SRS would serve at http_server's port. There
// it would be open to everybody who plays a stream. HTTPS must be at one port, too.
func (d *decoder) sharedPort(c *Config) bool {
	s, a := &c.HTTPServer, &c.HTTPAPI
	if !s.Enabled {
		return false
	}
	api, shared := sharing(a.Listen, s.Listen)
	if !shared {
		return false
	}
	const hint = "give http_api a port of its own: listen 1985;"
	if _, shared := sharing(a.HTTPS.Listen, s.HTTPS.Listen); a.HTTPS.Enabled && !shared && d.places[&a.HTTPS.Listen] != nil {
		d.errorf("E401", a.HTTPS.Listen[0].Span, "listen: http_api is at the port of http_server, and its https is not").Hint = hint
	} else {
		d.warnf("W301", api.Span, "not served: http_api at the port of http_server: http_api is off").Hint = hint
	}
	a.Enabled = false
	return true
}

// sharing returns an address of a that is in b, too.
func sharing(a, b []Listen) (Listen, bool) {
	for _, l := range a {
		for _, other := range b {
			if l.port() != "0" && l.Bare == other.Bare && l.port() == other.port() && (l.Bare || l.Addr == other.Addr) {
				return l, true
			}
		}
	}
	return Listen{}, false
}

// closeHTTPS keeps the API by HTTPS to this machine if it asks for no password.
func (d *decoder) closeHTTPS(a *HTTPAPI) {
	if a.Auth.Enabled {
		return
	}
	a.HTTPS.Listen = slices.Clone(a.HTTPS.Listen)
	for i := range a.HTTPS.Listen {
		if l := &a.HTTPS.Listen[i]; l.Bare {
			l.Addr = "127.0.0.1:" + l.port()
			d.add(confparse.Info, "I304", d.places.of(d.whole, &a.HTTPS.Listen, &a.HTTPS.Enabled),
				"http_api's https listens at %s only, since it asks for no password", l.Addr).
				Hint = "to open it to all: auth { enabled on; username NAME; password WORD; }"
		}
	}
}

// tellLoopback says that an API which SRS opens to the world is not.
func (d *decoder) tellLoopback(api *HTTPAPI) {
	why := "it asks for no password"
	if api.Auth.Enabled {
		why = "its password would cross the network in the clear"
	}
	for _, l := range api.Listen {
		if l.Bare {
			f := d.add("info", "I304", l.Span, "http_api listens at %s only, since %s", l.Addr, why)
			f.Hint = "to open it to all: listen 0.0.0.0:" + l.port() + ";"
		}
	}
}
