package weir_test

import (
	"net"
	"sync"
	"testing"
	"time"

	"weir/weirtest"
)

// Thousands of connections that come at once, of which none stays, harm nobody and
// leave nothing behind.
func TestFloodOfConnections(t *testing.T) {
	const connections, atOnce = 5000, 50
	s := weirtest.Up(t, everything(""))
	b := stand(t, s)
	b.unharmed(t)
	before := held(t)
	var flood sync.WaitGroup
	for i := range atOnce {
		flood.Go(func() {
			for range connections / atOnce {
				c, err := net.DialTimeout("tcp", s.RTMP, weirtest.Patience)
				if err != nil {
					t.Error(err)
					return
				}
				_ = c.SetDeadline(time.Now().Add(weirtest.Patience))
				if i%2 == 0 { // half of them begin a handshake
					_, _ = c.Write(append([]byte{3}, make([]byte, 1536)...))
					_, _ = c.Read(make([]byte, 1))
				}
				_ = c.(*net.TCPConn).SetLinger(0)
				_ = c.Close()
			}
		})
	}
	flood.Wait()
	before.comeBack(t)
	b.unharmed(t)
}
