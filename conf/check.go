package conf

import (
	"slices"
)

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
		d.checkHLS(v)
		d.checkMount(v)
		if !c.HTTPServer.Enabled {
			d.unreachable(v, &v.HLS.Enabled, "hls")
			d.unreachable(v, &v.HTTPRemux.Enabled, "http_remux")
		}
	}
}

// unreachable warns of streams that are made and cannot be fetched.
func (d *decoder) unreachable(v *VHost, enabled *bool, name string) {
	if *enabled {
		d.warnf("W305", d.places.of(v.Span, enabled), "%s is enabled and http_server is not: nobody can play it", name)
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
		for _, name := range z.VHosts {
			if !slices.ContainsFunc(c.VHosts, func(v *VHost) bool { return v.Name == name }) {
				d.errorf("E205", z.Span, "zone %q is for a vhost %s, and there is none", z.Name, name)
			}
		}
	}
}

func (d *decoder) checkHLS(v *VHost) {
	h := &v.HLS
	if v.PlaylistFilter.IsSet() && h.Enabled && !h.Ctx {
		d.warnf("W309", v.PlaylistFilter.Span, "js_playlist_filter does not run: hls_ctx is off, and playlists are the same for all viewers")
	}
	if h.Window >= h.Fragment {
		return
	}
	at := d.places.of(v.Span, &h.Window, &h.Fragment)
	d.errorf("E205", at, "hls_window (%s) must not be shorter than hls_fragment (%s)", formatDuration(h.Window), formatDuration(h.Fragment))
}

// ownFiles is how many files the server wants beside its connections, as SRS has it.
const ownFiles = 128

// checkDescriptors warns of more connections than the system lets the process have.
func (d *decoder) checkDescriptors(c *Config, limit uint64) {
	need := uint64(c.MaxConnections) + ownFiles
	if limit == 0 || need <= limit {
		return
	}
	d.warnf("W307", d.places.of(d.whole, &c.MaxConnections), "max_connections %d needs %d open files, and the limit is %d", c.MaxConnections, need, limit).
		Hint = "raise the limit: ulimit -n, or LimitNOFILE= of systemd"
}
