package vhost

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"weir/js"
	"weir/media"
	"weir/media/flv"
)

// A vhost that a reload removes keeps its scripts until the last event of its last
// session; a vhost that comes back takes its sessions back.
func TestVHostIsRemoved(t *testing.T) {
	one, two, three := &engine{}, &engine{}, &engine{}
	r := newRig(t, "vhost v { "+every+" } vhost w { "+every+" }", one)
	c := peer("v")
	if err := r.Connect(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	pub, back := must(r.publish(c, "a"))(t), must(r.publish(peer("w"), "b"))(t)
	first := r.Swap(NewGeneration(2, configured(t, "vhost x { }"), two))
	if _, err := r.publish(peer("v"), "c"); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("a newcomer of the removed vhost: %v", err)
	}
	if err := pub.Err(); err != nil {
		t.Errorf("the publish ended: %v", err)
	}
	second := r.Swap(NewGeneration(3, configured(t, "vhost w { "+every+" }"), three))
	<-second.Ended()
	back.Close(nil)
	await(t, "the event in the newest generation", func() bool { return three.count("js_on_unpublish w live/b") == 1 })
	pub.Close(nil)
	await(t, "the event in the oldest generation", func() bool { return one.count("js_on_unpublish v live/a") == 1 })
	select {
	case <-first.Ended():
		t.Error("the generation ended ahead of the connection's event")
	default:
	}
	r.Disconnect(c, nil)
	<-first.Ended()
	if n := one.count("js_on_close v"); n != 1 {
		t.Errorf("%d close events, want 1", n)
	}
	r.over()
}

// Sessions come and go while the configuration is replaced all the time: every
// call finds its scripts, every gate has its event, every generation ends.
func TestReloadsUnderLoad(t *testing.T) {
	const peers, reloads = 200, 50
	text := "vhost v { " + every + " }"
	engines := []*engine{{}}
	r := newRig(t, text, engines[0])
	var all sync.WaitGroup
	for i := range peers {
		all.Go(func() {
			c := peer("v")
			if err := r.Connect(context.Background(), c); err != nil {
				t.Errorf("connect: %v", err)
				return
			}
			pub, err := r.publish(c, fmt.Sprint(i))
			if err != nil {
				t.Errorf("publish: %v", err)
				return
			}
			sub, err := r.play(c, fmt.Sprint(i))
			if err != nil {
				t.Errorf("play: %v", err)
				return
			}
			_ = sub.(*subscription).ChunkSize()
			sub.Close(nil)
			pub.Close(nil)
			r.Disconnect(c, nil)
		})
	}
	var ends sync.WaitGroup
	for i := range reloads {
		e := &engine{}
		engines = append(engines, e)
		old := r.Swap(NewGeneration(i+2, configured(t, text), e))
		ends.Go(func() {
			<-old.Ended()
			_ = old.Close(context.Background()) // an engine's Close has no error
		})
	}
	all.Wait()
	r.over()
	ends.Wait()
	count := func(prefix string) (n int) {
		for _, e := range engines {
			n += e.count(prefix)
		}
		return n
	}
	for gate, event := range map[string]string{"js_on_connect": "js_on_close", "js_on_publish": "js_on_unpublish", "js_on_play": "js_on_stop"} {
		if g, e := count(gate), count(event); g != peers || e != peers {
			t.Errorf("%d %s and %d %s, want %d each", g, gate, e, event, peers)
		}
	}
	if s := r.log.String(); strings.Contains(s, "script failed") {
		t.Errorf("a call failed:\n%s", s)
	}
}

// At the server's end every session ends with its reason, players that a shard
// serves and viewers of HLS included, and nobody comes in.
func TestEnd(t *testing.T) {
	var mu sync.Mutex
	reasons := map[string]int{}
	note := func(c js.Call) (js.Result, error) {
		mu.Lock()
		defer mu.Unlock()
		reasons[fmt.Sprint(c.Origin.Directive, " ", shown(c, "protocol"), " ", shown(c, "reason"))]++
		return js.Result{}, nil
	}
	e := &engine{do: map[string]func(js.Call) (js.Result, error){"js_on_unpublish": note, "js_on_stop": note}}
	r := newRig(t, "vhost v { "+every+" hls { enabled on; } http_remux { enabled on; } }", e)
	life, end := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := r.Hub.Run(life); err != nil {
			t.Error(err)
		}
	})
	go serve(must(r.publish(peer("v"), "a"))(t))
	must(r.play(viewer("hls"), "a"))(t)
	must(r.play(peer("v"), "a"))(t)
	ours, theirs := net.Pipe()
	player := must(r.play(viewer("flv"), "a"))(t)
	if err := player.Attach(media.Conn{Net: ours}, flv.Framer{}); err != nil {
		t.Fatal(err)
	}
	r.over()
	if _, err := r.publish(peer("v"), "b"); !errors.Is(err, media.ErrShutdown) {
		t.Errorf("a newcomer after the end: %v", err)
	}
	_ = theirs.Close()
	end()
	running.Wait()
	want := media.ErrShutdown.Error()
	for _, k := range []string{"js_on_unpublish rtmp ", "js_on_stop rtmp ", "js_on_stop hls ", "js_on_stop flv "} {
		if reasons[k+want] != 1 {
			t.Errorf("no event %q: %v", k+want, reasons)
		}
	}
}

// An end that cannot come in time does not hang: it says so, and what is left is
// over when its scripts are.
func TestEndIsBounded(t *testing.T) {
	release := make(chan struct{})
	e := &engine{do: map[string]func(js.Call) (js.Result, error){
		"js_on_unpublish": func(js.Call) (js.Result, error) { <-release; return js.Result{}, nil },
	}}
	r := newRig(t, "vhost v { "+every+" }", e)
	go serve(must(r.publish(peer("v"), "a"))(t))
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if err := r.End(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("End: %v", err)
	}
	if err := r.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Close: %v", err)
	}
	close(release)
	r.over()
}
