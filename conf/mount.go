package conf

import (
	"slices"
	"strings"

	"weir/confparse"
)

// Mount is where the streams of a vhost are found over HTTP, in one format.
type Mount struct {
	Ext     string // ".flv", ".ts", ".aac" or ".mp3"
	AnyHost bool   // under every host name, and not only those that lead to the vhost
	Prefix  string // of the path, ahead of the app: "" or "hdl/"
	Other   string // a pattern of SRS that is not served; "" of others
}

// remuxed are the formats of http_remux.
var remuxed = []string{".flv", ".ts", ".aac", ".mp3"}

const (
	mountHost = "[vhost]"
	mountPath = "[app]/[stream]"
)

// Usage is the syntax of mount.
func (*Mount) Usage() string { return "[vhost]/[app]/[stream].flv | /[app]/[stream].flv ..." }

// Set decodes one pattern.
func (m *Mount) Set(d *confparse.Directive) error {
	w, err := oneArg(d)
	if err != nil {
		return err
	}
	dot := strings.LastIndexByte(w.Value, '.')
	if dot < 0 || !slices.Contains(remuxed, w.Value[dot:]) {
		return faultAt(w, "must end with .flv, .ts, .aac or .mp3").hinting("as in [vhost]/[app]/[stream].flv")
	}
	path, ofVHost := strings.CutPrefix(w.Value[:dot], mountHost)
	prefix, whole := strings.CutSuffix(path, mountPath)
	if !whole || !strings.HasPrefix(prefix, "/") || strings.ContainsAny(prefix, "[]?#%") || strings.Contains(prefix, "//") {
		*m = Mount{Other: w.Value}
		return nil
	}
	*m = Mount{Ext: w.Value[dot:], AnyHost: !ofVHost, Prefix: prefix[1:]}
	return nil
}

// String is the pattern.
func (m Mount) String() string {
	switch {
	case m.Other != "":
		return m.Other
	case m.AnyHost:
		return "/" + m.Prefix + mountPath + m.Ext
	}
	return mountHost + "/" + m.Prefix + mountPath + m.Ext
}

// Find returns the app whose streams have a path in a format: what is left of it
// behind the longest prefix of a mount. Without mounts under every host name, anyHost,
// there are those of the vhost's own names too.
func (h *HTTPRemux) Find(ext, path string, anyHost bool) (app string, ok bool) {
	if !h.Enabled {
		return "", false
	}
	for _, m := range h.Mount {
		rest, under := strings.CutPrefix(path, m.Prefix)
		if m.Ext != ext || !under || rest == "" || anyHost && !m.AnyHost {
			continue
		}
		if !ok || len(rest) < len(app) {
			app, ok = rest, true
		}
	}
	return app, ok
}

// checkMount leaves out what is not served, and turns http_remux off when that is all.
func (d *decoder) checkMount(v *VHost) {
	h := &v.HTTPRemux
	at := d.places.of(v.Span, &h.Mount)
	for _, m := range h.Mount {
		if m.Other != "" && h.Enabled {
			d.warnf("W301", at, "not served: mount %s", m.Other).
				Hint = "streams can be at [vhost]/[app]/[stream].flv or /[app]/[stream].flv, also below a path: /hdl/[app]/[stream].flv"
		}
	}
	h.Mount = slices.DeleteFunc(h.Mount, func(m Mount) bool { return m.Other != "" })
	h.Enabled = h.Enabled && len(h.Mount) > 0
}
