package httphooks

import (
	"net"
	"net/http"
	"time"
)

// maxConns is how many connections a vhost has to one back end.
const maxConns = 128

// newTransport makes the connections of one vhost, so that a back end that hangs
// for one vhost takes nothing from another. HTTP/1.1 without proxies; what HTTP/2
// would share, the bounds here count.
func newTransport() *http.Transport {
	return &http.Transport{
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxConnsPerHost:        maxConns,
		MaxIdleConnsPerHost:    16,
		MaxIdleConns:           64,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true, // answers are a few bytes
	}
}

// transport returns the connections of a vhost.
func (c *Client) transport(vhost string) *http.Transport {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.transports[vhost]
	if t == nil {
		if c.transports == nil {
			c.transports = map[string]*http.Transport{}
		}
		t = newTransport()
		c.transports[vhost] = t
	}
	return t
}

// closeIdle closes the connections that nobody uses.
func (c *Client) closeIdle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.transports {
		t.CloseIdleConnections()
	}
}
