//go:build linux

package main

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
)

// errRemote keeps a load from being aimed at another machine by accident.
var errRemote = errors.New("not an address of this machine; -remote allows it")

// reach says which machines a load may be aimed at.
type reach struct {
	remote bool // any; else this one alone
}

func addReachFlag(fs *flag.FlagSet) *reach {
	r := &reach{}
	fs.BoolVar(&r.remote, "remote", false, "allow addresses of other machines, which are yours or whose owner agrees")
	return r
}

// allows returns an error that wraps errRemote for an address out of reach.
func (r reach) allows(a netip.Addr) error {
	if !r.remote && !a.Unmap().IsLoopback() {
		return fmt.Errorf("%s: %w", a, errRemote)
	}
	return nil
}

// control is a net.Dialer's: it refuses what r does not allow, redirects included.
func (r reach) control(_, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("dial: %w", err)
	}
	return r.allows(a.Addr())
}

// indexed is a URL with the index of a stream in the place of {i}.
func indexed(pattern string, i int) string {
	return strings.ReplaceAll(pattern, "{i}", strconv.Itoa(i))
}

// address is a stream on a server.
type address struct {
	addr      netip.AddrPort
	host      string // as it was written
	app, name string // of RTMP; the name with its parameters
	path      string // of HTTP, with its query
}

var defaultPorts = map[string]string{"rtmp": "1935", "http": "80"}

// parseAddress resolves an rtmp:// or http:// URL.
func parseAddress(s string, r reach) (address, error) {
	u, err := url.Parse(s)
	if err != nil {
		return address{}, &usageError{fmt.Errorf("address: %w", err)}
	}
	port, ok := defaultPorts[u.Scheme]
	if !ok {
		return address{}, &usageError{fmt.Errorf("address %q: neither rtmp:// nor http://", s)}
	}
	if u.Port() != "" {
		port = u.Port()
	}
	tcp, err := net.ResolveTCPAddr("tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		return address{}, fmt.Errorf("address %q: %w", s, err)
	}
	a := address{addr: tcp.AddrPort(), host: u.Host, path: u.RequestURI()}
	if err := r.allows(a.addr.Addr()); err != nil {
		return address{}, &usageError{fmt.Errorf("address %q: %w", s, err)}
	}
	if u.Scheme == "rtmp" {
		path := strings.TrimPrefix(u.Path, "/")
		k := strings.LastIndexByte(path, '/')
		if k < 1 || k == len(path)-1 {
			return address{}, &usageError{fmt.Errorf("address %q: not rtmp://HOST/APP/STREAM", s)}
		}
		a.app, a.name = path[:k], path[k+1:]
		if u.RawQuery != "" {
			a.name += "?" + u.RawQuery
		}
	}
	return a, nil
}

// parseAddresses resolves n streams' URLs.
func parseAddresses(pattern string, n int, r reach) ([]address, error) {
	all := make([]address, n)
	for i := range all {
		var err error
		if all[i], err = parseAddress(indexed(pattern, i), r); err != nil {
			return nil, err
		}
	}
	return all, nil
}
