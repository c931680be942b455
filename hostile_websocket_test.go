package weir_test

import (
	"fmt"
	"strings"
	"testing"

	"weir/media/mediatest"
	"weir/weirtest"
)

// What comes over a WebSocket that no player says ends that player, and nobody else's
// stream has a gap of it (threats: frames that are not masked, frames of a gigabyte,
// pings without end).
func TestWebSocketsThatMisbehave(t *testing.T) {
	t.Parallel()
	ping := "\x89\xfd\x01\x02\x03\x04" + strings.Repeat("x", 125)
	for name, said := range map[string]string{
		"not masked":  "\x82\x01x",
		"a gigabyte":  "\x82\xff\x00\x00\x00\x00\x40\x00\x00\x00....",
		"a long ping": "\x89\xfe\x7f\xff....",
		"ping flood":  strings.Repeat(ping, 1000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything("js_on_stop { s.log('ended ' + s.protocol); }"))
			publish(t, s, "live/a", mediatest.Stream{GOP: 25})
			other := play(t, s, "ws-flv", "live/a")
			p := dialPeer(t, s.HTTP)
			fmt.Fprintf(p, "GET /live/a.flv HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
			for _, err := p.Write([]byte(said)); err == nil && name == "ping flood"; { // which is not read
				_, err = p.Write([]byte(said))
			}
			waitLog(t, s, 1, "ended ws-flv")
			waitFrames(t, other, other.Count().Video+25)
			if c := other.Count(); c.Gaps > 0 || c.Backwards > 0 {
				t.Errorf("another player has %d gaps and %d steps backwards", c.Gaps, c.Backwards)
			}
		})
	}
}
