package vhost

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/media"
)

// counting keeps in s.ctx how many handlers ran, and says what each saw.
func counting(seen *[]string) func(js.Call) (js.Result, error) {
	var mu sync.Mutex
	return func(c js.Call) (js.Result, error) {
		mu.Lock()
		defer mu.Unlock()
		ctx, _ := data(c).(map[string]any)
		n, _ := ctx["n"].(int)
		*seen = append(*seen, fmt.Sprintf("%s %s %s %d", c.Unit, c.Origin.Directive, shown(c, "stream"), n))
		return js.Result{Data: []js.Value{map[string]any{"n": n + 1}}}, nil
	}
}

// The sessions of one connection share s.ctx, those of two do not; the close event
// is the last, though the connection ended first.
func TestConnection(t *testing.T) {
	var seen []string
	count := counting(&seen)
	e := &engine{do: map[string]func(js.Call) (js.Result, error){
		"js_on_connect": count, "js_on_publish": count, "js_on_play": count,
		"js_on_unpublish": count, "js_on_stop": count, "js_on_close": count,
	}}
	r := newRig(t, "vhost v { "+every+" }", e)
	for range 2 {
		c := peer("v")
		if err := r.Connect(context.Background(), c); err != nil {
			t.Fatal(err)
		}
		pub := must(r.publish(c, "a"))(t)
		sub := must(r.play(c, "b"))(t)
		pub.Close(nil)
		await(t, "the unpublish event", func() bool { return e.count("js_on_unpublish") == e.count("js_on_connect") })
		r.Disconnect(c, nil)
		r.Disconnect(c, nil)
		if e.count("js_on_close") == e.count("js_on_connect") {
			t.Error("the connection's event came before its session's")
		}
		sub.Close(nil)
		await(t, "the close event", func() bool { return e.count("js_on_close") == e.count("js_on_connect") })
	}
	r.over()
	one := []string{
		"v js_on_connect  0", "v js_on_publish a 1", "v js_on_play b 2",
		"v js_on_unpublish a 3", "v js_on_stop b 4", "v js_on_close  5",
	}
	if d := cmp.Diff(append(one, one...), seen); d != "" {
		t.Errorf("s.ctx (-want +got):\n%s", d)
	}
}

// A connection that was made to one vhost may publish in another: but it does not
// bring along what the one's scripts know of it, nor get around what the other's
// script says of connections.
func TestConnectionOfAnotherVHost(t *testing.T) {
	var seen []string
	count := counting(&seen)
	e := &engine{do: map[string]func(js.Call) (js.Result, error){"js_on_connect": count, "js_on_publish": count}}
	r := newRig(t, `vhost v { `+every+` } vhost open { js_on_publish { } } vhost closed { js_on_connect { } }`, e)
	c := peer("v")
	if err := r.Connect(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]error{"open": nil, "closed": errOtherVHost, "v": nil} {
		s := ask(c, media.KindPublish, "a")
		s.Asked.VHost = host
		pub, err := r.Publish(context.Background(), s)
		if !errors.Is(err, want) {
			t.Errorf("publish in %s: %v, want %v", host, err, want)
		}
		if err == nil {
			pub.Close(nil)
		}
	}
	r.Disconnect(c, nil)
	r.over()
	for _, s := range seen {
		if s != "v js_on_connect  0" && s != "v js_on_publish a 1" && s != "open js_on_publish a 0" {
			t.Errorf("saw %q", s)
		}
	}
}

// What ends a connection ends what it carries, and lets nothing more in.
func TestConnectionIsKicked(t *testing.T) {
	r := newRig(t, "vhost v { }", nil)
	c := peer("v")
	if err := r.Connect(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	pub, other := must(r.publish(c, "a"))(t), must(r.publish(peer("v"), "b"))(t)
	if !r.KickAny(c.ID, "out") {
		t.Fatal("no such connection")
	}
	<-pub.Done()
	pub.Close(nil)
	if _, err := r.publish(c, "c"); err == nil || err.Error() != "kicked: out" {
		t.Errorf("a publish after the kick: %v", err)
	}
	if err := other.Err(); err != nil {
		t.Errorf("another's publish ended: %v", err)
	}
	other.Close(nil)
	r.Disconnect(c, nil)
	r.over()
}

// An app is a name, too: it is checked before a script sees it. None is no app.
func TestConnectionsApp(t *testing.T) {
	e := &engine{}
	r := newRig(t, "vhost v { "+every+" }", e)
	for app, ok := range map[string]bool{"live": true, "a/b": true, "": true, "..": false, "a\nb": false, "a/../b": false} {
		c := peer("v")
		c.App = app
		err := r.Connect(context.Background(), c)
		if (err == nil) != ok {
			t.Errorf("app %q: %v", app, err)
		}
		if err == nil {
			r.Disconnect(c, nil)
		}
	}
	if n := e.count("js_on_connect"); n != 3 {
		t.Errorf("%d gates, want 3", n)
	}
	r.over()
}
