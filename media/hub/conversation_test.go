package hub

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"testing"

	"weir/media"
)

func TestHelloAndReplies(t *testing.T) {
	eachLink(t, func(t *testing.T, link string) {
		r := newRig(t, cached).publish()
		r.write("V0 k0")
		p := r.play(link, SubscribeOptions{}, func(c *media.Conn) {
			c.Hello = record(nil, recordReply, 0, []byte("hello"))
			c.Receive = func(b []byte) ([]byte, error) { return record(nil, recordReply, 0, b), nil }
		})
		p.expect("R:hello F:V0 k0@0")
		if _, err := p.conn.Write([]byte("ping")); err != nil {
			t.Fatal(err)
		}
		p.expect("R:ping")
		r.write("v40")
		p.expect("v40@40")
		want := uint64(len(record(nil, 0, 0, []byte("hello"))) + len(record(nil, 0, 0, make([]byte, 12+2))) + 2*9 + 2 + 3 + 9 + 4)
		await(t, "count", func() bool { return p.count.Load() >= want }) // it follows the send
		if got := p.count.Load(); got != want {
			t.Errorf("counted %d bytes, want %d", got, want)
		}
	})
}

func TestPlayerEnds(t *testing.T) {
	kicked := &media.Kicked{Reason: "test"}
	broken := errors.New("protocol error")
	tests := []struct {
		name string
		end  func(r *rig, p *testPlayer)
		want error
		bye  bool
	}{
		{"by End", func(_ *rig, p *testPlayer) { p.sub.End(kicked); p.sub.End(broken) }, kicked, true},
		{"by Close", func(_ *rig, p *testPlayer) { p.sub.Close(nil); p.sub.Close(nil) }, nil, false},
		{"by Receive's error", func(_ *rig, p *testPlayer) { p.conn.Write([]byte("x")) }, broken, false},
		{"by Receive's EOF", func(_ *rig, p *testPlayer) { p.conn.Write([]byte("q")) }, nil, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			eachLink(t, func(t *testing.T, link string) {
				r := newRig(t, cached).publish()
				r.write("V0 k0")
				var closes atomic.Int32
				reasons := make(chan error, 2)
				p := r.play(link, SubscribeOptions{OnClose: func(err error) { reasons <- err }}, func(c *media.Conn) {
					closed := c.Closed
					c.Closed = func(err error) { closes.Add(1); closed(err) }
					c.Goodbye = func(error) []byte { return record(nil, recordBye, 0, nil) }
					c.Receive = func(b []byte) ([]byte, error) {
						if b[0] == 'q' {
							return nil, io.EOF
						}
						return nil, broken
					}
				})
				p.expect("F:V0 k0@0")
				test.end(r, p)
				if test.bye {
					p.expect("G:")
				}
				if rest, reason := p.ends(); !errors.Is(reason, test.want) || len(rest) > 0 {
					t.Errorf("ended with %v, %q; want %v", reason, rest, test.want)
				}
				if reason := <-reasons; !errors.Is(reason, test.want) {
					t.Errorf("OnClose was given %v, want %v", reason, test.want)
				}
				if err := p.sub.Attach(media.Conn{}, testFramer{}); err == nil {
					t.Error("Attach works after the end")
				}
				await(t, "no players", func() bool { return r.Stats().Players == 0 })
				if closes.Load() != 1 || len(reasons) != 0 {
					t.Errorf("Closed was called %d times, OnClose %d times more than once", closes.Load(), len(reasons))
				}
			})
		})
	}
}

func TestReplyGoesAheadOfTheEnd(t *testing.T) {
	broken := errors.New("protocol error")
	eachLink(t, func(t *testing.T, link string) {
		r := newRig(t, cached).publish()
		r.write("V0 k0")
		p := r.play(link, SubscribeOptions{}, func(c *media.Conn) {
			c.Receive = func([]byte) ([]byte, error) { return record(nil, recordReply, 0, []byte("why")), broken }
		})
		p.expect("F:V0 k0@0")
		if _, err := p.conn.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
		p.expect("R:why")
		if rest, reason := p.ends(); !errors.Is(reason, broken) || len(rest) > 0 {
			t.Errorf("ended with %v, %q; want %v", reason, rest, broken)
		}
	})
}

func TestPeerLeaves(t *testing.T) {
	eachLink(t, func(t *testing.T, link string) {
		r := newRig(t, cached)
		p := r.play(link, SubscribeOptions{}, nil)
		p.conn.Close()
		if err := p.reason(); err != nil {
			t.Errorf("ended with %v, want nil", err)
		}
	})
}

func TestShutdown(t *testing.T) {
	eachLink(t, func(t *testing.T, link string) {
		h := New(Settings{Shards: 1})
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan error)
		go func() { done <- h.Run(ctx) }()
		r := &rig{Stream: h.Stream(testKey, cached), t: t, hub: h}
		r.publish().write("V0 k0")
		p := r.play(link, SubscribeOptions{}, func(c *media.Conn) {
			c.Goodbye = func(error) []byte { return record(nil, recordBye, 0, nil) }
		})
		p.expect("F:V0 k0@0")
		output := r.Subscribe(SubscribeOptions{})
		cancel()
		p.expect("G:")
		if _, reason := p.ends(); !errors.Is(reason, media.ErrShutdown) {
			t.Errorf("the player ended with %v, want ErrShutdown", reason)
		}
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
		if err := r.pub.Err(); !errors.Is(err, media.ErrShutdown) {
			t.Errorf("the publication ended with %v, want ErrShutdown", err)
		}
		if _, err := output.Next(context.Background(), make([]*media.Packet, 1)); !errors.Is(err, media.ErrShutdown) {
			t.Errorf("Next: %v, want ErrShutdown", err)
		}
		if _, err := r.Publish(); !errors.Is(err, media.ErrShutdown) {
			t.Errorf("Publish: %v, want ErrShutdown", err)
		}
		if err := r.Subscribe(SubscribeOptions{}).Err(); !errors.Is(err, media.ErrShutdown) {
			t.Errorf("Subscribe: %v, want ErrShutdown", err)
		}
	})
}
