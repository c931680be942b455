package conf

import (
	"strings"

	"weir/confparse"
)

// checkGuards checks who is let in to v. A guard that is written and not enabled,
// as SRS has it by default, lets everybody in: that is said.
func (d *decoder) checkGuards(v *VHost) {
	s, r, h := &v.Security, &v.Refer, &v.HTTPHooks
	if s.Enabled && len(s.Rules) == 0 {
		d.warnf("W306", d.places.of(v.Span, &s.Enabled), "security is enabled and has no rule: everybody is refused")
	}
	if r.Enabled && len(r.All)+len(r.Publish)+len(r.Play) == 0 {
		d.warnf("W306", d.places.of(v.Span, &r.Enabled), "refer is enabled and names no domain: everybody is let in")
	}
	d.idle(v.Span, s, &s.Enabled, "security", len(s.Rules) > 0)
	d.idle(v.Span, r, &r.Enabled, "refer", len(r.All)+len(r.Publish)+len(r.Play) > 0)
	d.idle(v.Span, h, &h.Enabled, "http_hooks", len(h.OnConnect)+len(h.OnPublish)+len(h.OnPlay) > 0)
}

// idle warns of a guard that has something to say and does not say whether it is
// enabled. If variables alone set it, around is where it would stand.
func (d *decoder) idle(around confparse.Span, block any, enabled *bool, name string, says bool) {
	if says && d.places[enabled] == nil && !*enabled {
		d.warnf("W306", d.places.of(around, block), "%s has no effect: it is not enabled", name).Hint = `add "enabled on;"`
	}
}

// checkAuth checks that the API has a password to ask for.
func (d *decoder) checkAuth(a *HTTPAuth) {
	d.idle(d.whole, a, &a.Enabled, "auth", a.Username+a.Password != "")
	if strings.Contains(a.Username, ":") {
		d.errorf("E205", d.places.of(d.whole, &a.Username), "username must not have a colon in it")
	}
	if a.Enabled && (a.Username == "" || a.Password == "") {
		d.errorf("E208", d.places.of(d.whole, &a.Enabled), "auth is enabled and has no username or no password").
			Hint = "add: username NAME; password WORD;"
	}
}
