package hook

import (
	"fmt"
	"slices"

	"weir/js"
)

// Decide reads the verdict from what a handler recorded and returned at p. The
// last of each kind wins; allow, deny and decline are one kind. A handler that
// returns false denies, unless it has denied already.
//
// An error says which call is wrong. The verdict that comes with it still
// denies if the script meant to, so that a mistake in the reason admits nobody.
// Whether the names of a rename are valid is for the caller to check.
func Decide(p Point, r js.Result) (Verdict, error) {
	var v Verdict
	var wrong error
	for _, e := range r.Effects {
		if e.Name == "variable" {
			continue // see Variables.Keep
		}
		if err := v.record(p, e); err != nil && wrong == nil {
			wrong = fmt.Errorf("s.%s: %s", e.Name, clip(err.Error(), maxReason))
		}
	}
	if slices.Contains(p.Effects, "deny") && r.Value == false && !v.Deny {
		v.decide(Verdict{Deny: true, Code: DefaultCode})
	}
	return v, wrong
}

func (v *Verdict) record(p Point, e js.Effect) error {
	if !slices.Contains(p.Effects, e.Name) {
		return fmt.Errorf("not possible in %s", p.Directive)
	}
	switch e.Name {
	case "allow":
		return v.allow(e.Args)
	case "deny":
		return v.deny(e.Args)
	case "decline":
		v.decide(Verdict{Declined: true})
		return nil
	case "redirect":
		return v.redirect(e.Args)
	case "rename":
		return v.rename(e.Args)
	case "takeover":
		v.TakeOver = true
		return nil
	}
	v.Unserved = append(v.Unserved, e.Name)
	return nil
}

// decide replaces what was decided about admission by d.
func (v *Verdict) decide(d Verdict) {
	v.Deny, v.Code, v.Reason, v.Declined = d.Deny, d.Code, d.Reason, d.Declined
	v.Recheck, v.MaxSessions = d.Recheck, d.MaxSessions
}
