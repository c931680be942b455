package weir_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"weir/media/mediatest"
	"weir/media/rtmp/chunk"
	"weir/weirtest"
)

// Fifty players that read nothing, and some that talk without end, cost neither
// the publisher nor the other players a frame, and no memory of their own.
func TestPlayersThatDoNotRead(t *testing.T) {
	const stuck, talkers, frames, size = 50, 2, 50, 100 << 10 // 20 Mbit/s
	s := weirtest.Up(t, everything("queue_length 1;"))
	b := stand(t, s)
	pub := publish(t, s, "live/big", mediatest.Stream{GOP: 25, FrameSize: size})
	others := map[string]*weirtest.Player{"rtmp": nil, "flv": nil}
	for protocol := range others {
		others[protocol] = play(t, s, protocol, "live/big")
	}
	for _, p := range others {
		waitFrames(t, p, 25)
	}
	memory := heap()
	for i := range stuck {
		if i%2 == 0 {
			p := dialPeer(t, s.HTTP)
			fmt.Fprintf(p, "GET /live/big.flv HTTP/1.1\r\nHost: a\r\n\r\n")
			continue
		}
		playing(t, s.RTMP, "big")
	}
	for range talkers {
		p := playing(t, s.RTMP, "big")
		defer p.Close()
		go func() {
			ping := message(chunk.UserControl, 0, []byte{0, 6, 0, 0, 0, 1})
			for _, err := p.Write(ping); err == nil; _, err = p.Write(ping) {
			}
		}()
	}
	begun := pub.Frames.Load()
	for protocol, p := range others {
		waitFrames(t, p, p.Count().Video+frames)
		if c := p.Count(); c.Gaps > 0 || c.Backwards > 0 {
			t.Errorf("the player by %s has %d gaps and %d steps backwards", protocol, c.Gaps, c.Backwards)
		}
	}
	b.unharmed(t)
	if grown := heap() - memory; grown > 64<<20 {
		t.Errorf("%d MB are held for players that do not read", grown>>20)
	}
	sent := (pub.Frames.Load() - begun) * size
	if n := behind(t, s, "big", sent*3/4); n < stuck {
		t.Errorf("only %d of the players are behind: the test tests nothing", n)
	}
}

// playing is a peer that was admitted to play live/stream, and reads no more.
func playing(t *testing.T, addr, stream string) *peer {
	t.Helper()
	p := shake(t, addr)
	p.Write(connectTo("live"))
	p.Write(createStream)
	p.Write(command(1, "play", 3, nil, stream))
	if got := p.code("onStatus"); got != "NetStream.Play.Reset" {
		t.Fatalf("play: status %q", got)
	}
	return p
}

// behind is how many players of a stream were sent less than n bytes.
func behind(t *testing.T, s *weirtest.Server, stream string, n int64) int {
	t.Helper()
	var answer struct {
		Clients []struct {
			Name      string
			Publish   bool
			SendBytes int64 `json:"send_bytes"`
		}
	}
	_, body := fetch(t, s.API, "/api/v1/clients?count=1000")
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, c := range answer.Clients {
		if c.Name == stream && !c.Publish && c.SendBytes < n {
			count++
		}
	}
	return count
}
