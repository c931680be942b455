package vhost

import (
	"net/netip"

	"weir/conf"
	"weir/media"
)

// guard applies what the configuration alone decides, ahead of any script.
func guard(v *conf.VHost, kind string, c *media.Connection) error {
	if err := referred(v.Refer, kind, c.PageURL); err != nil {
		return err
	}
	return secure(v.Security, kind, c.Remote.Addr())
}

// secure applies the rules of security to an address: a deny that names it
// refuses, then an allow that names it admits; when there are allows, or no rules
// at all, nobody else is admitted.
func secure(s conf.Security, kind string, addr netip.Addr) error {
	if !s.Enabled {
		return nil
	}
	names := func(r conf.Rule) bool {
		return r.Kind == kind && (!r.Prefix.IsValid() || r.Prefix.Contains(addr.Unmap().WithZone("")))
	}
	allows, admitted := len(s.Rules) == 0, false
	for _, r := range s.Rules {
		switch {
		case !r.Allow && names(r):
			return errAddress
		case r.Allow:
			allows = true
			admitted = admitted || names(r)
		}
	}
	if allows && !admitted {
		return errAddress
	}
	return nil
}

var errAddress = &media.Denied{Code: 403, Reason: "this address is not admitted"}
