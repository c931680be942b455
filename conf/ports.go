package conf

// checkPorts finds addresses that two listeners want.
func (d *decoder) checkPorts(c *Config) {
	c.Listen = d.dropCovered(c.Listen)
	taken := d.claim(nil, c.Listen)
	if c.HTTPServer.Enabled {
		c.HTTPServer.Listen = d.dropCovered(c.HTTPServer.Listen)
		taken = d.claim(taken, c.HTTPServer.Listen)
	}
	if c.HTTPAPI.Enabled && !d.sharedPort(c) {
		c.HTTPAPI.Listen = d.dropCovered(c.HTTPAPI.Listen)
		d.claim(taken, c.HTTPAPI.Listen)
		d.tellLoopback(&c.HTTPAPI)
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

func (d *decoder) claim(taken, list []Listen) []Listen {
	for _, l := range list {
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
// it would be open to everybody who plays a stream.
func (d *decoder) sharedPort(c *Config) bool {
	if !c.HTTPServer.Enabled {
		return false
	}
	for _, api := range c.HTTPAPI.Listen {
		for _, l := range c.HTTPServer.Listen {
			if api.port() != "0" && api.Bare == l.Bare && api.port() == l.port() && (api.Bare || api.Addr == l.Addr) {
				d.warnf("W301", api.Span, "not served: http_api at the port of http_server: http_api is off").
					Hint = "give http_api a port of its own: listen 1985;"
				c.HTTPAPI.Enabled = false
				return true
			}
		}
	}
	return false
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
