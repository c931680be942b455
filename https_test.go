package weir_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io/fs"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"weir"
	"weir/confparse"
	"weir/media"
	"weir/media/mediatest"
	"weir/weirtest"
)

const secure = `
listen 1935;
http_server { enabled on; listen 8080; https { enabled on; listen 8088; key server.key; cert server.crt; } }
http_api { enabled on; listen 1985; https { enabled on; listen 1990; key server.key; cert server.crt; } }
vhost __defaultVhost__ {
    http_remux { enabled on; }
    hls { enabled on; hls_fragment 1; hls_window 6; }
    js_on_play { s.log('plays ' + s.url); }
}
`

// pair is a key and the certificate that it signed, in PEM.
type pair struct{ key, cert string }

func newPair(t *testing.T, serial int64) pair {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{
		SerialNumber: big.NewInt(serial), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"live.example.com"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	cert, err := x509.CreateCertificate(rand.Reader, about, about, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	text := func(kind string, b []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}))
	}
	return pair{text("PRIVATE KEY", der), text("CERTIFICATE", cert)}
}

// save writes the pair beside a configuration file, the key first, as tools do
// that renew it.
func (p pair) save(t *testing.T, conf string) {
	t.Helper()
	weirtest.Write(t, filepath.Join(filepath.Dir(conf), "server.key"), p.key)
	weirtest.Write(t, filepath.Join(filepath.Dir(conf), "server.crt"), p.cert)
}

// upSecure serves secure with p, which players trust.
func upSecure(t *testing.T, p pair) *weirtest.Server {
	t.Helper()
	file := filepath.Join(t.TempDir(), "srs.conf")
	p.save(t, file)
	weirtest.Write(t, file, secure)
	s, err := weirtest.Start(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
		if t.Failed() {
			t.Logf("the server's log:\n%s", s.Log)
		}
	})
	s.Roots = x509.NewCertPool()
	s.Roots.AppendCertsFromPEM([]byte(p.cert))
	return s
}

// shown is the serial number of the certificate that addr shows.
func shown(t *testing.T, addr string) int64 {
	t.Helper()
	c, err := tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

func TestPlayersByHTTPS(t *testing.T) {
	t.Parallel()
	s := upSecure(t, newPair(t, 1))
	publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	for _, protocol := range []string{"flv+tls", "hls+tls"} {
		p := play(t, s, protocol, "live/a")
		waitFrames(t, p, 40)
		c := p.Count()
		if !c.First(media.Video).Key || c.Gaps != 0 || c.Backwards != 0 {
			t.Errorf("%s: begins with a keyframe: %v, %d gaps, %d steps backwards", protocol, c.First(media.Video).Key, c.Gaps, c.Backwards)
		}
	}
	waitLog(t, s, 1, "plays https://"+s.HTTPS+"/live/a.flv")
	waitLog(t, s, 1, "plays https://"+s.HTTPS+"/live/a.m3u8")
	if _, err := s.Play("flv+tls", "live/nothing"); !strings.HasPrefix(fmt.Sprint(err), "404") {
		t.Errorf("a stream that is not there: %v", err)
	}
}

// A player that takes nothing holds up neither the others nor the server's end.
func TestStalledPlayerByHTTPS(t *testing.T) {
	t.Parallel()
	s := upSecure(t, newPair(t, 1))
	publish(t, s, "live/a", mediatest.Stream{GOP: 25, FrameSize: 64 << 10})
	for range 5 {
		c, err := tls.Dial("tcp", s.HTTPS, &tls.Config{RootCAs: s.Roots})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprintf(c, "GET /live/a.flv HTTP/1.1\r\nHost: %s\r\n\r\n", s.HTTPS)
	}
	waitLog(t, s, 5, "plays ")
	p := play(t, s, "flv+tls", "live/a")
	waitFrames(t, p, 75)
	if c := p.Count(); c.Gaps != 0 {
		t.Errorf("%d gaps", c.Gaps)
	}
}

// A renewed pair serves who comes after; who is there does not notice.
func TestPairIsRenewedUnderPlayers(t *testing.T) {
	t.Parallel()
	s := upSecure(t, newPair(t, 1))
	publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	p := play(t, s, "flv+tls", "live/a")
	waitFrames(t, p, 10)
	for serial := int64(2); serial < 5; serial++ {
		newPair(t, serial).save(t, s.Conf)
		for _, addr := range []string{s.HTTPS, s.HTTPSAPI} {
			eventually(t, "the renewed pair is shown", func() bool { return shown(t, addr) == serial })
		}
	}
	waitLog(t, s, 1, "msg=changed directive=http_server.https.cert", "applies=live")
	waitFrames(t, p, p.Count().Video+25)
	if c := p.Count(); c.Gaps != 0 || c.Backwards != 0 {
		t.Errorf("%d gaps, %d steps backwards", c.Gaps, c.Backwards)
	}
}

// changing is a disk where change runs when the file called name has been opened
// to be read for the first time.
type changing struct {
	confparse.Disk
	name   string
	change func()
	opened *atomic.Int32
}

func (c changing) Open(name string) (fs.File, error) {
	f, err := c.Disk.Open(name)
	if filepath.Base(name) == c.name && c.opened.Add(1) == 2 { // the first is to see whether it is a file
		c.change()
	}
	return f, err
}

// A pair that changes while it is loaded is noticed: what was loaded counts.
func TestPairThatChangesWhileItIsLoaded(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "srs.conf")
	newPair(t, 1).save(t, file)
	weirtest.Write(t, file, secure)
	second := newPair(t, 2)
	started := make(chan weir.Addresses, 1)
	s := &weir.Server{
		FS:   changing{name: "server.crt", change: func() { second.save(t, file) }, opened: &atomic.Int32{}},
		Conf: file, Log: slog.New(slog.DiscardHandler), Started: func(a weir.Addresses) { started <- a },
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	defer func() { stop(); <-done }()
	select {
	case a := <-started:
		eventually(t, "the pair of the disk is shown", func() bool { return shown(t, a.HTTPS[0]) == 2 })
	case err := <-done:
		done <- err
		t.Fatal(err)
	}
}

func TestBrokenPairIsRefused(t *testing.T) {
	t.Parallel()
	first, second := newPair(t, 1), newPair(t, 2)
	s := upSecure(t, first)
	publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	p := play(t, s, "flv+tls", "live/a")
	for _, broken := range []struct {
		pair
		reason string
	}{
		{pair{second.key, first.cert}, "private key does not match"},
		{pair{first.key, "no PEM"}, "BEGIN CERTIFICATE"},
		{pair{"", first.cert}, "failed to find any PEM data in key"},
	} {
		broken.save(t, s.Conf)
		waitLog(t, s, 1, "reload refused", broken.reason)
		_, found := weir.Check(context.Background(), confparse.Disk{}, s.Conf)
		if !found.HasErrors() || found[0].Code != "E409" || found[0].Span.Start.Line != 3 {
			t.Errorf("check: %v", found)
		}
	}
	if got := shown(t, s.HTTPS); got != 1 {
		t.Errorf("certificate %d is shown, want the one before", got)
	}
	waitFrames(t, p, p.Count().Video+25)
	waitFrames(t, play(t, s, "hls+tls", "live/a"), 10)
	second.save(t, s.Conf)
	eventually(t, "the repaired pair is shown", func() bool { return shown(t, s.HTTPS) == 2 })
}

// What is no HTTP over TLS 1.2 or later is turned away.
func TestStrangersAtHTTPS(t *testing.T) {
	t.Parallel()
	s := upSecure(t, newPair(t, 1))
	for _, addr := range []string{s.HTTPS, s.HTTPSAPI} {
		if res, _ := fetch(t, addr, "/"); res.StatusCode != http.StatusBadRequest || !res.Close {
			t.Errorf("plain HTTP: %s, closed %v", res.Status, res.Close)
		}
		for name, config := range map[string]*tls.Config{
			"TLS 1.1": {MaxVersion: tls.VersionTLS11},
			"HTTP/2":  {NextProtos: []string{"h2"}},
		} {
			config.InsecureSkipVerify = true
			if c, err := tls.Dial("tcp", addr, config); err == nil {
				c.Close()
				t.Errorf("%s is admitted", name)
			}
		}
		c, err := tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2", "http/1.1"}})
		if err != nil {
			t.Fatal(err)
		}
		if got := c.ConnectionState().NegotiatedProtocol; got != "http/1.1" {
			t.Errorf("protocol %q", got)
		}
		c.Close()
	}
	if all := s.Log.Count("TLS handshake error"); all == 0 || all > s.Log.Count("TLS handshake error", "level=DEBUG") {
		t.Errorf("%d handshakes that failed are logged, some not as debugging", all)
	}
}

// The API answers to its certificate's names.
func TestAPIByHTTPS(t *testing.T) {
	t.Parallel()
	s := upSecure(t, newPair(t, 1))
	client := &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		TLSClientConfig:   &tls.Config{RootCAs: s.Roots},
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			at := map[string]string{"live.example.com:443": s.HTTPSAPI, "live.example.com:80": s.API}[addr]
			return (&net.Dialer{}).DialContext(ctx, network, at)
		},
	}}
	for scheme, want := range map[string]int{"https": http.StatusOK, "http": http.StatusForbidden} {
		res, err := client.Get(scheme + "://live.example.com/api/v1/versions")
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s: %s, want %d", scheme, res.Status, want)
		}
	}
}

// HTTPS that is turned off turns newcomers away; who is there stays.
func TestHTTPSIsTurnedOff(t *testing.T) {
	t.Parallel()
	s := upSecure(t, newPair(t, 1))
	publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	p := play(t, s, "flv+tls", "live/a")
	waitFrames(t, p, 10)
	weirtest.Write(t, s.Conf, strings.ReplaceAll(secure, "https { enabled on;", "https { enabled off;"))
	waitLog(t, s, 1, "msg=reloaded")
	eventually(t, "nobody is admitted", func() bool {
		c, err := net.Dial("tcp", s.HTTPS)
		if err == nil {
			c.Close()
		}
		return err != nil
	})
	waitFrames(t, p, p.Count().Video+25)
	if c := p.Count(); c.Gaps != 0 {
		t.Errorf("%d gaps", c.Gaps)
	}
}
