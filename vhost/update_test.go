package vhost

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/media"
)

// updates is an engine whose js_on_update does what f says.
func updates(f func(js.Call) (js.Result, error)) *engine {
	return &engine{do: map[string]func(js.Call) (js.Result, error){"js_on_update": f}}
}

// js_on_update runs every interval while a session lasts, and no longer.
func TestUpdateRunsWhileASessionLasts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := updates(func(c js.Call) (js.Result, error) {
			if shown(c, "stream") == "broken" {
				return js.Result{}, &js.Error{Message: "boom"}
			}
			return js.Result{}, nil
		})
		r := newRig(t, "vhost v { js_on_connect { } js_on_update interval=10s { } js_on_stop { } js_on_unpublish { } }", e)
		c := peer("v")
		if err := r.Connect(context.Background(), c); err != nil {
			t.Fatal(err)
		}
		pub := must(r.publish(c, "a"))(t)
		broken := must(r.publish(c, "broken"))(t)
		time.Sleep(5 * time.Second)
		sub := must(r.play(c, "a"))(t)
		time.Sleep(30*time.Second + time.Millisecond)
		if n := e.count("js_on_update v live/a"); n != 6 {
			t.Errorf("it ran %d times for a publisher and a player, want 6", n)
		}
		if n := e.count("js_on_update v live/broken"); n != 3 || broken.Err() != nil {
			t.Errorf("it ran %d times where it fails, want 3: %v", n, broken.Err())
		}
		for _, end := range []func(error){pub.Close, sub.Close, broken.Close} {
			end(nil)
		}
		before := e.count("js_on_update")
		time.Sleep(time.Minute)
		if n := e.count("js_on_update"); n != before {
			t.Errorf("it ran %d times after the end", n-before)
		}
		r.Disconnect(c, nil)
		r.over()
	})
}

// A denial ends the session, with its reason; the ending event follows.
func TestUpdateDenies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := updates(always(effect("deny", int64(402), "credit is used up"), nil))
		r := newRig(t, "vhost v { js_on_update { } js_on_stop { } js_on_unpublish { } }", e)
		pub := must(r.publish(peer("v"), "a"))(t)
		sub := must(r.play(peer("v"), "a"))(t)
		time.Sleep(31 * time.Second)
		for name, done := range map[string]<-chan struct{}{"publisher": pub.Done(), "player": sub.Done()} {
			select {
			case <-done:
			default:
				t.Errorf("the %s goes on", name)
			}
		}
		if err := pub.Err(); err == nil || err.Error() != "credit is used up" {
			t.Errorf("the reason is %v", err)
		}
		pub.Close(nil)
		r.over()
		if n := e.count("js_on_unpublish") + e.count("js_on_stop"); n != 2 {
			t.Errorf("%d ending events, want 2", n)
		}
	})
}

// The last that a script says of how often counts for its session.
func TestRecheckOfASession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var at []time.Duration
		begun := time.Now()
		e := updates(func(js.Call) (js.Result, error) {
			at = append(at, time.Since(begun))
			if len(at) == 2 {
				return effect("allow", map[string]any{"recheck": "1m"}), nil
			}
			return js.Result{}, nil
		})
		e.do["js_on_publish"] = always(effect("allow", map[string]any{"recheck": "5s"}), nil)
		r := newRig(t, "vhost v { js_on_publish { } js_on_update { } }", e)
		pub := must(r.publish(peer("v"), "a"))(t)
		time.Sleep(3 * time.Minute)
		pub.Close(nil)
		r.over()
		for i, want := range []time.Duration{5 * time.Second, 10 * time.Second, 70 * time.Second, 130 * time.Second} {
			if i >= len(at) || at[i] != want {
				t.Fatalf("it ran at %v", at)
			}
		}
	})
}

// A session that ends while js_on_update runs does not wait for it, and hears of
// no verdict; its ending event comes behind.
func TestSessionEndsDuringUpdate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var events []string
		e := &waiting{engine: updates(nil)}
		e.do["js_on_unpublish"] = func(js.Call) (js.Result, error) { events = append(events, "unpublish"); return js.Result{}, nil }
		e.settled = func() { events = append(events, "update") }
		r := newRig(t, "vhost v { js_on_update interval=1s { } js_on_unpublish { } }", e)
		pub := must(r.publish(peer("v"), "a"))(t)
		time.Sleep(1500 * time.Millisecond)
		pub.Close(nil)
		r.over()
		if got := strings.Join(events, " "); got != "update unpublish" {
			t.Errorf("the order is %q", got)
		}
		if strings.Contains(r.log.String(), "script failed") {
			t.Errorf("an update that was cut short is a failure:\n%s", r.log)
		}
	})
}

// waiting is an engine whose js_on_update ends with its context.
type waiting struct {
	*engine
	settled func()
}

func (e *waiting) Call(ctx context.Context, c js.Call) (js.Result, error) {
	if c.Origin.Directive != "js_on_update" {
		return e.engine.Call(ctx, c)
	}
	<-ctx.Done()
	e.settled()
	return js.Result{}, ctx.Err()
}

// What a reload binds or takes away holds for sessions that live.
func TestReloadChangesUpdates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := updates(always(js.Result{}, nil))
		r := newRig(t, "vhost v { }", e)
		pub := must(r.publish(peer("v"), "a"))(t)
		for i, tt := range []struct {
			vhost string
			want  int
		}{{"js_on_update interval=1s { }", 10}, {"js_on_update off;", 0}, {"js_on_update interval=5s { }", 2}} {
			old := r.Swap(NewGeneration(2+i, configured(t, "vhost v { "+tt.vhost+" }"), e))
			<-old.Ended()
			time.Sleep(time.Millisecond)
			before := e.count("js_on_update")
			time.Sleep(10 * time.Second)
			if n := e.count("js_on_update") - before; n != tt.want {
				t.Errorf("%s: it ran %d times in 10 s, want %d", tt.vhost, n, tt.want)
			}
		}
		pub.Close(nil)
		r.over()
	})
}

func TestMaxSessions(t *testing.T) {
	limit := func(c js.Call) (js.Result, error) {
		return effect("allow", map[string]any{"maxSessions": int64(2)}), nil
	}
	told := map[string]int{}
	var mu sync.Mutex
	tell := func(c js.Call) (js.Result, error) {
		mu.Lock()
		defer mu.Unlock()
		told[c.Origin.Directive+" "+shown(c, "reason").(string)]++
		return js.Result{}, nil
	}
	e := &engine{do: map[string]func(js.Call) (js.Result, error){
		"js_on_connect": limit, "js_on_publish": limit, "js_on_play": limit,
		"js_on_close": tell, "js_on_unpublish": tell, "js_on_stop": tell,
	}}
	r := newRig(t, "vhost v { "+every+" } vhost w { }", e)
	full := func(err error, what string) {
		t.Helper()
		if err != error(errFull) {
			t.Errorf("%s: %v, want %v", what, err, errFull)
		}
	}
	a := must(r.publish(peer("v"), "a"))(t)
	must(r.publish(peer("w"), "x"))(t).Close(nil)
	b := must(r.publish(peer("v"), "b"))(t)
	_, err := r.publish(peer("v"), "c")
	full(err, "the third publisher of the vhost")
	p1, p2 := must(r.play(peer("v"), "a"))(t), must(r.play(peer("v"), "a"))(t)
	_, err = r.play(peer("v"), "a")
	full(err, "the third player of the stream")
	must(r.play(peer("v"), "b"))(t).Close(nil)
	p1.Close(nil)
	must(r.play(peer("v"), "a"))(t).Close(nil)
	var conns []*media.Connection
	for range 2 {
		c := peer("v")
		if err := r.Connect(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		conns = append(conns, c)
	}
	full(r.Connect(t.Context(), peer("v")), "the third connection")
	for _, c := range conns {
		r.Disconnect(c, nil)
	}
	p2.Close(nil)
	a.Close(nil)
	b.Close(nil)
	r.over()
	want := map[string]int{
		"js_on_unpublish ": 2, "js_on_stop ": 4, "js_on_close ": 2,
		"js_on_unpublish too many sessions": 1, "js_on_stop too many sessions": 1, "js_on_close too many sessions": 1,
	}
	if d := cmp.Diff(want, told); d != "" {
		t.Errorf("the events (-want +got)\n%s", d)
	}
}

// Of those who come together, no more are admitted than a script says.
func TestMaxSessionsHoldForACrowd(t *testing.T) {
	const limit, crowd = 3, 30
	at := make(chan struct{})
	gate := func(js.Call) (js.Result, error) {
		<-at
		return effect("allow", map[string]any{"maxSessions": int64(limit)}), nil
	}
	e := &engine{do: map[string]func(js.Call) (js.Result, error){"js_on_connect": gate, "js_on_publish": gate, "js_on_play": gate}}
	r := newRig(t, "vhost v { js_on_connect { } js_on_publish { } js_on_play { } }", e)
	var admitted [3]atomic.Int64
	var ends sync.Map
	var all sync.WaitGroup
	for i := range crowd {
		all.Go(func() {
			c := peer("v")
			if r.Connect(context.Background(), c) == nil {
				admitted[0].Add(1)
				ends.Store(c, func() { r.Disconnect(c, nil) })
			}
		})
		all.Go(func() {
			if pub, err := r.publish(peer("v"), fmt.Sprint(i)); err == nil {
				admitted[1].Add(1)
				ends.Store(pub, func() { pub.Close(nil) })
			}
		})
		all.Go(func() {
			if sub, err := r.play(peer("v"), "one"); err == nil {
				admitted[2].Add(1)
				ends.Store(sub, func() { sub.Close(nil) })
			}
		})
	}
	close(at)
	all.Wait()
	for i, what := range []string{"connections", "publishers", "players"} {
		if n := admitted[i].Load(); n != limit {
			t.Errorf("%d %s were admitted, want %d", n, what, limit)
		}
	}
	ends.Range(func(_, end any) bool { end.(func())(); return true })
	r.over()
}
