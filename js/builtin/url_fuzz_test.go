package builtin

import "testing"

// A URL that was parsed and written is read as itself again, whatever was set.
func FuzzURL(f *testing.F) {
	f.Add("http://u:p@h:8/a/../b?c#d", "//g", "host", "x:9")
	f.Add("x:/.//a", "file:///C|/", "pathname", "//b")
	f.Add("mailto:a  ?b", "\\\\x", "hash", "")
	f.Add("http://[::1]:80", "http://0x7f.1", "port", "0080x")
	f.Fuzz(func(t *testing.T, s, base, member, value string) {
		u := parseURL(s, &base)
		if u == nil {
			if u = parseURL(s, nil); u == nil {
				return
			}
		}
		for range 2 {
			href := u.href()
			again := parseURL(href, nil)
			if again == nil || again.href() != href {
				t.Fatalf("%q with base %q is %q, which is not itself", s, base, href)
			}
			u.set(member, value)
		}
	})
}
