package rtmp_test

import (
	"context"
	"log/slog"
	"net"
	"testing"
	"time"

	"go.uber.org/goleak"

	"weir/media/mediatest"
	"weir/media/rtmp"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// serve runs a server for r until the test ends, and returns its address.
func serve(t *testing.T, r *mediatest.Router, s rtmp.Settings) string {
	t.Helper()
	return start(t, r, &rtmp.Server{Settings: func() rtmp.Settings { return s }, Log: slog.New(slog.DiscardHandler)})
}

func start(t *testing.T, r *mediatest.Router, s *rtmp.Server) string {
	t.Helper()
	if s.Listener == nil {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		s.Listener = l
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, r) }()
	t.Cleanup(func() {
		cancel()
		if err := <-served; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return s.Listener.Addr().String()
}

func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

func dial(t *testing.T, url string) *rtmp.Client {
	t.Helper()
	c, err := rtmp.Dial(soon(t), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}
