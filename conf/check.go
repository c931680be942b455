package conf

import "strings"

func (d *decoder) checkVHosts(c *Config) {
	if len(c.VHosts) == 0 {
		d.warnf("W208", d.whole, "no vhost: every session will be refused").Hint = "add: vhost __defaultVhost__ { }"
	}
	first := map[string]*VHost{}
	for _, v := range c.VHosts {
		if v.Name == "" {
			continue // has its own finding
		}
		if other := first[v.Name]; other != nil {
			d.errorf("E203", v.Span, "vhost %s is defined twice", v.Name).Notes = noteAt(other.Span, "first defined here")
			continue
		}
		first[v.Name] = v
		d.checkGuards(v)
		d.checkHLS(&v.HLS)
		d.checkMount(&v.HTTPRemux)
		if !c.HTTPServer.Enabled {
			d.unreachable(&v.HLS.Enabled, "hls")
			d.unreachable(&v.HTTPRemux.Enabled, "http_remux")
		}
	}
}

// unreachable warns of streams that are made and cannot be fetched.
func (d *decoder) unreachable(enabled *bool, name string) {
	if *enabled {
		d.warnf("W305", d.places.of(enabled), "%s is enabled and http_server is not: nobody can play it", name)
	}
}

func (d *decoder) checkZones(c *Config) {
	first := map[string]Zone{}
	for _, z := range c.JSZones {
		if other, ok := first[z.Name]; ok {
			d.errorf("E203", z.Span, "zone %q is defined twice", z.Name).Notes = noteAt(other.Span, "first defined here")
			continue
		}
		first[z.Name] = z
	}
}

func (d *decoder) checkHLS(h *HLS) {
	if h.Window >= h.Fragment {
		return
	}
	at := d.places.of(&h.Window)
	if at.Start.IsZero() {
		at = d.places.of(&h.Fragment)
	}
	d.errorf("E205", at, "hls_window (%s) must not be shorter than hls_fragment (%s)", formatDuration(h.Window), formatDuration(h.Fragment))
}

// The mounts of http_remux.
const (
	mountVHost = "[vhost]/[app]/[stream].flv"
	mountAny   = "/[app]/[stream].flv"
)

// checkMount turns HTTP-FLV off where SRS would serve something else.
func (d *decoder) checkMount(h *HTTPRemux) {
	if h.Mount == mountVHost || h.Mount == mountAny {
		return
	}
	at := d.places.of(&h.Mount)
	switch ext := h.Mount[strings.LastIndexByte(h.Mount, '.')+1:]; ext {
	case "flv", "ts", "mp3", "aac":
		if h.Enabled {
			d.warnf("W301", at, "not served: mount %s: http_remux is off here", h.Mount).
				Hint = "HTTP-FLV can be at " + mountVHost + " or " + mountAny
		}
		h.Enabled, h.Mount = false, mountVHost
	default:
		d.errorf("E205", at, "mount must be %s or %s", mountVHost, mountAny)
	}
}
