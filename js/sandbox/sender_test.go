package sandbox

import (
	"net"
	"sync"
	"testing"
)

// pair is a socket with both of its ends.
func pair(t testing.TB) (a, b *net.UnixConn) {
	t.Helper()
	a, f, err := socketPair()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if b, err = unixConn(f); err != nil {
		t.Fatal(err)
	}
	return a, b
}

// A worker that does not read makes nobody wait, and gets everything in its order
// when it does.
func TestFullSocketMakesNobodyWait(t *testing.T) {
	a, b := pair(t)
	defer b.Close()
	s, err := newSender(a)
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	quit := make(chan struct{})
	running.Go(func() {
		if err := s.run(quit); err != nil {
			t.Error(err)
		}
	})
	body := make([]byte, 4<<10)
	const n = 1000 // 4 MB: more than any socket takes
	for id := range uint32(n) {
		if !s.send(frameCall, id, body) {
			t.Fatal("refused")
		}
	}
	in := &reader{r: b}
	for id := range uint32(n) {
		f, err := in.next()
		if err != nil || f.id != id || len(f.body) != len(body) {
			t.Fatalf("%v, %v, want frame %d", f.id, err, id)
		}
	}
	close(quit)
	a.Close()
	running.Wait()
}

func TestQueueIsBounded(t *testing.T) {
	a, b := pair(t)
	defer a.Close()
	defer b.Close()
	s, err := newSender(a)
	if err != nil {
		t.Fatal(err)
	}
	body := make([]byte, 16<<20)
	n := 0
	for s.send(frameCall, 1, body) {
		n++
	}
	if n < maxQueue/len(body) || n > maxQueue/len(body)+3 {
		t.Errorf("%d frames were queued", n)
	}
}
