package sandbox

import (
	"testing"
)

// A wake is for reads that wait: those that do not find what there is all the same.
func TestWakeKeepsNothingFromBeingRead(t *testing.T) {
	ours, theirs, err := socketPair()
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	conn, err := unixConn(theirs)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	theirs.Close()
	s, err := newSocket(conn)
	if err != nil {
		t.Fatal(err)
	}
	s.wake()
	if _, err := ours.Write([]byte("call")); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 10)
	if n, err := s.read(b, false); err != nil || string(b[:n]) != "call" {
		t.Errorf("%q, %v, want what is there", b[:n], err)
	}
	if _, err := s.read(b, false); !s.isPause(err) {
		t.Errorf("%v, want that there is nothing", err)
	}
}
