package weir_test

import (
	"encoding/binary"
	"io"
	"net"
	"testing"
	"time"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
	"weir/weirtest"
)

// peer is a client of RTMP that says whatever a test wants.
type peer struct {
	net.Conn
	in chunk.Reader
}

// dialPeer connects, and says nothing.
func dialPeer(t testing.TB, addr string) *peer {
	t.Helper()
	return dialBy(t, &net.Dialer{}, addr)
}

// dialFrom is dialPeer from 127.0.0.n. Two may have the same port, one after the other.
func dialFrom(t testing.TB, n byte, addr string) *peer {
	t.Helper()
	return dialBy(t, &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, n)}}, addr)
}

func dialBy(t testing.TB, d *net.Dialer, addr string) *peer {
	t.Helper()
	c, err := d.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.SetDeadline(time.Now().Add(weirtest.Patience)); err != nil {
		t.Fatal(err)
	}
	p := &peer{Conn: c}
	p.in.Source = c
	return p
}

// shake connects and does the handshake.
func shake(t testing.TB, addr string) *peer {
	t.Helper()
	p := dialPeer(t, addr)
	p.Write(append([]byte{3}, make([]byte, 1536)...))
	b := make([]byte, 3073)
	if _, err := io.ReadFull(p, b); err != nil {
		t.Fatalf("handshake: %v", err)
	}
	p.Write(b[1:1537])
	return p
}

// command returns the next command's values; nil when the server closed.
func (p *peer) command() []any {
	for {
		m, err := p.in.Next()
		if err != nil {
			return nil
		}
		if v, err := amf0.Decode(m.Body); m.Type == chunk.CommandAMF0 && err == nil && len(v) > 0 {
			return v
		}
	}
}

// code reads commands up to one of that name and returns its status; "" when the
// server closed ahead of it.
func (p *peer) code(name string) string {
	for v := p.command(); v != nil; v = p.command() {
		if v[0] == name {
			o, _ := v[len(v)-1].(amf0.Object)
			return o.String("code")
		}
	}
	return ""
}

// publishing is a peer that was admitted to publish.
func publishing(t testing.TB, addr, app, stream string) *peer {
	t.Helper()
	p := shake(t, addr)
	p.Write(connectTo(app))
	p.Write(createStream)
	p.Write(command(1, "publish", 3, nil, stream, "live"))
	if got := p.code("onStatus"); got != "NetStream.Publish.Start" {
		t.Fatalf("publish %s/%s: %q", app, stream, got)
	}
	return p
}

// message is a message in chunks of 128 bytes.
func message(kind chunk.Type, stream uint32, body []byte) []byte {
	return chunk.Append(nil, chunk.Header{ChunkStream: 3, Type: kind, Stream: stream}, body, chunk.DefaultSize)
}

func command(stream uint32, values ...any) []byte {
	return message(chunk.CommandAMF0, stream, amf0.Append(nil, values...))
}

// bigChunk is the size of chunks in which tests send media.
const bigChunk = 1 << 20

// media is a message in one chunk, after sizeUp.
func tagMessage(kind chunk.Type, ms uint32, body []byte) []byte {
	h := chunk.Header{ChunkStream: 6, Type: kind, Stream: 1, Timestamp: ms}
	return chunk.Append(nil, h, body, bigChunk)
}

// sizeUp makes a peer's chunks big.
var sizeUp = message(chunk.SetChunkSize, 0, u32(bigChunk))

func u32(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }

func connectTo(app string, more ...amf0.Property) []byte {
	o := amf0.Object{{Name: "app", Value: app}, {Name: "tcUrl", Value: "rtmp://127.0.0.1/" + app}}
	return command(0, "connect", 1, append(o, more...))
}

var createStream = command(0, "createStream", 2, nil)
