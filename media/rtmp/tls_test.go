package rtmp_test

import (
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net"
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

// A client of rtmps plays by TLS, from those whom it trusts.
func TestClientTrustsCertificates(t *testing.T) {
	h := httptest.NewTLSServer(nil) // has a certificate
	config, roots := h.TLS.Clone(), x509.NewCertPool()
	roots.AddCert(h.Certificate())
	h.Close()
	config.NextProtos = nil
	l, err := tls.Listen("tcp", "127.0.0.1:0", config)
	if err != nil {
		t.Fatal(err)
	}
	r := mediatest.NewRouter(t)
	addr := start(t, r, &rtmp.Server{Listener: l, Log: slog.New(slog.DiscardHandler)})
	url := "rtmps://" + addr + "/live/cam"
	if c, err := rtmp.Dial(soon(t), url); err == nil {
		_ = c.Close()
		t.Error("a client trusts a stranger")
	}
	d := rtmp.Dialer{TLS: &tls.Config{RootCAs: roots}}
	var both [2]*rtmp.Client
	for i := range both {
		if both[i], err = d.Dial(soon(t), url); err != nil {
			t.Fatal(err)
		}
		defer both[i].Close() //nolint:errcheck // of a test
	}
	if err := both[0].Publish(soon(t)); err != nil {
		t.Fatal(err)
	}
	if err := both[1].Play(soon(t)); err != nil {
		t.Fatal(err)
	}
	write(t, both[0], mediatest.GOP(2))
	if _, err := both[1].ReadPacket(); err != nil {
		t.Error(err)
	}
	for _, c := range both {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestClientDialsIPv6(t *testing.T) {
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip(err)
	}
	r := mediatest.NewRouter(t)
	addr := start(t, r, &rtmp.Server{Listener: l})
	publish(t, "rtmp://"+addr+"/live/cam")
	if s := r.Sessions()[0]; s.Connection.Host != "::1" || s.Asked.VHost != "::1" {
		t.Errorf("the host is %q", s.Connection.Host)
	}
}
