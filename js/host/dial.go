package host

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	dialTime = 10 * time.Second // for one connection, its name's look-up included
	maxDials = 256              // at a time, of one Fetcher: they outlast the fetch that is aborted
)

var errDials = errors.New("too many connections are being made")

type dialFunc = func(ctx context.Context, network, hostport string) (net.Conn, error)

// dialer makes the connections of a Fetcher, to where its permit allows.
type dialer struct {
	permit   *Permit // nil: everywhere
	resolver *net.Resolver
	dials    atomic.Int64
}

// dial is http.Transport's. The address is checked when it is known: between the
// look-up and the connection, so that what is checked is what is connected to.
func (d *dialer) dial(ctx context.Context, network, hostport string) (net.Conn, error) {
	defer d.dials.Add(-1)
	if d.dials.Add(1) > maxDials {
		return nil, errDials
	}
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		return nil, err
	}
	n := net.Dialer{Timeout: dialTime, Resolver: d.resolver}
	n.Control = func(_, address string, _ syscall.RawConn) error {
		if d.permit == nil {
			return nil
		}
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("address %q: %w", address, err)
		}
		return d.permit.checkAddress(host, at)
	}
	return n.DialContext(ctx, network, hostport)
}

// portOf is the port of a URL, whose scheme is http or https.
func portOf(scheme, port string) (uint16, error) {
	switch {
	case port != "":
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return 0, fmt.Errorf("port %q is out of range", port)
		}
		return uint16(n), nil
	case scheme == "https":
		return 443, nil
	}
	return 80, nil
}
