package rtmp_test

import (
	"log/slog"
	"net"
	"testing"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
)

// BenchmarkPublish is the set-up of one publisher after the other, and its end.
func BenchmarkPublish(b *testing.B) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	served := make(chan error, 1)
	go func() {
		served <- (&rtmp.Server{Listener: l, Log: slog.New(slog.DiscardHandler)}).Serve(b.Context(), mediatest.NewRouter(b))
	}()
	url := "rtmp://" + l.Addr().String() + "/live/cam?vhost="
	b.ReportAllocs()
	for b.Loop() {
		c, err := rtmp.Dial(b.Context(), url+media.NewID())
		if err != nil {
			b.Fatal(err)
		}
		if err := c.Publish(b.Context()); err != nil {
			b.Fatal(err)
		}
		_ = c.Close()
	}
	_ = l.Close()
	<-served
}
