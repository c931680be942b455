package vhost

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/media"
)

// What a gate's handler comes to decides what the peer hears, and whether the
// event that follows is owed.
func TestGate(t *testing.T) {
	tests := []struct {
		name    string
		vhost   string
		result  js.Result
		err     error
		answer  string // of Publish; "" for admission
		key     string
		reasons []string // of the unpublish events
	}{
		{name: "nothing", key: "live/asked", reasons: []string{""}},
		{name: "allow", result: effect("allow"), key: "live/asked", reasons: []string{""}},
		{name: "false", result: js.Result{Value: false}, answer: "denied (403)"},
		{name: "deny", result: effect("deny", int64(401), "expired"), answer: "expired"},
		{name: "redirect", result: effect("redirect", "rtmp://b/live/x"), answer: "denied (302)"},
		{name: "rename", result: effect("rename", "public"), key: "live/public", reasons: []string{""}},
		{name: "rename with app", result: effect("rename", "show", "public"), key: "show/public", reasons: []string{""}},
		{
			name: "rename to a bad name", result: effect("rename", "../up"),
			answer: `bad name: stream has the character '/'`, reasons: []string{`bad name: stream has the character '/'`},
		},
		{
			name: "busy", result: effect("rename", "held"),
			answer: media.ErrBusy.Error(), reasons: []string{media.ErrBusy.Error()},
		},
		{name: "exception", err: &js.Error{Message: "boom"}, answer: errHookFailed.Error()},
		{name: "overload", err: js.ErrOverload, answer: errHookFailed.Error()},
		{name: "exception, open", vhost: "js_fail open;", err: &js.Error{Message: "boom"}, key: "live/asked", reasons: []string{""}},
		{name: "overload, open", vhost: "js_fail open;", err: js.ErrOverload, key: "live/asked", reasons: []string{""}},
		{
			name: "deny with a bad code, open", vhost: "js_fail open;", result: effect("deny", int64(200)),
			answer: errHookFailed.Error(),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var mu sync.Mutex
			var reasons []string
			e := &engine{}
			e.do = map[string]func(js.Call) (js.Result, error){
				"js_on_publish": func(c js.Call) (js.Result, error) {
					if shown(c, "stream") == "held" {
						return js.Result{}, nil
					}
					return tt.result, tt.err
				},
				"js_on_unpublish": func(c js.Call) (js.Result, error) {
					mu.Lock()
					defer mu.Unlock()
					reasons = append(reasons, shown(c, "reason").(string))
					return js.Result{}, nil
				},
			}
			r := newRig(t, "vhost v { "+every+tt.vhost+" }", e)
			held := must(r.publish(peer("v"), "held"))(t)
			pub, err := r.publish(peer("v"), "asked")
			if err != nil {
				if err.Error() != tt.answer {
					t.Errorf("answer %q, want %q", err, tt.answer)
				}
			} else if tt.answer != "" || pub.Key().Path() != tt.key {
				t.Errorf("admitted as %s, want %s%s", pub.Key().Path(), tt.key, tt.answer)
			}
			if err == nil {
				pub.Close(nil)
				pub.Close(errors.New("again"))
			}
			await(t, "events", func() bool {
				mu.Lock()
				defer mu.Unlock()
				return len(reasons) >= len(tt.reasons)
			})
			want := append([]string(nil), tt.reasons...)
			held.Close(errors.New("last"))
			r.over()
			if d := cmp.Diff(append(want, "last"), reasons); d != "" {
				t.Errorf("reasons of the events (-want +got):\n%s", d)
			}
		})
	}
}

// What a script decides in vain is said.
func TestUnservedDecisionsAreSaid(t *testing.T) {
	e := &engine{do: map[string]func(js.Call) (js.Result, error){
		"js_on_publish": always(effect("record", true), nil),
		"js_on_play":    always(effect("allow", map[string]any{"recheck": "60s"}), nil),
	}}
	r := newRig(t, "vhost v { "+every+" }", e)
	pub := must(r.publish(peer("v"), "a"))(t)
	must(r.play(peer("v"), "a"))(t).Close(nil)
	pub.Close(nil)
	r.over()
	for _, words := range []string{"not served yet", "methods=[record]", "js_on_update is not bound"} {
		if !strings.Contains(r.log.String(), words) {
			t.Errorf("%q is not in the log:\n%s", words, r.log)
		}
	}
}

// Who leaves while the gate runs is answered at once; the handler runs to its end,
// and its event follows.
func TestPeerLeavesDuringGate(t *testing.T) {
	release, called := make(chan struct{}), make(chan struct{})
	var reason js.Value
	e := &engine{do: map[string]func(js.Call) (js.Result, error){
		"js_on_publish":   func(js.Call) (js.Result, error) { close(called); <-release; return js.Result{}, nil },
		"js_on_unpublish": func(c js.Call) (js.Result, error) { reason = shown(c, "reason"); return js.Result{}, nil },
	}}
	r := newRig(t, "vhost v { "+every+" }", e)
	ctx, leave := context.WithCancel(context.Background())
	go func() { <-called; leave() }()
	if _, err := r.Publish(ctx, ask(peer("v"), media.KindPublish, "a")); !errors.Is(err, context.Canceled) {
		t.Errorf("answer %v, want that of the context", err)
	}
	if n := e.count("js_on_unpublish"); n != 0 {
		t.Errorf("%d events before the gate ended", n)
	}
	close(release)
	r.over()
	if n := e.count("js_on_unpublish"); n != 1 || reason != errLeft.Error() {
		t.Errorf("%d events, reason %v, want one: %v", n, reason, errLeft)
	}
}

// A kick does not wait for the gate of the session that it ends.
func TestKickDuringGate(t *testing.T) {
	release := make(chan struct{})
	ids := make(chan string, 1)
	e := &engine{do: map[string]func(js.Call) (js.Result, error){
		"js_on_publish": func(c js.Call) (js.Result, error) { ids <- c.Origin.Session; <-release; return js.Result{}, nil },
	}}
	r := newRig(t, "vhost v { "+every+" } vhost w { }", e)
	answer := make(chan error, 1)
	go func() { _, err := r.publish(peer("v"), "a"); answer <- err }()
	id := <-ids
	kick := func(vhost, id, reason string) bool {
		v, err := r.Ask(t.Context(), js.Origin{VHost: vhost}, "kick", []js.Value{id, reason})
		return v == true && err == nil
	}
	if kick("w", id, "") || kick("v", "unknown", "") {
		t.Error("a session was kicked that is another vhost's, or none")
	}
	if !kick("v", id, "out") || !r.KickAny(id, "again") {
		t.Error("the session was not kicked")
	}
	select {
	case err := <-answer:
		if err == nil || err.Error() != "kicked: out" {
			t.Errorf("answer %v, want the kick", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("the peer waits for its gate")
	}
	close(release)
	r.over()
	if n := e.count("js_on_unpublish"); n != 1 {
		t.Errorf("%d events, want 1", n)
	}
}

// A gate that was asked under a generation is answered by it, though a reload
// comes between; the generation waits for that.
func TestReloadDuringGate(t *testing.T) {
	release, called := make(chan struct{}), make(chan struct{})
	e := &engine{do: map[string]func(js.Call) (js.Result, error){
		"js_on_publish": func(js.Call) (js.Result, error) { close(called); <-release; return effect("rename", "old"), nil },
	}}
	r := newRig(t, "vhost v { "+every+" }", e)
	c := peer("v")
	got := make(chan media.Publication, 1)
	go func() {
		pub, err := r.publish(c, "a")
		if err != nil {
			t.Error(err)
		}
		got <- pub
	}()
	<-called
	e2 := &engine{}
	old := r.Swap(NewGeneration(2, configured(t, "vhost v { "+every+" }"), e2))
	select {
	case <-old.Ended():
		t.Error("the generation ended while its gate runs")
	default:
	}
	close(release)
	pub := <-got
	if pub.Key().Stream != "old" {
		t.Errorf("admitted as %s, want the old script's name", pub.Key().Stream)
	}
	<-old.Ended()
	pub.Close(nil)
	r.over()
	if n := e2.count("js_on_unpublish v live/old"); n != 1 {
		t.Errorf("%d events in the new generation, want 1", n)
	}
}

// An event is not lost to an engine that has no room: it waits.
func TestEventOutlastsOverload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refusals := 20
		e := &engine{}
		e.do = map[string]func(js.Call) (js.Result, error){
			"js_on_unpublish": func(js.Call) (js.Result, error) {
				if refusals--; refusals >= 0 {
					return js.Result{}, js.ErrOverload
				}
				return js.Result{}, nil
			},
		}
		r := newRig(t, "vhost v { "+every+" }", e)
		must(r.publish(peer("v"), "a"))(t).Close(nil)
		r.over()
		if n := e.count("js_on_unpublish"); n != 21 {
			t.Errorf("%d calls, want 21", n)
		}
	})
}

// What a peer is not admitted to leaves no trace but the counts.
func TestRefusalsLeaveNothing(t *testing.T) {
	r := newRig(t, `vhost v { hls { enabled off; } http_remux { enabled on; } } vhost off { enabled off; }`, nil)
	for _, host := range []string{"off", "nobody"} {
		if err := r.Connect(context.Background(), peer(host)); err == nil {
			t.Errorf("%s: connected", host)
		}
	}
	for _, stream := range []string{"", "..", "a/b", "a\nb", "-x", strings.Repeat("x", 300)} {
		if _, err := r.publish(peer("v"), stream); !errors.Is(err, media.ErrBadName) {
			t.Errorf("publish %q: %v", stream, err)
		}
	}
	for _, protocol := range []string{"flv", "hls"} {
		if _, err := r.play(viewer(protocol), "a"); !errors.Is(err, media.ErrNotFound) {
			t.Errorf("play by %s: %v", protocol, err)
		}
	}
	r.empty()
	r.over()
	if s := r.log.String(); strings.Contains(s, "xxx") || strings.Contains(s, "stream=") {
		t.Errorf("a name that was refused is in the log:\n%s", s)
	}
}
