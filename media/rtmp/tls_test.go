package rtmp_test

import (
	"crypto/tls"
	"net/http/httptest"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
	"weir/media/rtmp/chunk"
)

func TestTLS(t *testing.T) {
	h := httptest.NewTLSServer(nil) // has a certificate
	certs := h.TLS.Certificates
	h.Close()
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: certs})
	if err != nil {
		t.Fatal(err)
	}
	r := mediatest.NewRouter(t)
	addr := start(t, r, &rtmp.Server{Listener: l})
	connect := func() *peer {
		c, err := tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true}) //nolint:gosec // of a test
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		_ = c.SetDeadline(time.Now().Add(patience))
		return greet(t, c)
	}
	pub := connect()
	pub.send(connectCmd, createCmd, publishCmd)
	pub.expect("onStatus")
	pub.send(frame(0), frame(40))
	if !r.Wait(soon(t), func() bool { return len(r.Packets(camKey)) == 2 }) {
		t.Fatal("packets do not arrive")
	}
	player := connect()
	player.send(connectCmd, createCmd, playCmd)
	for {
		m, err := player.in.Next()
		if err != nil {
			t.Fatal(err)
		}
		if m.Type == chunk.Video {
			break
		}
	}
	r.End(&media.Kicked{})
	for _, p := range []*peer{pub, player} {
		p.closed()
		_ = p.Close()
	}
}
