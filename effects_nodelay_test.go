package weir_test

import (
	"net"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"weir/weirtest"
)

func TestTCPNoDelayDirectives(t *testing.T) {
	t.Parallel()
	for block, want := range map[string]bool{"": false, "tcp_nodelay on;": true, "min_latency on;": true} {
		t.Run(block, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything(block))
			p := playing(t, s.RTMP, "a")
			if got := noDelay(t, p.LocalAddr()); got != want {
				t.Errorf("TCP_NODELAY of the player's connection: %v, want %v", got, want)
			}
		})
	}
}

// A change holds for players that are there.
func TestTCPNoDelayFollows(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(""))
	p := playing(t, s.RTMP, "a")
	for i, block := range []string{"tcp_nodelay on;", "tcp_nodelay off;", "min_latency on;"} {
		save(t, s, i+1, everything(block))
		want := i != 1
		eventually(t, "the player's connection follows "+block, func() bool { return noDelay(t, p.LocalAddr()) == want })
	}
}

// noDelay says whether this process's end of the connection from peer has TCP_NODELAY.
func noDelay(t *testing.T, peer net.Addr) bool {
	t.Helper()
	names, err := filepath.Glob("/proc/self/fd/*")
	if err != nil || len(names) == 0 {
		t.Skip("there is no /proc")
	}
	for _, name := range names {
		fd, err := strconv.Atoi(filepath.Base(name))
		if err != nil {
			t.Fatal(err)
		}
		if to, err := syscall.Getpeername(fd); err != nil || !isAddr(to, peer) {
			continue
		}
		v, err := syscall.GetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY)
		if err != nil {
			t.Fatal(os.NewSyscallError("getsockopt", err))
		}
		return v != 0
	}
	t.Fatalf("no connection from %v", peer)
	return false
}

func isAddr(s syscall.Sockaddr, a net.Addr) bool {
	tcp := a.(*net.TCPAddr)
	s4, ok := s.(*syscall.SockaddrInet4)
	return ok && s4.Port == tcp.Port && net.IP(s4.Addr[:]).Equal(tcp.IP)
}
