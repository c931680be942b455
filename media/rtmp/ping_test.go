package rtmp

import (
	"errors"
	"net"
	"testing"
	"time"

	"weir/media"
	"weir/media/rtmp/chunk"
)

// A connection of players alone is asked whether it lives, once.
func TestSilentPlayersArePinged(t *testing.T) {
	ours, theirs := net.Pipe()
	defer ours.Close()   //nolint:errcheck // of a test
	defer theirs.Close() //nolint:errcheck // of a test
	info := &media.Connection{}
	c := &conn{visit: &visit{info: info}, net: ours, in: newInput(ours, info)}
	c.sessions = []session{c.player(command{stream: 1}, &media.Session{}, nil)}
	asked := make(chan chunk.Message, 1)
	go func() {
		r := chunk.Reader{Source: theirs}
		if m, err := r.Next(); err == nil {
			asked <- *m
		}
	}()
	if err := c.late(); err != nil {
		t.Fatal(err)
	}
	if m := <-asked; m.Type != chunk.UserControl || m.Body[1] != eventPing {
		t.Errorf("the player is told %v", m)
	}
	if left := time.Until(c.in.until); left <= 0 || left > pingTimeout {
		t.Errorf("it has %v to answer", left)
	}
	if err := c.late(); !errors.Is(err, errTimeout) {
		t.Errorf("the second silence: %v, want %v", err, errTimeout)
	}
}
