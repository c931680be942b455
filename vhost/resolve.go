package vhost

import (
	"context"
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
		return nil, errDisabled
	}
	return v, nil
}

var errDisabled = &media.Denied{Code: 403, Reason: "vhost is disabled"}

// HLS implements hls.Resolver.
func (s *Server) HLS(m *media.Session) (key media.Key, sessions bool, err error) {
	name, _, err := s.pick(context.Background(), m.Connection, m, m.Asked.VHost)
	if err != nil {
		return media.Key{}, false, err
	}
	v, err := s.Generation().resolve(name)
	if err != nil {
		return media.Key{}, false, err
	}
	if _, err := served(v, m); err != nil {
		return media.Key{}, false, err
	}
	if _, ok := v.HTTPRemux.Find(".ts", m.Asked.App, false); ok {
		return media.Key{}, false, fmt.Errorf("%w: transport streams are here", media.ErrNotFound)
	}
	key = m.Asked
	key.VHost = v.Name
	if v.HLS.Ctx {
		return key, true, nil // Play decides the rest
	}
	if err := media.CheckName(key.App, key.Stream); err != nil {
		return media.Key{}, false, err
	}
	return key, false, guard(v, media.KindPlay, m.Connection)
}
