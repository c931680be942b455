package hub

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
		if !ret.Begun || ret.Base != time.Second || ret.Headers.Video == nil {
			t.Errorf("player goes back from %v (begun: %v, headers: %v)", ret.Base, ret.Begun, ret.Headers)
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
		r.write("a1060 v1120")
		if d := cmp.Diff("a1060@1060 v1120@1120", r.read(p.sub, 2)); d != "" {
			t.Errorf("the subscription goes on with (-want +got):\n%s", d)
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
	if len(ret.Unsent) == 0 {
		t.Error("no bytes are unsent")
	}
	if d := cmp.Diff("v80@80 v120@120", r.read(p.sub, 2)); d != "" {
		t.Errorf("the subscription goes on with (-want +got):\n%s", d)
	}
	p.sub.Close(nil)
	ret.Net.Close()
}

// Headers that stand ahead of a player are not lost when its connection goes back.
func TestConnectionGoesBackAheadOf(t *testing.T) {
	tests := []struct{ name, ahead, then, want string }{
		{"headers of a track that has begun", "A60 a70 v80", "v120", "V0@80 A60@80 a70@70 v80@80 v120@120"},
		{"headers of a track that is to begin", "A60", "a80 v80", "V0@40 A60@40 a80@80 v80@80"},
		{"headers that are renewed", "V60 v80", "v120", "V60@40 v80@80 v120@120"},
		{"another publisher", "/ V0 k0 v40", "v80", "V0@120 k0@80 v40@120 v80@160"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, cached).publish()
			r.write("V0 k0")
			back := make(chan media.Returned, 1)
			p := r.play("tcp", SubscribeOptions{}, func(c *media.Conn) {
				c.Receive = func([]byte) ([]byte, error) { return nil, media.ErrBack }
				c.Back = func(r media.Returned) { back <- r }
			})
			r.write("v40*16000000")
			await(t, "blocked", func() bool { return p.count.Load() > 1000 })
			of, following, ends := strings.Cut(tt.ahead, "/")
			r.write(of)
			if ends {
				r.pub.Close(nil)
				r.publish().write(following)
			}
			p.conn.Write([]byte("back"))
			ret := <-back
			r.write(tt.then)
			if d := cmp.Diff(tt.want, r.read(p.sub, len(strings.Fields(tt.want)))); d != "" {
				t.Errorf("the subscription goes on with (-want +got):\n%s", d)
			}
			p.sub.Close(nil)
			ret.Net.Close()
		})
	}
}
