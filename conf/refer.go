package conf

import (
	"strings"

	"weir/confparse"
)

// Refer admits by the page that a player or publisher names (RTMP's pageUrl,
// HTTP's Referer). A domain stands for itself and for what ends in "." and it.
type Refer struct {
	// Enabled says whether pages are looked at.
	Enabled bool `conf:"enabled,default=off,reload=live"`
	// All names the domains whose pages may publish and play; none: those of any. A domain includes its subdomains: github.com admits www.github.com and not evilgithub.com.
	All []string `conf:"all,example=example.com,alias=../refer,enables,form=domain,reload=live"`
	// Publish names the domains whose pages may publish, of those in all; none: any.
	Publish []string `conf:"publish,example=example.com,alias=../refer_publish,enables,form=domain,reload=live"`
	// Play names the domains whose pages may play, of those in all; none: any.
	Play []string `conf:"play,example=example.com,alias=../refer_play,enables,form=domain,reload=live"`
}

// parseDomain returns the host name in w in lower case.
func parseDomain(w confparse.Word) (string, *fault) {
	name := strings.ToLower(strings.Trim(w.Value, "."))
	if isDomain(name) {
		return name, nil
	}
	f := faultAt(w, "takes domains")
	switch host := hostOf(name); {
	case isDomain(host):
		return "", f.hinting("write the domain alone, which includes its subdomains: %s", host)
	case strings.IndexFunc(name, func(r rune) bool { return r >= 0x80 }) >= 0:
		return "", f.hinting("write it in ASCII, as browsers send it: xn--...")
	}
	return "", f.hinting("write a domain: example.com")
}

// hostOf takes away from a URL or pattern what is not the domain.
func hostOf(s string) string {
	if _, after, ok := strings.Cut(s, "://"); ok {
		s = after
	}
	s, _, _ = strings.Cut(s, "/")
	s, _, _ = strings.Cut(s, ":")
	return strings.TrimPrefix(s, "*.")
}

func isDomain(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 {
			return false
		}
		for _, r := range label {
			if !isIdentifier("_"+string(r)) && r != '-' || r == '$' {
				return false
			}
		}
	}
	return len(s) <= 253
}
