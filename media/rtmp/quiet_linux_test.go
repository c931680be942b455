package rtmp

import (
	"errors"
	"io"
	"os"
	"syscall"
	"testing"
	"time"
)

// What a socket is told to wait for holds for one read; the next has what there is.
func TestHush(t *testing.T) {
	c, peer := loopback(t)
	q := quietly(c).(*quiet)
	write := func(n int) {
		if _, err := peer.Write(make([]byte, n)); err != nil {
			t.Fatal(err)
		}
	}
	read := func(wait time.Duration) (int, error) {
		if err := c.SetReadDeadline(time.Now().Add(wait)); err != nil {
			t.Fatal(err)
		}
		return q.Read(make([]byte, 4096))
	}
	low := func() (bytes int) {
		var err error
		if failed := q.raw.Control(func(fd uintptr) {
			bytes, err = syscall.GetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVLOWAT)
		}); failed != nil || err != nil {
			t.Fatal(failed, err)
		}
		return bytes
	}
	q.hush(1000)
	if n, err := read(20 * time.Millisecond); n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a read of nothing: %d, %v", n, err)
	}
	if low() != 1000 {
		t.Errorf("it waits for %d bytes", low())
	}
	if n, err := read(20 * time.Millisecond); n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("another read of nothing: %d, %v", n, err)
	}
	if low() != 1 {
		t.Errorf("another read waits for %d bytes", low())
	}
	q.hush(1000)
	write(10)
	if n, err := read(20 * time.Millisecond); n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a read of too little: %d, %v", n, err)
	}
	if n, err := read(20 * time.Second); n != 10 || err != nil {
		t.Errorf("a read behind it: %d, %v", n, err)
	}
	peer.Close()
	if _, err := read(20 * time.Second); !errors.Is(err, io.EOF) {
		t.Errorf("a peer that leaves: %v", err)
	}
}
