package rtmp

import (
	"bytes"
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

// A ping of any framing is one that players understand.
func TestFramerPings(t *testing.T) {
	now := time.UnixMilli(1<<32 + 0x01020304)
	for _, size := range []int{0, 128, 60000} {
		b := Framer{ChunkSize: size}.Ping([]byte("x"), now)
		want := []byte("x\x02\x00\x00\x00\x00\x00\x06\x04\x00\x00\x00\x00\x00\x06\x01\x02\x03\x04")
		if !bytes.Equal(b, want) {
			t.Errorf("chunk size %d: %x, want %x", size, b, want)
		}
	}
}
