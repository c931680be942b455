package rtmp_test

import (
	"encoding/binary"
	"io"
	"net"
	"testing"
	"time"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// peer is a client of RTMP that says whatever a test wants.
type peer struct {
	testing.TB
	net.Conn
	in chunk.Reader
}

// shake connects and greets.
func shake(t testing.TB, addr string) *peer {
	t.Helper()
	return greet(t, connect(t, net.Dialer{}, addr))
}

// connect dials, and says nothing.
func connect(t testing.TB, d net.Dialer, addr string) net.Conn {
	t.Helper()
	c, err := d.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return c
}

// greet does the handshake.
func greet(t testing.TB, c net.Conn) *peer {
	t.Helper()
	p := &peer{TB: t, Conn: c}
	p.in.Source = c
	p.send(append([]byte{3}, make([]byte, 1536)...))
	b := make([]byte, 3073)
	if _, err := io.ReadFull(c, b); err != nil {
		t.Fatal(err)
	}
	p.send(b[1:1537])
	return p
}

func (p *peer) send(parts ...[]byte) {
	p.Helper()
	for _, b := range parts {
		if _, err := p.Write(b); err != nil {
			p.Fatal(err)
		}
	}
}

// next returns the next command's values; nil when the server closed.
func (p *peer) next() []any {
	p.Helper()
	for {
		m, err := p.in.Next()
		if err != nil {
			return nil
		}
		if m.Type != chunk.CommandAMF0 {
			continue
		}
		v, err := amf0.Decode(m.Body)
		if err != nil {
			p.Fatal(err)
		}
		return v
	}
}

// expect reads commands up to one of that name and returns its code, if it has one.
func (p *peer) expect(name string) string {
	p.Helper()
	for {
		v := p.next()
		if v == nil {
			p.Fatalf("closed ahead of %s", name)
		}
		if v[0] == name {
			o, _ := v[len(v)-1].(amf0.Object)
			return o.String("code")
		}
	}
}

// closed reads until the server closes.
func (p *peer) closed() {
	p.Helper()
	for p.next() != nil { //nolint:revive // reads
	}
	if _, err := p.Read(make([]byte, 1)); err == nil {
		p.Fatal("open")
	}
}

func message(t chunk.Type, stream uint32, body []byte) []byte {
	return chunk.Append(nil, chunk.Header{ChunkStream: 3, Type: t, Stream: stream}, body, 128)
}

func cmd(stream uint32, values ...any) []byte {
	return message(chunk.CommandAMF0, stream, amf0.Append(nil, values...))
}

func controlMessage(t chunk.Type, body []byte) []byte {
	return chunk.Append(nil, chunk.Header{ChunkStream: 2, Type: t}, body, 128)
}

func u32(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }

func frame(ts uint32) []byte {
	h := chunk.Header{ChunkStream: 6, Type: chunk.Video, Stream: 1, Timestamp: ts}
	return chunk.Append(nil, h, []byte{0x17, 1, 0, 0, 0, 'f'}, 128)
}

var (
	connectCmd = cmd(0, "connect", 1, amf0.Object{{Name: "app", Value: "live"}, {Name: "tcUrl", Value: "rtmp://a.com/live"}})
	createCmd  = cmd(0, "createStream", 2, nil)
	publishCmd = cmd(1, "publish", 3, nil, "cam", "live")
	playCmd    = cmd(1, "play", 3, nil, "cam")
)

// publishing is a peer that was admitted to publish live/cam of a.com.
func publishing(t *testing.T, addr string) *peer {
	p := shake(t, addr)
	p.send(connectCmd, createCmd, publishCmd)
	if code := p.expect("onStatus"); code != "NetStream.Publish.Start" {
		t.Fatalf("publish: %s", code)
	}
	return p
}
