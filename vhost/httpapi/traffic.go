package httpapi

import (
	"time"

	"weir/media"
	"weir/vhost"
)

// traffic is what the clients of a stream or a vhost sent and got.
type traffic struct {
	clients int
	in, out uint64 // bytes
	kbps    kbpsShape
	tcURL   string // of a publisher
}

// sum adds up the clients of each name.
func sum[Name comparable](s *Server, of func(vhost.Client) Name) map[Name]traffic {
	sums, now := map[Name]traffic{}, time.Now()
	for _, c := range s.Vhosts.Clients() {
		t := sums[of(c)]
		t.clients++
		t.in += c.Session.BytesIn.Load()
		t.out += c.Session.BytesOut.Load()
		t.kbps = t.kbps.plus(s.rates.of(c.Session, now))
		if c.Kind == media.KindPublish {
			t.tcURL = shown(c.Session.Connection.TCURL, "rtmp", "rtmps")
		}
		sums[of(c)] = t
	}
	return sums
}
