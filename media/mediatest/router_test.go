package mediatest

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"weir/media"
	"weir/media/flv"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func asked(kind string) *media.Session {
	return &media.Session{
		ID: media.NewID(), Kind: kind, Connection: &media.Connection{},
		Asked: media.Key{VHost: "v", App: "live", Stream: "a"},
	}
}

func publish(t *testing.T, r *Router, packets []*media.Packet) media.Publication {
	t.Helper()
	pub, err := r.Publish(t.Context(), asked(media.KindPublish))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packets {
		if err := pub.WritePacket(p); err != nil {
			t.Fatal(err)
		}
	}
	return pub
}

func TestOnePublisherAtATime(t *testing.T) {
	r := NewRouter(t)
	pub := publish(t, r, nil)
	if _, err := r.Publish(t.Context(), asked(media.KindPublish)); !errors.Is(err, media.ErrBusy) {
		t.Errorf("second Publish: %v, want ErrBusy", err)
	}
	pub.Close(nil)
	publish(t, r, nil).Close(nil)
	if n := r.Open(); n != 0 {
		t.Errorf("%d sessions are open, want 0", n)
	}
	if n := len(r.Sessions()); n != 3 {
		t.Errorf("%d sessions asked, want 3", n)
	}
}

func TestNextGoesOnAcrossPublishers(t *testing.T) {
	r := NewRouter(t)
	gop := GOP(4)
	pub := publish(t, r, gop)
	sub, err := r.Play(t.Context(), asked(media.KindPlay))
	if err != nil {
		t.Fatal(err)
	}
	pub.Close(nil)
	publish(t, r, gop)

	var got []*media.Packet
	into := make([]*media.Packet, 5)
	unpublished := 0
	for len(got) < 2*len(gop) {
		n, err := sub.Next(t.Context(), into)
		if errors.Is(err, media.ErrUnpublished) {
			unpublished++
		} else if err != nil {
			t.Fatal(err)
		}
		got = append(got, into[:n]...)
	}
	if d := cmp.Diff(append(append([]*media.Packet{}, gop...), gop...), got); d != "" {
		t.Errorf("packets (-want +got):\n%s", d)
	}
	if unpublished != 1 {
		t.Errorf("ErrUnpublished came %d times, want 1", unpublished)
	}
	r.End(&media.Kicked{})
	if _, err := sub.Next(t.Context(), into); !errors.As(err, new(*media.Kicked)) {
		t.Errorf("Next after the end: %v, want Kicked", err)
	}
}

func TestNextEndsWithItsContext(t *testing.T) {
	r := NewRouter(t)
	sub, err := r.Play(t.Context(), asked(media.KindPlay))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := sub.Next(ctx, make([]*media.Packet, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("Next: %v, want Canceled", err)
	}
}

func TestAttach(t *testing.T) {
	r := NewRouter(t)
	publish(t, r, GOP(10))
	sub, err := r.Play(t.Context(), asked(media.KindPlay))
	if err != nil {
		t.Fatal(err)
	}
	server, client := net.Pipe()
	closed := make(chan error, 1)
	received := make(chan string, 1)
	err = sub.Attach(media.Conn{
		Net: server, Hello: []byte("hi"),
		Receive: func(b []byte) ([]byte, error) { received <- string(b); return nil, nil },
		Closed:  func(reason error) { closed <- reason },
	}, flv.Framer{})
	if err != nil {
		t.Fatal(err)
	}
	hello := make([]byte, 2)
	if _, err := client.Read(hello); err != nil || string(hello) != "hi" {
		t.Fatalf("hello %q, %v", hello, err)
	}
	c, err := ReadFLV(client, func(c *Count) bool { return c.Video == 10 })
	if err != nil || c.Configs != 2 || c.Gaps != 0 || !c.First(media.Video).Key {
		t.Errorf("player counts %+v, %v", c, err)
	}
	if _, err := client.Write([]byte("ping")); err != nil {
		t.Fatal(err)
	}
	if s := <-received; s != "ping" {
		t.Errorf("received %q, want ping", s)
	}
	if err := client.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-closed; err != nil {
		t.Errorf("closed with %v, want nil", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if !r.Wait(ctx, func() bool { return r.Open() == 1 }) {
		t.Errorf("%d sessions are open, want the publisher alone", r.Open())
	}
}
