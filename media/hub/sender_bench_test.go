package hub

import (
	"context"
	"sync/atomic"
	"testing"
	"time"
)

// apart is a number that has a cache line to itself.
type apart struct {
	atomic.Int64
	_ [120]byte
}

// sink is a connection that takes everything, at the price of a copy.
type sink struct {
	buf  []byte // the shard's
	left *apart // bytes of the log that the shard's players have yet to be sent
	done chan struct{}
}

func (s *sink) abandon()      {}
func (s *sink) open() error   { return nil }
func (s *sink) await()        {}
func (s *sink) ready()        {}
func (s *sink) noDelay(bool)  {}
func (s *sink) release() bool { return true }

func (s *sink) close([]byte, time.Duration) bool { return true }

func (s *sink) send(pre, log []byte) (int, error) {
	for b := log; len(b) > 0; b = b[copy(s.buf, b):] { // as the kernel would
	}
	if s.left.Add(-int64(len(log))) == 0 {
		s.done <- struct{}{}
	}
	return len(pre) + len(log), nil
}

// BenchmarkSender flushes 350 ms of a stream to 10,000 players without sockets, by a
// shard for each processor: -cpu 1,2 shows whether something on the path is serial.
func BenchmarkSender(b *testing.B) {
	const players = 10000
	h := New(Settings{})
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan error)
	go func() { over <- h.Run(ctx) }()
	defer func() { cancel(); <-over }()
	st := h.Stream(testKey, StreamSettings{GOPCache: true, MWLatency: time.Hour})
	pub, err := st.Publish()
	if err != nil {
		b.Fatal(err)
	}
	defer pub.Close(nil)
	done := make(chan struct{}, len(h.shards))
	left, bufs := map[*shard]*apart{}, map[*shard][]byte{}
	for _, s := range h.shards {
		left[s], bufs[s] = new(apart), make([]byte, 128<<10)
	}
	begin := func(bytes int64) {
		for _, n := range left {
			n.Store(bytes * players / int64(len(h.shards)))
		}
	}
	reached := func() {
		for range h.shards {
			<-done
		}
	}
	if err := pub.WritePacket(packet("k0*12000")); err != nil {
		b.Fatal(err)
	}
	l := newLog(testFramer{})
	pub.src.logs = []*log{l}
	pub.src.seed(l)
	begin(l.written.Load())
	for range players {
		sub := st.Subscribe(SubscribeOptions{})
		p := &player{sub: sub, shard: h.shard(), src: pub.src, first: true}
		p.conn.WriteDeadline = time.Minute
		p.socket = &sink{buf: bufs[p.shard], left: left[p.shard], done: done}
		sub.player = p
		pub.src.admit(p, testFramer{})
		p.shard.post(event{player: p, what: joined})
	}
	reached()
	at := time.Duration(0)
	sent := h.Counters.BytesOut.Load()
	b.ReportAllocs()
	for b.Loop() {
		before := l.written.Load()
		for range 10 {
			at += 33 * time.Millisecond
			v := packet("v0*4000")
			v.DTS = at
			if err := pub.WritePacket(v); err != nil {
				b.Fatal(err)
			}
		}
		begin(l.written.Load() - before)
		pub.src.mu.Lock()
		pub.src.flush()
		pub.src.mu.Unlock()
		reached()
	}
	b.SetBytes(int64(h.Counters.BytesOut.Load()-sent) / int64(b.N))
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*players), "ns/send")
}
