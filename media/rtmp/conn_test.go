package rtmp

import (
	"errors"
	"net"
	"os"
	"testing"
	"time"

	"weir/media"
	"weir/media/rtmp/chunk"
)

// stuck takes one byte of the first write in time, and all of what follows.
type stuck struct {
	net.Conn
	writes int
}

func (*stuck) SetReadDeadline(time.Time) error { return nil }

func (*stuck) SetWriteDeadline(time.Time) error { return nil }

func (s *stuck) Write(b []byte) (int, error) {
	if s.writes++; s.writes == 1 {
		return 1, os.ErrDeadlineExceeded
	}
	return len(b), nil
}

// Nothing is sent in the middle of a message that a peer did not take in time.
func TestWriteThatFailedIsTheLast(t *testing.T) {
	to := &stuck{}
	c := &conn{visit: &visit{info: &media.Connection{}}, net: to}
	for range 2 {
		if err := c.send(number(chunk.Acknowledgement, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("send: %v", err)
		}
	}
	if to.writes != 1 {
		t.Errorf("%d writes, want 1", to.writes)
	}
}
