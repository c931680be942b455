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

// mounted is the vhost that a player of HTTP-FLV means. The host that it names
// decides, unless another vhost has the stream and is mounted under every host
// name; or unless no vhost serves the host, and one is so mounted.
func (s *Server) mounted(asked media.Key) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	has := func(v *conf.VHost) bool {
		return s.publishers[media.Key{VHost: v.Name, App: asked.App, Stream: asked.Stream}] != nil
	}
	own := s.gen.vhost(asked.VHost)
	if own != nil && has(own) || len(s.gen.anyHost) == 0 {
		return asked.VHost
	}
	for _, v := range s.gen.anyHost {
		if has(v) {
			return v.Name
		}
	}
	if own == nil {
		return s.gen.anyHost[0].Name
	}
	return asked.VHost
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
	if err := served(v, m.Connection.Protocol); err != nil {
		return media.Key{}, false, err
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
