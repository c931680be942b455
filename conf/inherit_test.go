package conf

import (
	"testing"
	"time"
)

const inheriting = `listen 1935;
js_path js;
js_import hooks from hooks.js;
js_timeout 5s;
js_on_publish hooks.publish;
js_on_play hooks.play;
js_on_stop { hooks.stop(s); }
vhost a {
	js_path ours;
	js_import mine from mine.ts;
	js_timeout 1s;
	js_on_publish mine.publish;
	js_on_play off;
	js_on_connect { mine.connect(s); } js_on_close { }
}
vhost b { }
`

func TestInheritance(t *testing.T) {
	c := load(t, inheriting)
	a, b := c.VHost("a"), c.VHost("b")
	check(t, "a publish", a.OnPublish, Handler{Module: "mine", Func: "publish", Directive: "js_on_publish"})
	check(t, "a play", a.OnPlay, Handler{Off: true, Directive: "js_on_play"})
	check(t, "a stop", a.OnStop.ID, "srs.conf:7")
	check(t, "a connect", a.OnConnect.ID, "srs.conf:14")
	check(t, "a close", a.OnClose.ID, "srs.conf:14:50")
	check(t, "a unpublish", a.OnUnpublish.IsSet(), false)
	check(t, "a timeout", a.JSTimeout, time.Second)
	check(t, "a path", a.JSPath, []string{"ours", "js"})
	check(t, "a imports", a.JSImport, []Import{
		{Name: "mine", File: "mine.ts", Dirs: []string{"ours", "js", "."}},
		{Name: "hooks", File: "hooks.js", Dirs: []string{"js", "."}},
	})
	check(t, "b hooks", b.Hooks, c.Hooks)
	check(t, "b scripts", b.Scripts, c.Scripts)
	check(t, "b timeout", b.JSTimeout, 5*time.Second)
}

func TestVHost(t *testing.T) {
	c := load(t, "listen 1935; vhost a { } vhost __defaultVhost__ { }")
	check(t, "known", c.VHost("a").Name, "a")
	check(t, "unknown", c.VHost("x").Name, DefaultVHost)
	c = load(t, "listen 1935; vhost a { }")
	check(t, "none", c.VHost("x") == nil, true)
}
