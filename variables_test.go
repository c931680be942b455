package weir_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weir/weirtest"
)

// A script and the log are told the same of a connection by TLS, and of the server.
func TestVariablesOfHTTPS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, log := filepath.Join(dir, "srs.conf"), filepath.Join(dir, "access.log")
	p := newPair(t, 1)
	p.save(t, file)
	weirtest.Write(t, file, `listen 1935;
		log_format secure '$ssl_protocol $ssl_cipher $ssl_server_name $https $scheme $hostname $pid'; access_log `+log+` secure;
		http_server { enabled on; listen 8080; https { enabled on; listen 8088; key server.key; cert server.crt; }
			location / { js_content { const v = r.variables; r.return(200, [v.ssl_protocol, v.ssl_cipher, v.ssl_server_name, v.https, v.scheme, v.hostname, v.pid].join(' ')); } } }
		vhost __defaultVhost__ { }`)
	s := weirtest.Serve(t, file)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(p.cert))
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, ServerName: "live.example.com"}}
	defer transport.CloseIdleConnections()
	resp, err := (&http.Client{Transport: transport}).Get("https://" + s.HTTPS + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	machine, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("TLSv1.3 %s live.example.com on https %s %d", tls.CipherSuiteName(resp.TLS.CipherSuite), strings.ToLower(machine), os.Getpid())
	if got, err := io.ReadAll(resp.Body); err != nil || string(got) != want {
		t.Errorf("the script is told %q, %v, want %q", got, err, want)
	}
	logged(t, log, "^"+regexp.QuoteMeta(want)+"$")
	has(t, "without TLS", said(t, s, get("/")), "200", fmt.Sprintf("    http %s %d", strings.ToLower(machine), os.Getpid()))
}
