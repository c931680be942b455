package rtmp_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
)

func publish(t *testing.T, url string) *rtmp.Client {
	t.Helper()
	c := dial(t, url)
	if err := c.Publish(soon(t)); err != nil {
		t.Fatal(err)
	}
	return c
}

func write(t *testing.T, c *rtmp.Client, packets []*media.Packet) {
	t.Helper()
	for _, p := range packets {
		if err := c.WritePacket(p); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPublishedPacketsArriveAsTheyWere(t *testing.T) {
	r := mediatest.NewRouter(t)
	addr := serve(t, r, rtmp.Settings{})
	packets := mediatest.Stream{}.Until(time.Second)
	write(t, publish(t, "rtmp://"+addr+"/live/cam"), packets)

	key := media.Key{VHost: "127.0.0.1", App: "live", Stream: "cam"}
	if !r.Wait(soon(t), func() bool { return len(r.Packets(key)) == len(packets) }) {
		t.Fatalf("%d packets, want %d", len(r.Packets(key)), len(packets))
	}
	if d := cmp.Diff(packets, r.Packets(key)); d != "" {
		t.Errorf("packets (-want +got):\n%s", d)
	}
}

func TestPlayerStartsAtKeyframeAtZero(t *testing.T) {
	for _, size := range []int{128, 60000} {
		r := mediatest.NewRouter(t)
		addr := serve(t, r, rtmp.Settings{ChunkSize: size})
		packets := mediatest.Stream{}.Until(3 * time.Second)
		write(t, publish(t, "rtmp://"+addr+"/live/cam"), packets)
		key := media.Key{VHost: "127.0.0.1", App: "live", Stream: "cam"}
		if !r.Wait(soon(t), func() bool { return len(r.Packets(key)) == len(packets) }) {
			t.Fatal("packets do not arrive")
		}
		c := dial(t, "rtmp://"+addr+"/live/cam")
		if err := c.Play(soon(t)); err != nil {
			t.Fatal(err)
		}
		var n mediatest.Count
		for n.Last(media.Video) == nil || n.Last(media.Video).DTS < 900*time.Millisecond {
			p, err := c.ReadPacket()
			if err != nil {
				t.Fatal(err)
			}
			n.Add(p)
		}
		first := n.First(media.Video)
		if !first.Key || first.DTS != 0 || n.Configs != 2 || n.Gaps != 0 || n.Backwards != 0 {
			t.Errorf("first video at %v (key %v), %d configs, %d gaps, %d backwards", first.DTS, first.Key, n.Configs, n.Gaps, n.Backwards)
		}
	}
}

func TestRefusalsHaveCodeAndReason(t *testing.T) {
	denied := &media.Denied{Code: 403, Reason: "token expired"}
	admit := func(err error) func(*mediatest.Router) {
		return func(r *mediatest.Router) {
			r.Admit = func(context.Context, *media.Session) (media.Key, error) { return media.Key{}, err }
		}
	}
	redirect := &media.Denied{Code: 302, Redirect: "rtmp://other/live/cam"}
	tests := []struct {
		name   string
		router func(*mediatest.Router)
		step   string
		want   rtmp.StatusError
	}{
		{"connect", func(r *mediatest.Router) {
			r.AdmitConnection = func(context.Context, *media.Connection) error { return denied }
		}, "connect", rtmp.StatusError{Stage: "connect", Level: "error", Code: "NetConnection.Connect.Rejected", Description: "token expired"}},
		{"connect redirected", func(r *mediatest.Router) {
			r.AdmitConnection = func(context.Context, *media.Connection) error { return redirect }
		}, "connect", rtmp.StatusError{Stage: "connect", Level: "error", Code: "NetConnection.Connect.Rejected", Description: "redirect to rtmp://other/live/cam", Redirect: "rtmp://other/live/cam"}},
		{"publish", admit(denied), "publish", rtmp.StatusError{Stage: "publish", Level: "error", Code: "NetStream.Publish.BadName", Description: "token expired"}},
		{"publish busy", admit(media.ErrBusy), "publish", rtmp.StatusError{Stage: "publish", Level: "error", Code: "NetStream.Publish.BadName", Description: media.ErrBusy.Error()}},
		{"play", admit(denied), "play", rtmp.StatusError{Stage: "play", Level: "error", Code: "NetStream.Play.Failed", Description: "token expired"}},
		{"play not found", admit(media.ErrNotFound), "play", rtmp.StatusError{Stage: "play", Level: "error", Code: "NetStream.Play.StreamNotFound", Description: media.ErrNotFound.Error()}},
		{"play redirected", admit(redirect), "play", rtmp.StatusError{Stage: "play", Level: "error", Code: "NetConnection.Connect.Rejected", Description: "redirect to rtmp://other/live/cam", Redirect: "rtmp://other/live/cam"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := mediatest.NewRouter(t)
			tt.router(r)
			c, err := rtmp.Dial(soon(t), "rtmp://"+serve(t, r, rtmp.Settings{})+"/live/cam")
			if err == nil {
				defer c.Close() //nolint:errcheck // of a test
			}
			switch tt.step {
			case "publish":
				err = c.Publish(soon(t))
			case "play":
				err = c.Play(soon(t))
			}
			var got *rtmp.StatusError
			if !errors.As(err, &got) {
				t.Fatalf("error = %v, want a StatusError", err)
			}
			if d := cmp.Diff(tt.want, *got); d != "" {
				t.Errorf("status (-want +got):\n%s", d)
			}
		})
	}
}

func TestConnectionIsDescribed(t *testing.T) {
	r := mediatest.NewRouter(t)
	addr := serve(t, r, rtmp.Settings{})
	c := publish(t, "rtmp://"+addr+"/live/room/cam?vhost=b.com&token=x")
	s := r.Sessions()[0]
	type described struct {
		Kind       string
		Asked      media.Key
		Query, URL string
		App, Host  string
	}
	want := described{
		media.KindPublish,
		media.Key{VHost: "b.com", App: "live/room", Stream: "cam"},
		"vhost=b.com&token=x",
		"rtmp://" + addr + "/live/room/cam?vhost=b.com&token=x", "live/room", "127.0.0.1",
	}
	got := described{s.Kind, s.Asked, s.Query, s.URL, s.Connection.App, s.Connection.Host}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("session (-want +got):\n%s", d)
	}
	write(t, c, mediatest.GOP(1))
	_ = c.Close()
	if !r.Wait(soon(t), func() bool { return len(r.Disconnected()) == 1 }) {
		t.Fatal("no Disconnect")
	}
	if got := r.Disconnected()[0]; got != s.Connection || got.BytesIn.Load() == 0 || got.BytesOut.Load() == 0 || s.BytesIn.Load() == 0 {
		t.Errorf("connection counted %d in, %d out, session %d in", got.BytesIn.Load(), got.BytesOut.Load(), s.BytesIn.Load())
	}
	if r.Open() != 0 {
		t.Errorf("%d sessions are left open", r.Open())
	}
}

func TestKickReachesThePeer(t *testing.T) {
	steps := map[string]func(*rtmp.Client, context.Context) error{"publish": (*rtmp.Client).Publish, "play": (*rtmp.Client).Play}
	wants := map[string]string{"publish": "NetStream.Publish.Denied", "play": "NetStream.Play.Failed"}
	for name, step := range steps {
		t.Run(name, func(t *testing.T) {
			r := mediatest.NewRouter(t)
			c := dial(t, "rtmp://"+serve(t, r, rtmp.Settings{})+"/live/cam")
			if err := step(c, soon(t)); err != nil {
				t.Fatal(err)
			}
			r.End(&media.Kicked{Reason: "by hand"})
			_, err := c.ReadPacket()
			var got *rtmp.StatusError
			if !errors.As(err, &got) || got.Code != wants[name] || got.Description != "kicked: by hand" {
				t.Errorf("error = %v", err)
			}
			_ = c.Close()
			if !r.Wait(soon(t), func() bool { return len(r.Disconnected()) == 1 && r.Open() == 0 }) {
				t.Errorf("%d disconnected, %d open", len(r.Disconnected()), r.Open())
			}
		})
	}
}

func TestPeerThatLeavesEndsTheQuestion(t *testing.T) {
	r := mediatest.NewRouter(t)
	asked := make(chan struct{})
	r.Admit = func(ctx context.Context, _ *media.Session) (media.Key, error) {
		close(asked)
		<-ctx.Done()
		return media.Key{}, context.Cause(ctx)
	}
	c := dial(t, "rtmp://"+serve(t, r, rtmp.Settings{})+"/live/cam")
	go func() {
		<-asked
		_ = c.Close()
	}()
	if err := c.Publish(soon(t)); err == nil {
		t.Fatal("published")
	}
	if !r.Wait(soon(t), func() bool { return len(r.Disconnected()) == 1 }) {
		t.Error("the connection goes on")
	}
}

func TestShutdownEndsEveryConnection(t *testing.T) {
	r := mediatest.NewRouter(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- (&rtmp.Server{Listener: l}).Serve(ctx, r) }()
	url := "rtmp://" + l.Addr().String() + "/live/"
	publisher := publish(t, url+"cam")
	player := dial(t, url+"cam")
	if err := player.Play(soon(t)); err != nil {
		t.Fatal(err)
	}
	dial(t, url+"idle")
	cancel()
	_, err = publisher.ReadPacket()
	var got *rtmp.StatusError
	if !errors.As(err, &got) || got.Code != "NetConnection.Connect.AppShutdown" {
		t.Errorf("publisher is told %v", err)
	}
	_ = publisher.Close()
	if _, err := player.ReadPacket(); err == nil {
		t.Error("player goes on")
	}
	if err := <-served; err != nil {
		t.Errorf("Serve = %v", err)
	}
	if len(r.Disconnected()) != 3 || r.Open() != 0 {
		t.Errorf("%d disconnected, %d open", len(r.Disconnected()), r.Open())
	}
}

func TestConnectionsOutliveTheirListener(t *testing.T) {
	r := mediatest.NewRouter(t)
	s := &rtmp.Server{}
	addr := start(t, r, s)
	c := publish(t, "rtmp://"+addr+"/live/cam")
	_ = s.Listener.Close()
	write(t, c, mediatest.GOP(2))
	key := media.Key{VHost: "127.0.0.1", App: "live", Stream: "cam"}
	if !r.Wait(soon(t), func() bool { return len(r.Packets(key)) >= len(mediatest.GOP(2)) }) {
		t.Error("the publisher is cut off")
	}
}

func TestAdmitCountsConnections(t *testing.T) {
	r := mediatest.NewRouter(t)
	room := make(chan struct{}, 1)
	addr := start(t, r, &rtmp.Server{Log: slog.New(slog.DiscardHandler), Admit: func() (func(), bool) {
		select {
		case room <- struct{}{}:
			return func() { <-room }, true
		default:
			return nil, false
		}
	}})
	c := dial(t, "rtmp://"+addr+"/live/cam")
	if c, err := rtmp.Dial(soon(t), "rtmp://"+addr+"/live/cam"); err == nil {
		_ = c.Close()
		t.Error("a second connection finds room")
	}
	_ = c.Close()
	if !r.Wait(soon(t), func() bool { return len(r.Disconnected()) == 1 }) {
		t.Fatal("no Disconnect")
	}
	room <- struct{}{} // waits for the place that was given back
	<-room
	dial(t, "rtmp://"+addr+"/live/cam")
}
