package vhost

import (
	"testing"

	"weir/js"
	"weir/js/hook"
)

// field is what scripts see of an object.
func field(v js.Value, name string) js.Value {
	o := v.(*js.Object)
	for _, c := range hook.Classes() {
		for i, f := range c.Fields {
			if c.Name == o.Class && f.Name == name {
				return o.Fields[i]
			}
		}
	}
	return nil
}

// Scripts see their own vhost, without what is hidden there.
func TestLiveIsTheVHostsOwn(t *testing.T) {
	e := &engine{do: map[string]func(js.Call) (js.Result, error){
		"js_on_publish": always(js.Result{Data: []js.Value{map[string]any{"title": "Show"}}}, nil),
	}}
	r := newRig(t, "vhost v { js_on_publish { } js_hide remoteAddress; } vhost w { }", e)
	mine, other := must(r.publish(peer("v"), "a"))(t), must(r.publish(peer("w"), "b"))(t)
	sub := must(r.play(peer("v"), "a"))(t)
	asked := func(vhost, op string, args ...js.Value) []js.Value {
		t.Helper()
		v, err := r.Ask(t.Context(), js.Origin{VHost: vhost}, op, args)
		if err != nil {
			t.Fatal(err)
		}
		return v.([]js.Value)
	}
	if got := asked("v", "live", ""); len(got) != 1 || field(got[0], "name") != "a" || field(got[0], "players") != int64(1) {
		t.Errorf("the streams of v are %v", got)
	} else if field(field(got[0], "publisher"), "remoteAddress") != "***" || field(got[0], "ctx").(map[string]any)["title"] != "Show" {
		t.Errorf("the publisher is %v, with %v", field(got[0], "publisher"), field(got[0], "ctx"))
	}
	if got := asked("v", "live", "live/b"); len(got) != 0 {
		t.Errorf("v sees w's stream: %v", got)
	}
	clients := asked("v", "clients")
	kinds := map[js.Value]int{}
	for _, c := range clients {
		kinds[field(c, "kind")]++
		if field(c, "remoteAddress") != "***" {
			t.Errorf("a client's address is %v", field(c, "remoteAddress"))
		}
	}
	if len(clients) != 2 || kinds["publish"] != 1 || kinds["play"] != 1 {
		t.Errorf("the clients of v are %v", kinds)
	}
	if got := asked("", "clients"); len(got) != 0 {
		t.Errorf("the server's own scripts see %v", got)
	}
	sub.Close(nil)
	mine.Close(nil)
	other.Close(nil)
	r.over()
}
