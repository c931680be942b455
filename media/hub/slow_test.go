package hub

import (
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"weir/media"
)

// group writes a group of pictures of a second at at: 5 frames of 200 KB, which no
// socket's buffers hold for long.
func (r *rig) group(at int) {
	r.t.Helper()
	r.write(fmt.Sprintf("k%d*200000", at))
	for i := 1; i < 5; i++ {
		r.write(fmt.Sprintf("v%d*200000", at+200*i))
	}
}

// A player that does not read skips to the newest keyframe, and its messages are
// whole.
func TestSlowPlayerJumps(t *testing.T) {
	eachLink(t, func(t *testing.T, link string) {
		r := newRig(t, StreamSettings{GOPCache: true, QueueLength: 3 * time.Second}).publish()
		r.write("V0")
		p := r.play(link, SubscribeOptions{}, nil)
		at := 0
		for ; r.hub.Counters.Jumps.Load() == 0 && at < 120000; at += 1000 { // the publisher never waits
			r.group(at)
			await(t, "turn of the shard", r.idle)
		}
		if r.hub.Counters.Jumps.Load() == 0 {
			t.Fatal("the player did not jump")
		}
		r.write(fmt.Sprintf("v%d", at))
		jumps, before := 0, -1
		for last := fmt.Sprintf("v%d@%d", at, at); ; {
			p.deadline()
			g, err := p.next()
			if err != nil {
				t.Fatal(err)
			}
			switch now := int(g.At.Milliseconds()); {
			case g.Kind == recordBegin:
				jumps, before = jumps+1, -1
			case g.Kind == recordFirst:
			case before < 0 && g.Body[0] != 'k' && jumps > 0:
				t.Errorf("after a jump comes %v", g)
			case before >= 0 && now-before > 200:
				t.Errorf("%v follows a packet at %d", g, before)
			}
			if g.Kind == byte(media.Video) {
				before = int(g.At.Milliseconds())
			}
			if g.String() == last {
				break
			}
		}
		if jumps == 0 {
			t.Error("the player saw no jump")
		}
	})
}

// A player that takes nothing for many times as long as it may lag does not gather
// the headers of all the places where it could have begun.
func TestLaggardIsSentHeadersOnce(t *testing.T) {
	r := newRig(t, StreamSettings{GOPCache: true, QueueLength: 3 * time.Second}).publish()
	r.write("V0")
	p := r.play("tcp", SubscribeOptions{}, nil)
	at := 0
	for ; at < 30000; at += 1000 {
		r.group(at)
		await(t, "turn of the shard", r.idle)
	}
	if r.hub.Counters.Jumps.Load() == 0 {
		t.Error("the player did not jump")
	}
	r.write(fmt.Sprintf("v%d", at))
	for was, last := byte(0), fmt.Sprintf("v%d@%d", at, at); ; {
		p.deadline()
		g, err := p.next()
		if err != nil {
			t.Fatal(err)
		}
		if was == recordBegin && g.Kind == recordBegin {
			t.Fatal("headers follow headers")
		}
		if was = g.Kind; g.String() == last {
			break
		}
	}
}

// idle says whether all shards have done what they were told.
func (r *rig) idle() bool {
	for _, s := range r.hub.shards {
		s.mu.Lock()
		n := len(s.inbox) + len(s.queue) + len(s.wake)
		s.mu.Unlock()
		if n > 0 {
			return false
		}
	}
	return true
}

// A player that takes nothing for its write deadline is ended, though its stream
// halts.
func TestSlowPlayerEnds(t *testing.T) {
	eachLink(t, func(t *testing.T, link string) {
		r := newRig(t, cached).publish()
		r.write("V0")
		p := r.play(link, SubscribeOptions{}, func(c *media.Conn) { c.WriteDeadline = 50 * time.Millisecond })
		for at := 0; at < 40000; at += 1000 {
			r.group(at)
		}
		if reason := p.reason(); !errors.Is(reason, media.ErrSlow) {
			t.Errorf("ended with %v, want ErrSlow", reason)
		}
		if err := p.sub.Err(); !errors.Is(err, media.ErrSlow) {
			t.Errorf("Err() = %v, want ErrSlow", err)
		}
		if n := r.hub.Counters.Slow.Load(); n != 1 {
			t.Errorf("counted %d slow players, want 1", n)
		}
	})
}

// A player that asks without reading the answers is ended.
func TestRepliesAreBounded(t *testing.T) {
	eachLink(t, func(t *testing.T, link string) {
		r := newRig(t, cached)
		p := r.play(link, SubscribeOptions{}, func(c *media.Conn) {
			c.Receive = func([]byte) ([]byte, error) { return make([]byte, maxReplies/4), nil }
		})
		go func() {
			for {
				if _, err := p.conn.Write([]byte("x")); err != nil {
					return
				}
			}
		}()
		if reason := p.reason(); !errors.Is(reason, media.ErrSlow) {
			t.Errorf("ended with %v, want ErrSlow", reason)
		}
		p.conn.Close()
	})
}

// Times that stand still do not let a laggard hold more than the bytes allowed.
func TestLagIsBoundedInBytes(t *testing.T) {
	r := newRig(t, StreamSettings{GOPCache: true, GOPMaxBytes: 4 << 20}).publish()
	r.write("V0")
	p := r.play("tcp", SubscribeOptions{}, nil)
	for i := 0; r.hub.Counters.Jumps.Load() == 0 && i < 1000; i++ {
		r.write("k0*200000")
		await(t, "turn of the shard", r.idle)
	}
	if r.hub.Counters.Jumps.Load() == 0 {
		t.Error("the player did not jump")
	}
	go func() { _, _ = io.Copy(io.Discard, p.conn) }()
}
