package rtmp_test

import (
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
)

// RTMPE, which is version 6, and what is no RTMP at all are refused at the first
// byte: with not a byte of answer.
func TestOtherVersionsAreRefusedAtOnce(t *testing.T) {
	addr := serve(t, mediatest.NewRouter(t), rtmp.Settings{HandshakeTimeout: time.Hour})
	for _, c0 := range []byte{0, 2, 6, 8, 'G', 0x16} {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		_ = c.SetDeadline(time.Now().Add(patience))
		if _, err := c.Write([]byte{c0}); err != nil {
			t.Fatal(err)
		}
		if n, err := c.Read(make([]byte, 1)); err == nil || os.IsTimeout(err) {
			t.Errorf("version %d: Read = %d, %v", c0, n, err)
		}
		_ = c.Close()
	}
}

// go-rtmp's conversations are lent for a command: as many peers as come at once
// are served by them, and none waits for one that lingers.
func TestManyPublishAtOnce(t *testing.T) {
	const peers = 50
	r := mediatest.NewRouter(t)
	addr := serve(t, r, rtmp.Settings{})
	lingering := shake(t, addr)
	lingering.send(connectCmd, createCmd)
	var all sync.WaitGroup
	for i := range peers {
		all.Go(func() {
			c, err := rtmp.Dial(soon(t), fmt.Sprintf("rtmp://%s/live/cam%d", addr, i))
			if err == nil {
				t.Cleanup(func() { _ = c.Close() })
				err = c.Publish(soon(t))
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if r.Open() != peers {
		t.Errorf("%d are open, want %d", r.Open(), peers)
	}
	lingering.send(publishCmd)
	if code := lingering.expect("onStatus"); code != "NetStream.Publish.Start" {
		t.Errorf("who lingered is told %s", code)
	}
}

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
