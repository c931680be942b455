package rtmp

import (
	"errors"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"weir/media"
)

// loopback returns the two ends of a TCP connection.
func loopback(t *testing.T) (c, peer net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if peer, err = net.Dial("tcp", l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = peer.Close() })
	if c, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c, peer
}

// inputOf returns an input and its peer.
func inputOf(t *testing.T) (*input, net.Conn) {
	t.Helper()
	c, peer := loopback(t)
	return newInput(c, &media.Connection{}), peer
}

// What gathers is read when its time has come, though it is little; the deadline that
// was moved meanwhile holds.
func TestInputGathers(t *testing.T) {
	in, peer := inputOf(t)
	var woken atomic.Int32
	in.gather = func() time.Time { return time.Now().Add(20 * time.Millisecond) }
	in.wake = func(at time.Time, f func()) {
		time.AfterFunc(time.Until(at), func() { woken.Add(1); f() })
	}
	in.wait(time.Minute)
	in.all = true
	b := make([]byte, 100)
	for range 3 {
		if _, err := peer.Write([]byte("little")); err != nil {
			t.Fatal(err)
		}
		if n, err := in.Read(b); err != nil || string(b[:n]) != "little" {
			t.Fatalf("read %q, %v", b[:n], err)
		}
		in.wait(2 * time.Minute)
	}
	if woken.Load() == 0 {
		t.Error("nothing gathered")
	}
}

// A deadline that is moved on with each packet is not taken for one that has passed.
func TestInputDeadline(t *testing.T) {
	in, peer := inputOf(t)
	b := make([]byte, 100)
	begun := time.Now()
	in.wait(50 * time.Millisecond)
	for range 2 { // the connection's deadline stays that of the first
		if _, err := peer.Write([]byte("a")); err != nil {
			t.Fatal(err)
		}
		if _, err := in.Read(b); err != nil {
			t.Fatal(err)
		}
		in.wait(300 * time.Millisecond)
	}
	if _, err := in.Read(b); !errors.Is(err, errTimeout) {
		t.Fatalf("a read of nothing: %v", err)
	}
	if took := time.Since(begun); took < 300*time.Millisecond {
		t.Errorf("it ended after %v", took)
	}
	in.interrupt(errNudged)
	if _, err := in.Read(b); !errors.Is(err, errNudged) {
		t.Errorf("an interrupted read: %v", err)
	}
}

// unhurried is a Publication whose packets gather to a time of its own.
type unhurried struct {
	media.Publication
	until time.Time
}

func (p unhurried) Gather() time.Time    { return p.until }
func (unhurried) Wake(time.Time, func()) {}

// What one publisher of a connection may wait for does not hold another's packets up.
func TestOnlyPublisherGathers(t *testing.T) {
	in, _ := inputOf(t)
	c := &conn{in: in}
	first := &publisher{conn: c, gatherer: unhurried{until: time.Unix(1, 0)}}
	second := &publisher{conn: c, gatherer: unhurried{until: time.Unix(2, 0)}}
	c.join(first)
	if in.gather == nil || !in.gather().Equal(time.Unix(1, 0)) {
		t.Error("the only publisher does not gather")
	}
	c.join(second)
	if in.gather != nil {
		t.Error("two publishers gather")
	}
	c.drop(first)
	if in.gather == nil || !in.gather().Equal(time.Unix(2, 0)) {
		t.Error("the one that is left does not gather")
	}
	c.drop(second)
	if in.gather != nil {
		t.Error("nobody gathers")
	}
}
