package httpapi

import (
	"testing"
	"time"

	"weir/media"
	"weir/vhost"
)

func TestRatesAreOfTheNewestHalfMinute(t *testing.T) {
	begun := time.Unix(1000, 0)
	at := func(seconds int) time.Time { return begun.Add(time.Duration(seconds) * time.Second) }
	s := &media.Session{ID: "a", StartedAt: begun}
	clients := []vhost.Client{{ID: "a", Session: s}}
	r := &rates{}
	rate := func(seconds int, want kbpsShape) {
		t.Helper()
		if got := r.of(s, at(seconds)); got != want {
			t.Errorf("after %d s: %+v, want %+v", seconds, got, want)
		}
	}
	rate(0, kbpsShape{})
	s.BytesIn.Store(125_000)
	s.BytesOut.Store(250_000)
	rate(10, kbpsShape{Recv: 100, Send: 200}) // since it began
	r.take(at(15), clients)
	r.take(at(30), clients)
	s.BytesIn.Store(375_000)
	rate(35, kbpsShape{Recv: 100}) // since 15 s
	r.take(at(45), clients)
	r.take(at(60), clients)
	rate(60, kbpsShape{}) // since 45 s
	r.take(at(75), nil)
	if n := len(r.newer.sessions); n != 0 {
		t.Errorf("%d sessions are remembered that have left", n)
	}
}
