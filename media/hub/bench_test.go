package hub

import (
	"context"
	"fmt"
	"io"
	"net"
	"testing"
	"time"

	"weir/media"
)

// frames are a second of video at 30 frames per second and 1 Mbit/s, with audio.
func frames() []*media.Packet {
	list := []*media.Packet{packet("k0*12000")}
	for i := 1; i < 30; i++ {
		list = append(list, packet(fmt.Sprintf("v%d*4000", i*33)), packet(fmt.Sprintf("a%d*200", i*33+5)))
	}
	return list
}

// write writes the frames of the second that begins at at.
func writeSecond(b *testing.B, pub *Publication, list []*media.Packet, at time.Duration) {
	for _, p := range list {
		q := *p
		q.DTS += at
		if err := pub.WritePacket(&q); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPublish writes seconds of a stream; a packet's own allocation is one.
func BenchmarkPublish(b *testing.B) {
	for _, players := range []int{0, 1, 100} {
		b.Run(fmt.Sprintf("players=%d", players), func(b *testing.B) {
			h := New(Settings{Shards: 1}) // which does not run
			st := h.Stream(testKey, StreamSettings{GOPCache: true, MWLatency: 100 * time.Millisecond})
			pub, err := st.Publish()
			if err != nil {
				b.Fatal(err)
			}
			defer pub.Close(nil)
			a := &audience{src: pub.src, shard: h.shards[0], size: players}
			if players > 0 {
				pub.src.logs = []*log{newLog(testFramer{})}
				pub.src.audiences = []*audience{a}
			}
			list := frames()
			b.ReportAllocs()
			at := time.Duration(0)
			for b.Loop() {
				writeSecond(b, pub, list, at)
				at += time.Second
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list)), "ns/packet")
			b.ReportMetric(float64(len(list)), "packets/op")
		})
	}
}

// BenchmarkFanout sends seconds of a stream to players over loopback TCP, and
// waits until they have it: the receivers' side is in the time too.
func BenchmarkFanout(b *testing.B) {
	for _, players := range []int{1, 100, 500} {
		b.Run(fmt.Sprintf("players=%d", players), func(b *testing.B) { fanOut(b, players) })
	}
}

func fanOut(b *testing.B, players int) {
	h := New(Settings{})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- h.Run(ctx) }()
	defer func() { cancel(); <-done }()
	st := h.Stream(testKey, StreamSettings{GOPCache: true, MWLatency: 350 * time.Millisecond})
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
	for range players {
		client, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		defer client.Close()
		server, err := l.Accept()
		if err != nil {
			b.Fatal(err)
		}
		if err := st.Subscribe(SubscribeOptions{}).Attach(media.Conn{Net: server}, testFramer{}); err != nil {
			b.Fatal(err)
		}
		go func() { _, _ = io.Copy(io.Discard, client) }()
	}
	list := frames()
	second := func(at time.Duration) {
		writeSecond(b, pub, list, at)
		pub.src.mu.Lock()
		pub.src.flush()
		all := uint64(pub.src.logs[0].written.Load()) * uint64(players)
		pub.src.mu.Unlock()
		for h.Counters.BytesOut.Load() < all {
			time.Sleep(100 * time.Microsecond)
		}
	}
	second(0)
	sent := h.Counters.BytesOut.Load()
	at := time.Second
	b.ReportAllocs()
	for b.Loop() {
		second(at)
		at += time.Second
	}
	b.SetBytes(int64(h.Counters.BytesOut.Load()-sent) / int64(b.N))
}
