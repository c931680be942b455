package weir

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"syscall"
	"time"

	"weir/conf"
)

// role is what a listener serves.
type role string

const (
	roleRTMP     role = "rtmp"
	roleHTTP     role = "http"
	roleHTTPS    role = "https"
	roleAPI      role = "api"
	roleHTTPSAPI role = "https api"
)

// place is what the configuration asks for: a role at an address.
type place struct {
	role role
	addr string
	nth  int // of those with this role and address: free ports
}

// bound is a listener in use.
type bound struct {
	place
	net.Listener
}

// Addresses are where the server listens, as host:port.
type Addresses struct{ RTMP, HTTP, HTTPS, API, HTTPSAPI []string }

// listeners are the server's listeners. A change is prepared by bind, which may
// fail without any effect, and takes effect by commit.
type listeners struct {
	serve func(bound) // runs a protocol until the listener is closed

	mu     sync.Mutex
	open   map[place]bound
	next   map[place]bound // what bind prepared
	serves sync.WaitGroup
}

// places are what c asks for.
func places(c *conf.Config) []place {
	var list []place
	add := func(r role, addrs []conf.Listen) {
		for _, l := range addrs {
			p := place{role: r, addr: l.Addr}
			for slices.Contains(list, p) {
				p.nth++
			}
			list = append(list, p)
		}
	}
	add(roleRTMP, c.Listen)
	if s := &c.HTTPServer; s.Enabled {
		add(roleHTTP, s.Listen)
		if s.HTTPS.Enabled {
			add(roleHTTPS, s.HTTPS.Listen)
		}
	}
	if a := &c.HTTPAPI; a.Enabled {
		add(roleAPI, a.Listen)
		if a.HTTPS.Enabled {
			add(roleHTTPSAPI, a.HTTPS.Listen)
		}
	}
	return list
}

// bind opens what c asks for and is not open yet. On an error nothing has changed.
func (l *listeners) bind(c *conf.Config) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next = map[place]bound{}
	var fault error
	var later []place // taken, maybe by a listener that is to go
	for _, p := range places(c) {
		if b, ok := l.open[p]; ok {
			l.next[p] = b
			continue
		}
		ln, err := net.Listen("tcp", p.addr)
		switch {
		case err == nil:
			l.next[p] = bound{p, ln}
		case errors.Is(err, syscall.EADDRINUSE):
			later = append(later, p)
		default:
			fault = errors.Join(fault, fmt.Errorf("%s: %w", p.role, err))
		}
	}
	if fault == nil {
		fault = l.replace(later)
	}
	if fault != nil {
		l.discard()
	}
	return fault
}

// replace opens places whose port our own listeners hold that are to go, as from
// 0.0.0.0:1935 to 127.0.0.1:1935: those are closed first, and opened again if a
// place cannot be had for all that. Connections that were accepted live on.
func (l *listeners) replace(places []place) error {
	if len(places) == 0 {
		return nil
	}
	var gone []place
	for p, b := range l.open {
		_, stays := l.next[p]
		if !stays && slices.ContainsFunc(places, func(q place) bool { return port(q) == port(p) }) {
			b.Close() //nolint:errcheck // only accepting ends
			delete(l.open, p)
			gone = append(gone, p)
		}
	}
	var fault error
	deadline := time.Now().Add(lingering)
	for _, p := range places {
		ln, err := listenBy(deadline, p.addr)
		if err != nil {
			fault = errors.Join(fault, fmt.Errorf("%s: %w", p.role, err))
			continue
		}
		l.next[p] = bound{p, ln}
	}
	if fault == nil {
		return nil
	}
	l.discard()
	deadline = time.Now().Add(lingering)
	for _, p := range gone {
		ln, err := listenBy(deadline, p.addr)
		if err != nil {
			fault = errors.Join(fault, fmt.Errorf("%s: listen again: %w", p.role, err))
			continue
		}
		b := bound{p, ln}
		l.open[p] = b
		l.serves.Go(func() { l.serve(b) })
	}
	return fault
}

// lingering is how long a port may be held by what we closed: a process that is
// being started has copies of our descriptors until its program is loaded.
const lingering = 200 * time.Millisecond

// listenBy listens at an address, and tries again until the deadline while it is
// in use.
func listenBy(deadline time.Time, addr string) (net.Listener, error) {
	for {
		ln, err := net.Listen("tcp", addr)
		if !errors.Is(err, syscall.EADDRINUSE) || time.Now().After(deadline) {
			return ln, err
		}
		time.Sleep(time.Millisecond)
	}
}

func port(p place) string {
	_, port, _ := net.SplitHostPort(p.addr) // it was checked
	return port
}

// discard closes what bind opened in vain.
func (l *listeners) discard() {
	for p, b := range l.next {
		if _, ok := l.open[p]; !ok {
			b.Close() //nolint:errcheck // it has served nobody
		}
	}
	l.next = nil
}

// commit serves what bind opened and closes what is no longer asked for; the
// connections that were accepted there live on.
func (l *listeners) commit() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for p, b := range l.open {
		if _, ok := l.next[p]; !ok {
			b.Close() //nolint:errcheck // only accepting ends
		}
	}
	for p, b := range l.next {
		if _, ok := l.open[p]; !ok {
			l.serves.Go(func() { l.serve(b) })
		}
	}
	l.open, l.next = l.next, nil
}

// closeAll ends accepting.
func (l *listeners) closeAll() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, b := range l.open {
		b.Close() //nolint:errcheck // only accepting ends
	}
	l.open = nil
}

// wait waits for every protocol to end.
func (l *listeners) wait() { l.serves.Wait() }

// addresses are where the server listens now.
func (l *listeners) addresses() Addresses {
	l.mu.Lock()
	defer l.mu.Unlock()
	var a Addresses
	for p, b := range l.open {
		at := b.Addr().String()
		switch p.role {
		case roleRTMP:
			a.RTMP = append(a.RTMP, at)
		case roleHTTP:
			a.HTTP = append(a.HTTP, at)
		case roleHTTPS:
			a.HTTPS = append(a.HTTPS, at)
		case roleAPI:
			a.API = append(a.API, at)
		case roleHTTPSAPI:
			a.HTTPSAPI = append(a.HTTPSAPI, at)
		}
	}
	return a
}
