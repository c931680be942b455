package hub

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// mirrors counts the memory that the process has for mirrors.
func mirrors(t *testing.T) (n int) {
	t.Helper()
	files, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if to, _ := os.Readlink(f); strings.HasPrefix(to, "/memfd:log") {
			n++
		}
	}
	return n
}

// noise is n bytes that tell where they are.
func noise(seed uint64, n int) []byte {
	b := make([]byte, n)
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// Many players of a mirrored log get what was published, also those that take it by
// halves, and the memory is gone when they are.
func TestMirroredPlayers(t *testing.T) {
	before := mirrors(t)
	r := newRig(t, cached).publish()
	r.write("k0")
	var players []*testPlayer
	for i := range leastMirrors + 1 {
		link := "tcp"
		if i == leastMirrors {
			link = "pipe"
		}
		p := r.play(link, SubscribeOptions{}, nil)
		p.expect("F: k0@0")
		players = append(players, p)
	}
	var sent [][]byte
	most := 0
	for i, size := range []int{20 << 10, 60 << 10, 100, 40 << 10, 400 << 10, 30 << 10, 90 << 10} {
		p := packet(fmt.Sprintf("v%d", 33*(i+1)))
		p.Body = append(p.Body, noise(uint64(i), size)...)
		sent = append(sent, p.Body)
		if err := r.pub.WritePacket(p); err != nil {
			t.Fatal(err)
		}
		most = max(most, mirrors(t)-before)
	}
	if most != 1 {
		t.Errorf("there were %d mirrors, want 1", most)
	}
	for i, p := range players {
		for j, want := range sent {
			p.deadline()
			got, err := p.next()
			if err != nil {
				t.Fatal(err)
			}
			if got.Body != string(want) {
				t.Fatalf("player %d: packet %d is not what was published", i, j)
			}
		}
		p.sub.Close(nil)
		p.ends()
	}
	if n := mirrors(t); n != before {
		t.Errorf("%d mirrors are left", n-before)
	}
}

// mirrored is a socket whose player stands ahead of b, the log's bytes from at on, and
// its peer.
func mirrored(t *testing.T, b []byte, at int64) (*fdSocket, net.Conn) {
	t.Helper()
	server, client := tcpLink(t)
	fd, err := duplicate(server.(*net.TCPConn))
	if err != nil {
		t.Fatal(err)
	}
	p := &player{log: &log{}, seg: &segment{buf: b, start: at}}
	t.Cleanup(func() {
		p.log.mirror.close()
		_ = unix.Close(fd)
		server.Close()
		client.Close()
	})
	return &fdSocket{player: p, fd: fd}, client
}

func expectBytes(t *testing.T, c net.Conn, want []byte) {
	t.Helper()
	if err := c.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	got := make([]byte, len(want))
	if _, err := io.ReadFull(c, got); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("other bytes came than were sent")
	}
}

// A socket is given the mirror's bytes if they are all there and worth it, the log's
// own if not.
func TestMirrorSends(t *testing.T) {
	own, other := noise(1, leastMirrored), noise(2, 3*leastMirrored) // as large, to see whose were sent
	const at = 1000
	for name, c := range map[string]struct {
		fill func(*mirror)
		n    int // bytes to send
		want []byte
	}{
		"there":             {func(m *mirror) { m.write(other, at) }, leastMirrored, other},
		"further on":        {func(m *mirror) { m.write(other, at-leastMirrored) }, leastMirrored, other[leastMirrored:]},
		"in two writes":     {func(m *mirror) { m.write(other[:5000], at); m.write(other[5000:], at+5000) }, leastMirrored, other},
		"behind a gap":      {func(m *mirror) { m.write(other, 0); m.write(other, at+int64(len(other))); m.write(other, at) }, leastMirrored, other},
		"in new memory":     {func(m *mirror) { m.write(noise(3, fullMirror), 0); m.write(other, at) }, leastMirrored, other},
		"too little":        {func(m *mirror) { m.write(other, at) }, leastMirrored - 1, own},
		"not there":         {func(*mirror) {}, leastMirrored, own},
		"begun later":       {func(m *mirror) { m.write(other, at+1) }, leastMirrored, own},
		"not whole":         {func(m *mirror) { m.write(other[:leastMirrored-1], at) }, leastMirrored, own},
		"gone":              {func(m *mirror) { m.write(other, at); m.close() }, leastMirrored, own},
		"cannot be sent":    {func(m *mirror) { m.write(other, at); m.memory.close(); m.memory.fd = ^uintptr(0) }, leastMirrored, own},
		"cannot be had":     {func(m *mirror) { withoutFiles(t, func() { m.write(other, at) }) }, leastMirrored, own},
		"cannot be written": {func(m *mirror) { m.replace(&memory{fd: ^uintptr(0)}); m.write(other, at) }, leastMirrored, own},
	} {
		t.Run(name, func(t *testing.T) {
			s, peer := mirrored(t, own, at)
			c.fill(&s.player.log.mirror)
			n, err := s.send(nil, own[:c.n])
			if n != c.n || err != nil {
				t.Fatalf("sent %d bytes of %d: %v", n, c.n, err)
			}
			expectBytes(t, peer, c.want[:n])
		})
	}
}

// withoutFiles runs f while the process may open no more files.
func withoutFiles(t *testing.T, f func()) {
	t.Helper()
	var had unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &had); err != nil {
		t.Fatal(err)
	}
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Max: had.Max}); err != nil {
		t.Fatal(err)
	}
	f()
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &had); err != nil {
		t.Fatal(err)
	}
}

// What a socket took of a mirror is delivered though the mirror's memory is gone and
// others have it, and the memory of a full one is.
func TestMirrorOutlived(t *testing.T) {
	before := mirrors(t)
	s, peer := mirrored(t, nil, 0)
	m := &s.player.log.mirror
	var sent []byte
	for i := range uint64(4) {
		b := noise(i, leastMirrored)
		m.write(b, 0)
		n, err := s.send(nil, b)
		if n != len(b) || err != nil {
			t.Fatalf("sent %d bytes of %d: %v", n, len(b), err)
		}
		sent = append(sent, b...)
		m.write(noise(9, fullMirror), 0)
		m.write(noise(9, fullMirror), 0)
		if n := mirrors(t) - before; n != 1 {
			t.Errorf("there are %d mirrors, want 1", n)
		}
		m.close()
		if n := mirrors(t) - before; n != 0 {
			t.Errorf("%d mirrors are left", n)
		}
	}
	expectBytes(t, peer, sent)
}

// A connection that takes nothing, or is gone, says so: the process is not killed.
func TestMirrorRefused(t *testing.T) {
	b := noise(1, fullMirror)
	s, _ := mirrored(t, b, 0)
	s.player.log.mirror.write(b, 0)
	for range 1000 {
		n, err := s.send(nil, b)
		if err == errAgain {
			break
		}
		if n <= 0 || err != nil {
			t.Fatalf("sent %d bytes: %v", n, err)
		}
	}
	if _, err := s.send(nil, b); err != errAgain {
		t.Errorf("a full socket: %v, want %v", err, errAgain)
	}
	if err := unix.Shutdown(s.fd, unix.SHUT_WR); err != nil {
		t.Fatal(err)
	}
	if _, err := s.send(nil, b); err != unix.EPIPE {
		t.Errorf("a socket that was shut: %v, want %v", err, unix.EPIPE)
	}
}
