package vhost

import (
	"net/url"
	"strings"

	"weir/conf"
	"weir/media"
)

// referred applies refer to the page that a peer names: it must be of one of the
// domains, for everybody and for its kind. No page is of none.
func referred(r conf.Refer, kind, page string) error {
	if !r.Enabled {
		return nil
	}
	own := r.Publish
	if kind == media.KindPlay {
		own = r.Play
	}
	host := ""
	if u, err := url.Parse(page); err == nil {
		host = strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	}
	for _, domains := range [][]string{r.All, own} {
		if len(domains) > 0 && !ofDomain(domains, host) {
			return errPage
		}
	}
	return nil
}

func ofDomain(domains []string, host string) bool {
	for _, d := range domains {
		if host == d || strings.HasSuffix(host, "."+d) {
			return true
		}
	}
	return false
}

var errPage = &media.Denied{Code: 403, Reason: "this page may not embed the stream"}
