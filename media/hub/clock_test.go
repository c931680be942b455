package hub

import (
	"testing"
	"time"

	"weir/media"
)

// FuzzClock feeds three bytes for each packet: its kind, and a time in units that
// make jumps likely. Times never go back within a track nor ahead of the stream by
// more than a jump.
func FuzzClock(f *testing.F) {
	f.Add([]byte{0, 0, 0, 1, 0, 1, 0, 200, 200, 1, 0, 2, 255, 0, 0, 3, 4, 5})
	f.Fuzz(func(t *testing.T, b []byte) {
		var c clock
		c.restart()
		last := map[media.Kind]time.Duration{}
		for ; len(b) >= 3; b = b[3:] {
			if b[0] == 255 {
				c.restart()
				continue
			}
			p := &media.Packet{
				Kind: []media.Kind{media.Audio, media.Video, media.Data}[b[0]%3], Config: b[0]&32 != 0,
				DTS: time.Duration(b[1])*time.Duration(b[1])*time.Second/4 + time.Duration(b[2])*time.Millisecond,
			}
			if b[0]&64 != 0 {
				p.DTS = -p.DTS
			}
			now := c.now
			at := c.time(p)
			switch {
			case at < last[p.Kind]:
				t.Fatalf("%v goes back from %v to %v", p.Kind, last[p.Kind], at)
			case at > now+maxJump:
				t.Fatalf("%v jumps from %v to %v", p.Kind, now, at)
			case c.now < now:
				t.Fatalf("the stream goes back from %v to %v", now, c.now)
			}
			if !p.Config {
				last[p.Kind] = at
			}
		}
	})
}
