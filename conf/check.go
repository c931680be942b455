package conf

import (
	"strings"

	"weir/confparse"
)

func (d *decoder) checkVHosts(c *Config) {
	if len(c.VHosts) == 0 {
		d.warnf("W208", confparse.Span{}, "no vhost: every session will be refused").Hint = "add: vhost __defaultVhost__ { }"
	}
	first := map[string]*VHost{}
	for _, v := range c.VHosts {
		if other := first[v.Name]; other != nil {
			d.errorf("E203", v.Span, "vhost %s is defined twice", v.Name).Notes = noteAt(other.Span, "first defined here")
			continue
		}
		first[v.Name] = v
		d.checkHLS(&v.HLS)
		d.checkMount(&v.HTTPRemux)
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
