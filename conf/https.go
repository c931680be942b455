package conf

import "crypto/tls"

// HTTPS is the listener of http_server that speaks TLS, 1.2 or later, beside the
// one that does not.
type HTTPS struct {
	// Enabled says whether HTTPS is served, beside HTTP.
	Enabled bool `conf:"enabled,default=off,reload=listen"`
	// Listen takes the addresses of HTTPS: port, ip:port or [ipv6]:port.
	Listen []Listen `conf:"listen,default=8088,reload=listen"`

	KeyPair
}

// APIHTTPS is the listener of http_api that speaks TLS, 1.2 or later, beside the
// one that does not.
type APIHTTPS struct {
	// Enabled says whether the API is served by HTTPS, beside HTTP.
	Enabled bool `conf:"enabled,default=off,reload=listen"`
	// Listen takes the addresses of the API by HTTPS: port, ip:port or [ipv6]:port. A bare port listens on 127.0.0.1 only, unless auth is enabled.
	Listen []Listen `conf:"listen,default=1990,reload=listen"`

	KeyPair
}

// KeyPair is what a server of TLS shows and what proves that it may.
type KeyPair struct {
	// Key is the file of the private key, in PEM. A relative name is looked for beside the configuration file, then in work_dir. The file is watched: a new key and its certificate serve the connections that come after.
	Key string `conf:"key,default=./conf/server.key,form=path,reload=live"`
	// Cert is the file of the certificate, in PEM, followed by those of its issuers; it is looked for as key is.
	Cert string `conf:"cert,default=./conf/server.crt,form=path,reload=live"`

	// Certificate is the pair, as Load read it; nil if it is not to be served.
	Certificate *tls.Certificate `conf:"-"`
}
