package weir_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/weirtest"
)

// A peer that keeps its connection to the API open does not outlive the server.
func TestIdlePeerOfTheAPIIsClosed(t *testing.T) {
	s := weirtest.Up(t, everything(""))
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	resp, err := client.Get("http://" + s.API + "/api/v1/versions")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
}

// While the server runs, peers who came and left leave neither goroutines nor
// descriptors behind: in every protocol, admitted and refused, in good order and not.
func TestPeersLeaveNothing(t *testing.T) {
	s := weirtest.Up(t, everything(`
		js_on_connect { s.ctx.n = 1; } js_on_close { }
		js_on_publish { if (s.args.no) return false; if (s.args.wait) await new Promise(go => setTimeout(go, 200)); }
		js_on_play { if (s.args.no) return false; } js_on_stop { } js_on_unpublish { }
	`))
	round := func(n int) {
		pub := publish(t, s, "live/a", mediatest.Stream{GOP: 10})
		for _, protocol := range []string{"rtmp", "flv"} {
			p := play(t, s, protocol, "live/a")
			waitFrames(t, p, 1)
			p.Stop()
			if _, err := s.Play(protocol, "live/a?no=1"); err == nil {
				t.Error("admitted, want denied")
			}
		}
		if _, err := s.Publish("live/b?no=1", mediatest.Stream{}); err == nil {
			t.Error("admitted, want denied")
		}
		for _, at := range []string{s.RTMP, s.HTTP, s.API} { // half a conversation
			c, err := net.Dial("tcp", at)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprint(c, "\x03")
			c.Close()
		}
		ctx, leave := context.WithTimeout(context.Background(), 50*time.Millisecond)
		defer leave()
		visit(ctx, s, "live/c?wait=1", true, 0) // and left during the gate
		if err := pub.Stop(); err != nil {
			t.Error(err)
		}
		waitLog(t, s, n, "msg=unpublish", "stream=a") // the server has seen it leave: the next may come
	}
	round(1) // what the first peers bring along stays: a poller, a segmenter
	goroutines, descriptors := runtime.NumGoroutine(), open(t)
	for n := range 10 {
		round(n + 2)
	}
	for deadline := time.Now().Add(weirtest.Patience); runtime.NumGoroutine() > goroutines || open(t) > descriptors; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines and %d descriptors, %d and %d before", runtime.NumGoroutine(), open(t), goroutines, descriptors)
		}
	}
}

// open is how many descriptors this process has; 0 where that is not known.
func open(t *testing.T) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(list)
}
