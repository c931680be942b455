//go:build linux

package main

import (
	"errors"
	"fmt"
	"io"
	"net/netip"

	"golang.org/x/sys/unix"
)

// peer is what speaks a protocol on a connection.
type peer interface {
	open()            // the connection is there
	data(b []byte)    // bytes came, which are the peer's during the call only
	closed(err error) // it ended, for a reason other than the peer's own if err is not nil
}

// conn is a TCP connection of a reactor.
type conn struct {
	r    *reactor
	peer peer

	fd     int
	out    []byte // what the socket had no room for
	isOpen bool
	isDone bool
}

// dial begins a connection.
func (r *reactor) dial(a netip.AddrPort, p peer) (*conn, error) {
	family, to := sockaddr(a)
	fd, err := unix.Socket(family, unix.SOCK_STREAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("socket: %w", err)
	}
	err = unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
	if err == nil {
		if err = unix.Connect(fd, to); errors.Is(err, unix.EINPROGRESS) {
			err = nil
		}
	}
	if err == nil {
		err = unix.EpollCtl(r.epoll, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN | unix.EPOLLOUT, Fd: int32(fd)}) //nolint:gosec // descriptors are small
	}
	if err != nil {
		_ = unix.Close(fd) // the error at hand says more
		return nil, fmt.Errorf("connect %s: %w", a, err)
	}
	c := &conn{r: r, peer: p, fd: fd}
	r.conns[int32(fd)] = c //nolint:gosec // descriptors are small
	return c, nil
}

func sockaddr(a netip.AddrPort) (family int, to unix.Sockaddr) {
	if ip := a.Addr().Unmap(); ip.Is4() {
		return unix.AF_INET, &unix.SockaddrInet4{Port: int(a.Port()), Addr: ip.As4()}
	}
	return unix.AF_INET6, &unix.SockaddrInet6{Port: int(a.Port()), Addr: a.Addr().As16()}
}

// event serves what epoll says of the connection.
func (c *conn) event(events uint32) {
	const broken = unix.EPOLLERR | unix.EPOLLHUP
	if !c.isOpen {
		code, err := unix.GetsockoptInt(c.fd, unix.SOL_SOCKET, unix.SO_ERROR)
		if err == nil && code != 0 {
			err = unix.Errno(code)
		}
		if err != nil {
			c.close(fmt.Errorf("connect: %w", err))
			return
		}
		c.isOpen = true
		c.peer.open()
	}
	if events&unix.EPOLLOUT != 0 && !c.isDone {
		c.flush()
	}
	if events&(unix.EPOLLIN|broken) != 0 && !c.isDone {
		c.read()
	}
}

func (c *conn) read() {
	n, err := unix.Read(c.fd, c.r.buf)
	switch {
	case errors.Is(err, unix.EAGAIN), errors.Is(err, unix.EINTR):
	case err != nil:
		c.close(fmt.Errorf("read: %w", err))
	case n == 0:
		c.close(io.EOF)
	default:
		c.r.woken = now()
		c.peer.data(c.r.buf[:n])
	}
}

// send writes b, or keeps what the socket has no room for.
func (c *conn) send(b []byte) {
	if c.isDone {
		return
	}
	if len(c.out) > 0 || !c.isOpen {
		c.out = append(c.out, b...)
		return
	}
	n := c.write(b)
	if n < len(b) && !c.isDone {
		c.out = append(c.out, b[n:]...)
		c.arm()
	}
}

// flush writes what is kept.
func (c *conn) flush() {
	if len(c.out) > 0 {
		n := c.write(c.out)
		c.out = append(c.out[:0], c.out[n:]...)
	}
	if !c.isDone {
		c.arm()
	}
}

// write returns how much the socket took; an error closes the connection.
func (c *conn) write(b []byte) int {
	n, err := unix.Write(c.fd, b)
	if err != nil && !errors.Is(err, unix.EAGAIN) && !errors.Is(err, unix.EINTR) {
		c.close(fmt.Errorf("write: %w", err))
	}
	return max(0, n)
}

// arm waits for bytes, and for room while something is kept.
func (c *conn) arm() {
	e := unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(c.fd)} //nolint:gosec // descriptors are small
	if len(c.out) > 0 {
		e.Events |= unix.EPOLLOUT
	}
	if err := unix.EpollCtl(c.r.epoll, unix.EPOLL_CTL_MOD, c.fd, &e); err != nil {
		c.close(fmt.Errorf("epoll: %w", err))
	}
}

// close ends the connection and tells the peer.
func (c *conn) close(err error) {
	if c.isDone {
		return
	}
	c.isDone = true
	delete(c.r.conns, int32(c.fd)) //nolint:gosec // descriptors are small
	_ = unix.Close(c.fd)           // takes its registration along
	if c.peer != nil {
		c.peer.closed(err)
	}
}
