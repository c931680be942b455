package weir

import (
	"crypto/tls"
	"errors"
	"net"

	"weir/conf"
)

// secured is the listener that a protocol gets: ln itself, or one that speaks TLS
// there, 1.2 or later. Each handshake shows the certificate of the present
// generation; connections that were made with another live on.
func (s *Server) secured(ln bound) net.Listener {
	if ln.role != roleHTTPS && ln.role != roleHTTPSAPI {
		return ln
	}
	return tls.NewListener(ln, &tls.Config{
		MinVersion: tls.VersionTLS12,
		NextProtos: []string{"http/1.1"}, // HTTP/2 has no connection that a player could take over
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			if pair := ln.role.pair(s.router.Generation().Conf); pair != nil {
				return pair, nil
			}
			return nil, errors.New("https is not served any more")
		},
	})
}

// pair is what a listener of role r shows; nil if c has none.
func (r role) pair(c *conf.Config) *tls.Certificate {
	switch r {
	case roleHTTPS:
		return c.HTTPServer.HTTPS.Certificate
	case roleHTTPSAPI:
		return c.HTTPAPI.HTTPS.Certificate
	}
	return nil
}
