package rtmp_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"weir/media"
	"weir/media/hub"
	"weir/media/mediatest"
	"weir/media/rtmp"
)

// hubRouter admits everyone to a hub.
type hubRouter struct {
	hub *hub.Hub

	mu   sync.Mutex
	subs []*hub.Subscription
	pubs map[string]*hub.Publication
}

// end ends a publication for the server.
func (r *hubRouter) end(stream string, reason error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pubs[stream].End(reason)
}

func (r *hubRouter) Connect(context.Context, *media.Connection) error { return nil }
func (r *hubRouter) Disconnect(*media.Connection, error)              {}

func (r *hubRouter) Publish(_ context.Context, s *media.Session) (media.Publication, error) {
	pub, err := r.hub.Stream(s.Asked, hub.StreamSettings{GOPCache: true, MinLatency: true}).Publish()
	if err != nil {
		return nil, err //nolint:wrapcheck // of a test
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pubs[s.Asked.Stream] = pub
	return pub, nil
}

func (r *hubRouter) Play(_ context.Context, s *media.Session) (media.Subscription, error) {
	sub := r.hub.Stream(s.Asked, hub.StreamSettings{GOPCache: true, MinLatency: true}).Subscribe(hub.SubscribeOptions{Count: &s.BytesOut})
	r.mu.Lock()
	defer r.mu.Unlock()
	r.subs = append(r.subs, sub)
	return sub, nil
}

// serveHub runs a server over a hub until the test ends.
func serveHub(t testing.TB) (*hubRouter, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &hubRouter{hub: hub.New(hub.Settings{}), pubs: map[string]*hub.Publication{}}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := r.hub.Run(ctx); err != nil {
			t.Errorf("hub: %v", err)
		}
	})
	running.Go(func() {
		s := rtmp.Server{Listener: l, Log: slog.New(slog.DiscardHandler)}
		if err := s.Serve(ctx, r); err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	t.Cleanup(func() { cancel(); running.Wait() })
	return r, l.Addr().String()
}

func TestHubServesPlayers(t *testing.T) {
	r, addr := serveHub(t)
	url := "rtmp://" + addr + "/live/cam"
	stream(t, url, mediatest.Stream{Start: 6 * time.Hour, GOP: 10})
	for range 3 {
		c := dial(t, url)
		if err := c.Play(soon(t)); err != nil {
			t.Fatal(err)
		}
		var n mediatest.Count
		for n.Video < 60 {
			p, err := c.ReadPacket()
			if err != nil {
				t.Fatal(err)
			}
			n.Add(p)
		}
		if first := n.First(media.Video); !first.Key || first.DTS > time.Second || n.Gaps+n.Backwards != 0 || n.Configs != 2 {
			t.Errorf("first video at %v (key %v), %d gaps, %d backwards, %d configs", first.DTS, first.Key, n.Gaps, n.Backwards, n.Configs)
		}
		r.mu.Lock()
		r.subs[len(r.subs)-1].End(&media.Kicked{Reason: "by hand"})
		r.mu.Unlock()
		var err error
		for err == nil {
			_, err = c.ReadPacket()
		}
		var got *rtmp.StatusError
		if !errors.As(err, &got) || got.Description != "kicked: by hand" {
			t.Errorf("player is told %v", err)
		}
	}
}

func TestFFmpegPlaysFromHub(t *testing.T) {
	_, addr := serveHub(t)
	url := "rtmp://" + addr + "/live/cam"
	stream(t, url, mediatest.Stream{})
	out, err := run(t, "ffmpeg", "-v", "warning", "-analyzeduration", "1000000", "-i", url, "-t", "1", "-f", "null", "-")
	if err != nil || out != "" {
		t.Errorf("ffmpeg: %v\n%s", err, out)
	}
}
