package rtmp_test

import (
	"fmt"
	"io"
	"runtime"
	"testing"
	"time"

	"weir/media/rtmp/chunk"
)

// second is a second of a stream as its publisher sends it: a keyframe and 29 more
// frames of video at 1 Mbit/s, audio behind each.
func second() (wire []byte, messages, bodies int) {
	add := func(h chunk.Header, body []byte) {
		h.Delta, h.Timestamp = true, 33
		wire = chunk.Append(wire, h, body, chunk.DefaultSize)
		messages, bodies = messages+1, bodies+len(body)
	}
	for i := range 30 {
		video := append([]byte{0x27, 1, 0, 0, 0}, make([]byte, 4000)...)
		if i == 0 {
			video[0] = 0x17
		}
		add(chunk.Header{ChunkStream: 6, Type: chunk.Video}, video)
		add(chunk.Header{ChunkStream: 4, Type: chunk.Audio}, append([]byte{0xaf, 1}, make([]byte, 200)...))
	}
	return wire, messages, bodies
}

// BenchmarkIngest takes seconds of a stream from a publisher's connection into the
// hub, and sends them to players. What a message costs does not grow with those.
func BenchmarkIngest(b *testing.B) {
	for _, players := range []int{0, 1, 500} {
		b.Run(fmt.Sprintf("players=%d", players), func(b *testing.B) { ingest(b, players) })
	}
}

func ingest(b *testing.B, players int) {
	r, addr := serveHub(b)
	p := shake(b, addr)
	_ = p.SetDeadline(time.Time{})
	p.send(connectCmd, createCmd, publishCmd)
	p.expect("onStatus")
	begin := func(id uint32, t chunk.Type, body []byte) {
		p.send(chunk.Append(nil, chunk.Header{ChunkStream: id, Type: t, Stream: 1}, body, chunk.DefaultSize))
	}
	begin(6, chunk.Video, []byte{0x17, 0, 0, 0, 0, 1, 100, 0, 31})
	begin(4, chunk.Audio, []byte{0xaf, 0, 0x12, 0x10})
	for range players {
		q := shake(b, addr)
		_ = q.SetDeadline(time.Time{})
		q.send(connectCmd, createCmd, playCmd)
		q.expect("onStatus")
		go func() { _, _ = io.Copy(io.Discard, q.Conn) }()
	}
	wire, messages, bodies := second()
	taken, sent := r.hub.Counters.Packets.Load(), uint64(0)
	take := func() {
		p.send(wire)
		taken += uint64(messages)
		for r.hub.Counters.Packets.Load() < taken || r.hub.Counters.BytesOut.Load() < sent {
			time.Sleep(100 * time.Microsecond)
		}
		sent += uint64(players * bodies) // of which a part waits for the next frame
	}
	take()
	take()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b.ReportAllocs()
	b.SetBytes(int64(len(wire)))
	for b.Loop() {
		take()
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(b.N*messages), "allocs/message")
}
