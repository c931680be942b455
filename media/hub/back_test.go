package hub

import (
	"context"
	"io"
	"testing"
	"time"

	"weir/media"
)

// A connection that is asked back works on, and so does its subscription.
func TestConnectionGoesBack(t *testing.T) {
	eachLink(t, func(t *testing.T, link string) {
		r := newRig(t, cached).publish()
		r.write("V0 k1000 v1040")
		back := make(chan media.Returned, 1)
		p := r.play(link, SubscribeOptions{}, func(c *media.Conn) {
			c.Receive = func([]byte) ([]byte, error) { return nil, media.ErrBack }
			c.Back = func(r media.Returned) { back <- r }
		})
		p.expect("F:V0 k1000@0 v1040@40")
		r.write("v1080*200000")
		await(t, "message under way", func() bool { return p.count.Load() > 60000 })
		p.conn.Write([]byte("back"))
		got := make(chan string)
		go func() {
			p.deadline()
			g, _ := p.next()
			got <- g.String()
		}()
		ret := <-back
		if !ret.Begun || ret.Base != time.Second || ret.Next <= 1080*time.Millisecond {
			t.Errorf("player goes back at %v of %v (begun: %v)", ret.Next, ret.Base, ret.Begun)
		}
		ret.Net.SetDeadline(time.Now().Add(20 * time.Second))
		if _, err := ret.Net.Write(ret.Unsent); err != nil {
			t.Fatal(err)
		}
		if w := <-got; w != "v1080@80" {
			t.Errorf("message under way is %s", w)
		}
		go p.conn.Write([]byte("ping"))
		b := make([]byte, 4)
		if _, err := io.ReadFull(ret.Net, b); err != nil || string(b) != "ping" {
			t.Errorf("the protocol reads %q, %v", b, err)
		}
		into := make([]*media.Packet, 8)
		if n, err := p.sub.Next(context.Background(), into); err != nil || n == 0 || !into[0].Config {
			t.Errorf("Next = %d, %v", n, err)
		}
		p.sub.Close(nil)
		ret.Net.Close()
		await(t, "no players", func() bool { return r.Stats().Players == 0 })
		if len(p.closed) != 0 {
			t.Error("Closed was called")
		}
	})
}

// A player that is blocked owes the message under way alone.
func TestBlockedConnectionGoesBack(t *testing.T) {
	r := newRig(t, cached).publish()
	r.write("k0")
	back := make(chan media.Returned, 1)
	p := r.play("tcp", SubscribeOptions{}, func(c *media.Conn) {
		c.Receive = func([]byte) ([]byte, error) { return nil, media.ErrBack }
		c.Back = func(r media.Returned) { back <- r }
	})
	r.write("v40*16000000 v80 v120")
	await(t, "blocked", func() bool { return p.count.Load() > 1000 })
	p.conn.Write([]byte("back"))
	ret := <-back
	if len(ret.Unsent) == 0 || ret.Next != 80*time.Millisecond {
		t.Errorf("%d bytes are unsent, and %v is next", len(ret.Unsent), ret.Next)
	}
	p.sub.Close(nil)
	ret.Net.Close()
}
