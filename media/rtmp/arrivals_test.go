package rtmp_test

import (
	"net"
	"os"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/media/rtmp"
)

// from dials from 127.0.0.n.
func from(t *testing.T, n byte, addr string) net.Conn {
	t.Helper()
	return connect(t, net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, n)}}, addr)
}

// isClosed says whether the server has closed, rather than answered to C0 and C1.
func isClosed(t *testing.T, c net.Conn) bool {
	t.Helper()
	_, _ = c.Write(append([]byte{3}, make([]byte, 1536)...))
	_, err := c.Read(make([]byte, 1))
	if os.IsTimeout(err) {
		t.Fatal("no answer to C1")
	}
	return err != nil
}

// So many of one address may be ahead of connect; others, and those who have
// connected, are none of them.
func TestArrivalsOfAnAddressAreBounded(t *testing.T) {
	const room = 512
	addr := serve(t, mediatest.NewRouter(t), rtmp.Settings{HandshakeTimeout: time.Hour})
	for range 3 {
		p := greet(t, from(t, 1, addr))
		p.send(connectCmd)
		p.expect("_result")
	}
	arriving := make([]net.Conn, room)
	for i := range arriving {
		arriving[i] = from(t, 1, addr)
	}
	if isClosed(t, arriving[room-1]) {
		t.Error("one of those for whom there is room was sent away")
	}
	if !isClosed(t, from(t, 1, addr)) {
		t.Errorf("more than %d arrive", room)
	}
	if isClosed(t, from(t, 2, addr)) {
		t.Error("another address was sent away")
	}
	_ = arriving[0].Close()
	for isClosed(t, from(t, 1, addr)) { // until it was seen to leave
		time.Sleep(time.Millisecond)
	}
}
