package vhost

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"weir/conf"
	"weir/js"
	"weir/js/hook"
	"weir/media"
	"weir/media/hub"
)

// scripted serves one vhost whose scripts run in the real engine.
func scripted(t *testing.T, vhost string) *rig {
	t.Helper()
	text := "listen 1935;\nvhost v {\n" + vhost + "\n}"
	fsys := fstest.MapFS{"srs.conf": {Data: []byte(text)}}
	c, found := conf.Load(fsys, "srs.conf")
	if found.HasErrors() {
		t.Fatalf("%v", found)
	}
	program, err := js.Compile(fsys, c.Sources(), js.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, "", nil)
	r.Server = &Server{Hub: hub.New(hub.Settings{Shards: 1}), Logger: r.Logger}
	pool, err := js.NewPool(program, js.Options{Classes: hook.Classes(), Host: r.Server})
	if err != nil {
		t.Fatal(err)
	}
	r.Start(NewGeneration(1, c, pool))
	t.Cleanup(func() {
		r.over()
		if err := pool.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return r
}

// A script that ends its own session from its gate, or another's from its event,
// neither hangs nor loses an event.
func TestScriptKicks(t *testing.T) {
	r := scripted(t, `
		js_on_connect { s.ctx.from = 'connect'; }
		js_on_publish { if (s.stream === 'self') s.kick('myself'); if (s.stream === 'late') { await null; s.kick(); } }
		js_on_unpublish { s.log('unpublish ' + s.stream + ' ' + s.ctx.from + ' [' + s.reason + ']'); }
		js_on_play { s.live.kick('by a player'); }
	`)
	c := peer("v")
	if err := r.Connect(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	if _, err := r.publish(c, "self"); err == nil || err.Error() != "kicked: myself" {
		t.Errorf("self: %v", err)
	}
	if _, err := r.publish(c, "late"); err == nil || err.Error() != "kicked" {
		t.Errorf("late: %v", err)
	}
	pub := must(r.publish(c, "other"))(t)
	sub := must(r.play(c, "other"))(t)
	<-pub.Done()
	pub.Close(nil)
	sub.Close(nil)
	pub = must(r.publish(c, "left"))(t)
	pub.Close(nil)
	for _, line := range []string{
		"unpublish self connect [kicked: myself]", "unpublish late connect [kicked]",
		"unpublish other connect [kicked: by a player]", "unpublish left connect []",
	} {
		await(t, line, func() bool { return strings.Contains(r.log.String(), line) })
	}
	r.Disconnect(c, nil)
}

// Whatever a handler does wrong, its peer is answered, by js_fail.
func TestScriptFails(t *testing.T) {
	scripts := map[string]string{
		"throws": "throw new Error('boom');", "throws null": "throw null;", "throws a symbol": "throw Symbol('x');",
		"rejects": "await null; throw new TypeError('later');", "never returns": "for (;;) {}",
		"never settles": "await new Promise(() => {});", "says too much": "s.deny(200);", "ctx is no data": "s.ctx.f = () => 1;",
	}
	for name, body := range scripts {
		t.Run(name, func(t *testing.T) {
			for policy, admits := range map[string]bool{"closed": false, "open": name != "says too much"} {
				r := scripted(t, "js_fail "+policy+"; js_timeout 100ms; js_cpu_limit 20ms; js_on_publish { "+body+" }")
				pub, err := r.publish(peer("v"), "a")
				if (err == nil) != admits {
					t.Errorf("%s: %v", policy, err)
				}
				if err == nil {
					pub.Close(nil)
				} else if err.Error() != errHookFailed.Error() {
					t.Errorf("%s: the peer hears %q", policy, err)
				}
				if n := strings.Count(r.log.String(), "script failed"); n != 1 || !strings.Contains(r.log.String(), "srs.conf:3") {
					t.Errorf("%s: %d lines about it, want 1 with its place:\n%s", policy, n, r.log)
				}
			}
		})
	}
}

// What a renamed stream was asked for, and what came along with it, is not in the
// log, in the API's view or in another session's.
func TestSecretsStayInTheirSession(t *testing.T) {
	r := scripted(t, `
		js_on_publish { s.rename('public'); }
		js_on_unpublish { s.log('was ' + s.url + ' ' + s.stream); }
		js_on_play { s.log(JSON.stringify(s.live) + JSON.stringify(s.live.publisher)); }
	`)
	s := ask(peer("v"), media.KindPublish, "hidden-key")
	s.Query, s.URL = "token=hidden-token", s.URL+"?token=hidden-token"
	pub, err := r.Publish(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	must(r.play(peer("v"), "public"))(t).Close(nil)
	if _, err := r.publish(peer("v"), "hidden-2"); err == nil || strings.Contains(err.Error(), "hidden") {
		t.Errorf("busy: %v", err)
	}
	for _, c := range r.Clients() {
		if strings.Contains(c.Key.String(), "hidden") {
			t.Errorf("the list of clients has %s", c.Key)
		}
	}
	pub.Close(nil)
	await(t, "the event", func() bool { return strings.Contains(r.log.String(), "was rtmp://v/live/public") })
	text := strings.ReplaceAll(r.log.String(), "live/public?token=hidden-token", "its own URL, which the script logged")
	if strings.Contains(text, "hidden") {
		t.Errorf("a secret is in the log:\n%s", text)
	}
}
