package hub

import (
	"context"
	"fmt"
	"io"
	"net"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"weir/media"
)

// closed makes players whose windows are closed: they take what their sockets hold,
// and no more. It returns when all are blocked, and what was written until then.
func (r *rig) closed(n int) (at int) {
	r.t.Helper()
	for range n {
		r.play("tcp", SubscribeOptions{}, nil)
	}
	await(r.t, "players", func() bool { return r.Stats().Players == n+1 })
	for at = 1000; r.hub.Counters.Jumps.Load() < uint64(n); at += 1000 {
		r.group(at)
		await(r.t, "turn of the shards", r.idle)
	}
	return at
}

// Two hundred players whose windows are closed cost the others no frame, and no
// memory but the stream's.
func TestClosedWindows(t *testing.T) {
	const players = 200
	set := StreamSettings{GOPCache: true, MinLatency: true, QueueLength: 2 * time.Second, GOPMaxBytes: 4 << 20}
	r := newRig(t, set).publish()
	r.write("V0")
	reading := r.play("tcp", SubscribeOptions{}, nil)
	frames := make(chan string, 1000)
	go func() {
		defer close(frames)
		for {
			g, err := reading.next()
			if err != nil {
				return
			}
			if g.Kind == byte(media.Video) {
				frames <- g.String()
			}
		}
	}()
	seen := func(from, to int) {
		t.Helper()
		for at := from; at < to; at += 200 {
			want := fmt.Sprintf("v%d@%d", at, at)
			if at%1000 == 0 {
				want = "k" + want[1:]
			}
			select {
			case got := <-frames:
				if got != want {
					t.Fatalf("the player that reads has %s, want %s", got, want)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("the player that reads waits for %s", want)
			}
		}
	}
	r.write("k0")
	seen(0, 200)
	at := r.closed(players)
	seen(1000, at)
	before := heap()
	for end := at + 20000; at < end; at += 1000 { // 20 MB
		r.group(at)
		seen(at, at+1000)
	}
	if grown := heap() - before; grown > 2*int64(set.GOPMaxBytes) {
		t.Errorf("%d MB more are held", grown>>20)
	}
	reading.conn.Close()
}

// heap is what is in use of it.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkClosedWindows sends seconds of a stream to a player that reads, beside
// players that do not.
func BenchmarkClosedWindows(b *testing.B) {
	for _, players := range []int{0, 200} {
		b.Run(fmt.Sprintf("players=%d", players), func(b *testing.B) { besideClosed(b, players) })
	}
}

func besideClosed(b *testing.B, players int) {
	h := New(Settings{})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- h.Run(ctx) }()
	defer func() { cancel(); <-done }()
	st := h.Stream(testKey, StreamSettings{GOPCache: true, MWLatency: 100 * time.Millisecond, QueueLength: 2 * time.Second})
	pub, err := st.Publish()
	if err != nil {
		b.Fatal(err)
	}
	defer pub.Close(nil)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	var sent atomic.Uint64 // to the player that reads
	for i := range players + 1 {
		client, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		defer client.Close()
		server, err := l.Accept()
		if err != nil {
			b.Fatal(err)
		}
		o := SubscribeOptions{}
		if i == players {
			o.Count = &sent
			go func() { _, _ = io.Copy(io.Discard, client) }()
		}
		c := media.Conn{Net: server, WriteDeadline: time.Hour}
		if err := st.Subscribe(o).Attach(c, testFramer{}); err != nil {
			b.Fatal(err)
		}
	}
	list, at := frames(), time.Duration(0)
	second := func() {
		writeSecond(b, pub, list, at)
		at += time.Second
		pub.src.mu.Lock()
		pub.src.flush()
		all := uint64(pub.src.logs[0].written.Load())
		pub.src.mu.Unlock()
		for sent.Load() < all {
			runtime.Gosched()
		}
	}
	for second(); h.Counters.Jumps.Load() < uint64(players); {
		second()
	}
	b.ReportAllocs()
	for b.Loop() {
		second()
	}
}
