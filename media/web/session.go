// Package web is what the protocols over HTTP have in common: the session of a
// request, the answer to what the router refused, a connection's place among
// those that a listener admits.
package web

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"weir/media"
)

// PlaySession returns the session of a request that plays /app/stream and ext, as
// ".flv", by protocol. The error wraps media.ErrBadName, or media.ErrNotFound for a
// path that names no app, which may be a file.
//
// The peer's address is the connection's; headers that claim another are not
// believed.
func PlaySession(r *http.Request, protocol, ext string) (*media.Session, error) {
	app, stream, err := name(r.URL, ext)
	if err != nil {
		return nil, err
	}
	host := hostname(r.Host)
	c := &media.Connection{
		ID: media.NewID(), Protocol: protocol,
		Remote: remote(r), Local: local(r), ConnectedAt: time.Now(),
		App: app, Host: host, PageURL: r.Referer(), Header: r.Header,
	}
	return &media.Session{
		ID: media.NewID(), Kind: media.KindPlay, Connection: c,
		Asked: media.Key{VHost: vhost(r.URL, host), App: app, Stream: stream},
		Query: r.URL.RawQuery, URL: absolute(r, protocol), StartedAt: c.ConnectedAt,
	}, nil
}

// name takes app and stream from the path. It decodes an element once, and
// after the path was split: an encoded slash is a bad character, not a separator.
func name(u *url.URL, ext string) (app, stream string, err error) {
	path := strings.TrimPrefix(u.EscapedPath(), "/")
	if !strings.Contains(path, "/") {
		return "", "", fmt.Errorf("%w: the path has no app", media.ErrNotFound)
	}
	elements := strings.Split(path, "/")
	for i, el := range elements {
		if elements[i], err = url.PathUnescape(el); err != nil || strings.Contains(elements[i], "/") {
			return "", "", fmt.Errorf("%w: the path has an encoded slash", media.ErrBadName)
		}
	}
	last := len(elements) - 1
	app, stream = strings.Join(elements[:last], "/"), strings.TrimSuffix(elements[last], ext)
	return app, stream, media.CheckName(app, stream)
}

// vhost returns what a vhost= or domain= argument names, else host: SRS's order.
func vhost(u *url.URL, host string) string {
	args := u.Query()
	for _, name := range []string{"vhost", "domain"} {
		if v := args.Get(name); v != "" {
			return v
		}
	}
	return host
}

// hostname is a Host header without its port.
func hostname(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		return h
	}
	return strings.Trim(host, "[]")
}

func absolute(r *http.Request, protocol string) string {
	scheme := "http"
	if strings.HasPrefix(protocol, "ws-") {
		scheme = "ws"
	}
	if r.TLS != nil {
		scheme += "s"
	}
	return scheme + "://" + r.Host + r.URL.RequestURI()
}

func remote(r *http.Request) netip.AddrPort {
	a, _ := netip.ParseAddrPort(r.RemoteAddr) // as net/http wrote it
	return netip.AddrPortFrom(a.Addr().Unmap(), a.Port())
}

func local(r *http.Request) netip.AddrPort {
	a, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if !ok {
		return netip.AddrPort{}
	}
	return netip.AddrPortFrom(a.AddrPort().Addr().Unmap(), a.AddrPort().Port())
}
