package host

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// FetchSettings are the directives js_fetch_*. The zero value is their defaults.
type FetchSettings struct {
	// Timeout bounds the time until a response begins, and then each silence in it.
	// Zero means 60 s, njs's default. The call that fetches is bounded by js_timeout.
	Timeout time.Duration
	// MaxResponse bounds the body of a response in bytes, decompressed. Zero means
	// 1 MiB. A fetch's own option wins over it, up to MaxBody.
	MaxResponse int64
	// SkipVerify accepts any certificate.
	SkipVerify bool
	// Authorities are certificates in PEM that are trusted beside the system's.
	Authorities []byte
	// Proxy is the http proxy that all fetches go through, with the name and
	// password for it, if it wants them. Nil means none.
	Proxy *url.URL
	// Keepalive is how many connections to a server may wait for the next fetch. Zero
	// means 32, less than zero none.
	Keepalive int
	// KeepaliveTimeout is how long they wait. Zero means 60 s.
	KeepaliveTimeout time.Duration
}

// Defaults and bounds of fetches.
const (
	DefaultTimeout          = time.Minute
	DefaultMaxResponse      = 1 << 20
	DefaultKeepalive        = 32
	DefaultKeepaliveTimeout = time.Minute

	MaxBody = 32 << 20 // bytes of a response, whatever is asked for

	maxIdle = 256 // connections of a vhost that wait, to all servers
)

// ParseProxy reads the URL of an http proxy: http://[NAME:PASSWORD@]HOST[:PORT].
func ParseProxy(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil {
		return nil, fmt.Errorf("proxy: %w", err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, fmt.Errorf("proxy %s: want http://HOST[:PORT]", u.Redacted())
	}
	return u, nil
}

// roots are the authorities that are trusted; nil: the system's.
func (s *FetchSettings) roots() *x509.CertPool {
	if len(s.Authorities) == 0 {
		return nil
	}
	roots, err := x509.SystemCertPool()
	if err != nil { // there are none
		roots = x509.NewCertPool()
	}
	roots.AppendCertsFromPEM(s.Authorities)
	return roots
}

func (s *FetchSettings) timeout() time.Duration { return cmp.Or(s.Timeout, DefaultTimeout) }

func (s *FetchSettings) maxResponse() int64 {
	return min(cmp.Or(s.MaxResponse, DefaultMaxResponse), MaxBody)
}

// transport makes connections by dial, and keeps them.
func (s *FetchSettings) transport(dial dialFunc, insecure bool) *http.Transport {
	t := &http.Transport{
		DialContext:            dial,
		ForceAttemptHTTP2:      true,
		MaxResponseHeaderBytes: maxHeaders,
		TLSHandshakeTimeout:    dialTime,
		TLSClientConfig:        &tls.Config{RootCAs: s.roots(), InsecureSkipVerify: insecure}, //nolint:gosec // which is asked for
		DisableKeepAlives:      s.Keepalive < 0,
		MaxIdleConns:           max(s.Keepalive, maxIdle),
		MaxIdleConnsPerHost:    cmp.Or(s.Keepalive, DefaultKeepalive),
		IdleConnTimeout:        cmp.Or(s.KeepaliveTimeout, DefaultKeepaliveTimeout),
	}
	if s.Proxy != nil {
		t.Proxy = http.ProxyURL(s.Proxy)
	}
	return t
}
