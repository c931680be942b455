package rtmp

import (
	"bytes"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"weir/media"
	"weir/media/flv"
	"weir/media/rtmp/chunk"
)

// frameOf is a video frame of n bytes.
func frameOf(n int) *media.Packet {
	p, err := flv.Packet(media.Video, 40*time.Millisecond, append([]byte{0x27, 1, 0, 0, 0}, make([]byte, n)...))
	if err != nil {
		panic(err)
	}
	return p
}

// wire is a connection whose server has said all that it says.
type wire struct {
	net.Conn
	in      io.Reader
	written int
}

func (w *wire) Read(b []byte) (int, error)       { return w.in.Read(b) }
func (w *wire) Write(b []byte) (int, error)      { w.written += len(b); return len(b), nil }
func (w *wire) Close() error                     { return nil }
func (w *wire) SetDeadline(time.Time) error      { return nil }
func (w *wire) SetReadDeadline(time.Time) error  { return nil }
func (w *wire) SetWriteDeadline(time.Time) error { return nil }

// on is a client whose connection is w.
func on(w *wire) *Client {
	c := &Client{target: target{scheme: "rtmp", host: "a", app: "live", name: "cam"}}
	c.conn = newClientConn(w, c, time.Minute)
	return c
}

// forever repeats bytes.
type forever struct {
	b    []byte
	from int
}

func (f *forever) Read(b []byte) (int, error) {
	n := copy(b, f.b[f.from:])
	f.from = (f.from + n) % len(f.b)
	return n, nil
}

func BenchmarkClientRead(b *testing.B) {
	body := frameOf(5000).Body
	msg := chunk.Append(nil, chunk.Header{ChunkStream: 6, Type: chunk.Video, Stream: 1, Timestamp: 40}, body, chunk.DefaultSize)
	c := on(&wire{in: &forever{b: msg}})
	c.conn.in.SetLimits(chunk.Limits{})
	c.conn.in.Resize(clientBuffer)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.ReadPacket(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkClientWrite(b *testing.B) {
	c := on(&wire{in: bytes.NewReader(nil)})
	c.conn.publishing, c.conn.size = true, clientChunk
	batch := make([]*media.Packet, 10)
	for i := range batch {
		batch[i] = frameOf(5000)
	}
	b.SetBytes(int64(len(batch) * len(batch[0].Body)))
	b.ReportAllocs()
	for b.Loop() {
		if err := c.WritePackets(batch...); err != nil {
			b.Fatal(err)
		}
	}
}

// FuzzClient is a server that sends anything. The client comes to an end of it, and
// says little in answer.
func FuzzClient(f *testing.F) {
	yes := appendMessages(nil, chunk.DefaultSize,
		clientCommand(0, "_result", 1, nil, nil),
		clientCommand(0, "_result", 2, nil, 1),
		clientCommand(1, "onStatus", 0, nil, status{level: "status", code: codePlayStart}.object()),
		number(chunk.WindowAckSize, 1), event(eventPing, 7), number(chunk.SetPeerBandwidth, 9),
		chunk.Message{Type: chunk.Video, Stream: 1, ChunkStream: 6, Body: []byte{0x17, 1, 0, 0, 0, 'f'}},
		chunk.Message{Type: chunk.Aggregate, Stream: 1, ChunkStream: 6, Body: []byte{9, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x17}},
		event(eventStreamEOF, 1),
	)
	f.Add(yes)
	f.Add(appendMessages(nil, chunk.DefaultSize, clientCommand(0, "_error", 1, nil, refusal(codeConnectRejected, &media.Denied{Redirect: "rtmp://b/live"}).object())))
	f.Fuzz(func(t *testing.T, b []byte) {
		w := &wire{in: bytes.NewReader(b)}
		c := on(w)
		_ = c.conn.connect(c.dialer.connectObject(c.target))
		_ = c.Play(t.Context())
		for range 1 + len(b) { // each packet is some of the bytes
			if _, err := c.ReadPacket(); err != nil && !errors.Is(err, media.ErrUnpublished) {
				break
			}
		}
		if w.written > 2000+10*len(b) {
			t.Errorf("%d bytes are answered by %d", len(b), w.written)
		}
	})
}
