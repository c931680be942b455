package hub

import (
	"sync"
	"testing"
	"time"
)

// A pulse calls in the order of the times, never early, those of one beat together,
// and what was asked for before it was opened.
func TestPulse(t *testing.T) {
	start := time.Now()
	p := &pulse{start: start}
	var mu sync.Mutex
	var order []int
	done := make(chan struct{})
	call := func(name int, after time.Duration) {
		at := start.Add(after)
		p.at(at, func() {
			mu.Lock()
			defer mu.Unlock()
			if early := time.Until(at); early > 0 {
				t.Errorf("call %d comes %v early", name, early)
			}
			if order = append(order, name); len(order) == 5 {
				close(done)
			}
		})
	}
	call(3, 31*time.Millisecond)
	call(1, 11*time.Millisecond)
	if err := p.open(); err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(p.run)
	call(2, 12*time.Millisecond)
	call(4, 32*time.Millisecond)
	call(5, 60*time.Millisecond)
	<-done
	call(6, time.Hour)
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	running.Wait()
	call(7, 0) // is never made
	mu.Lock()
	defer mu.Unlock()
	for i, name := range order {
		if name != i+1 {
			t.Fatalf("calls in the order %v", order)
		}
	}
}
