package vhost

import (
	"fmt"
	"net/url"

	"weir/conf"
	"weir/media"
)

// askedVHost is the vhost that a URL names, in SRS's order: a vhost= argument, a
// domain= argument, the host.
func askedVHost(query, host string) string {
	if query != "" {
		args, _ := url.ParseQuery(query) // what parses counts
		for _, name := range []string{"vhost", "domain"} {
			if v := args.Get(name); v != "" {
				return v
			}
		}
	}
	return host
}

// resolve finds the vhost that serves name.
func (g *Generation) resolve(name string) (*conf.VHost, error) {
	v := g.vhost(name)
	if v == nil {
		return nil, fmt.Errorf("%w: no vhost serves this host name", media.ErrNotFound)
	}
	if !v.Enabled {
		return nil, &media.Denied{Code: 403, Reason: "vhost is disabled"}
	}
	return v, nil
}

// HLS implements hls.Resolver.
func (s *Server) HLS(asked media.Key) (key media.Key, ctx, ok bool) {
	v, err := s.Generation().resolve(asked.VHost)
	if err != nil || !v.HLS.Enabled {
		return media.Key{}, false, false
	}
	asked.VHost = v.Name
	return asked, v.HLS.Ctx, true
}
