package vhost

import (
	"errors"
	"testing"

	"weir/js"
	"weir/media"
)

// js_vhost names the vhost of a session, whatever its kind and its protocol.
func TestPick(t *testing.T) {
	pick := func(c js.Call) (js.Result, error) {
		switch shown(c, "stream") {
		case "asked":
			return js.Result{}, nil
		case "unknown":
			return js.Result{Value: "nobody"}, nil
		case "number":
			return js.Result{Value: int64(1)}, nil
		case "denies":
			return effect("deny"), nil
		case "throws":
			return js.Result{}, &js.Error{Message: "boom"}
		}
		return js.Result{Value: "other"}, nil
	}
	e := &engine{do: map[string]func(js.Call) (js.Result, error){"js_vhost": pick}}
	const vhosts = ` vhost v { hls { enabled on; } } vhost other { hls { enabled on; } http_remux { enabled on; } }`
	r := newRig(t, "js_vhost { return ''; }"+vhosts, e)
	for stream, want := range map[string]string{"a": "other", "asked": "v"} {
		pub := must(r.publish(peer("v"), stream))(t)
		if pub.Key().VHost != want {
			t.Errorf("%s is published in %s, want %s", stream, pub.Key().VHost, want)
		}
		sub := must(r.play(viewer("hls"), stream))(t)
		if sub.Key().VHost != want {
			t.Errorf("%s is played from %s, want %s", stream, sub.Key().VHost, want)
		}
		if key, _, err := r.HLS(ask(viewer("hls"), media.KindPlay, stream)); key.VHost != want || err != nil {
			t.Errorf("HLS of %s is that of %s (%v), want %s", stream, key.VHost, err, want)
		}
		sub.Close(nil)
		if stream == "a" {
			must(r.play(viewer("flv"), stream))(t).Close(nil)
		}
		pub.Close(nil)
	}
	if _, err := r.publish(peer("v"), "unknown"); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("an unknown vhost: %v", err)
	}
	for _, stream := range []string{"number", "denies", "throws"} {
		if _, err := r.publish(peer("v"), stream); err != error(errHookFailed) {
			t.Errorf("%s: %v", stream, err)
		}
	}
	calls := e.count("js_vhost")
	if _, err := r.publish(peer("v"), "../a"); !errors.Is(err, media.ErrBadName) || e.count("js_vhost") != calls {
		t.Errorf("a bad name: %v, after %d calls", err, e.count("js_vhost")-calls)
	}
	c := peer("v")
	if err := r.Connect(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if got := r.connections[c].gate.vhost.Name; got != "other" {
		t.Errorf("connected to %s", got)
	}
	r.Disconnect(c, nil)
	r.Swap(NewGeneration(2, configured(t, "js_fail open; js_vhost { return ''; }"+vhosts), e))
	pub := must(r.publish(peer("v"), "throws"))(t)
	if pub.Key().VHost != "v" {
		t.Errorf("with js_fail open: %s", pub.Key())
	}
	pub.Close(nil)
	r.over()
}
