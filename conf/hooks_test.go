package conf

import (
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/google/go-cmp/cmp"

	"weir/confparse"
	"weir/js"
)

func TestHandlersWithOptions(t *testing.T) {
	c := load(t, `listen 1935; js_import hooks.js;
		js_on_update interval=1m { update(s); }
		js_periodic { tick(v); }
		js_periodic hooks.tick jitter=1s interval=1h;
		js_set $day hooks.day nocache;
		js_set $who { return s.args.user; }
		js_var $tier; js_var $plan free;
		vhost a { js_on_update off; js_set $day hooks.own; js_var $own x; }
		vhost b { }`)
	a, b := c.VHost("a"), c.VHost("b")
	check(t, "update", c.OnUpdate.String(), "interval=1m srs.conf:2")
	check(t, "own update", a.OnUpdate.String(), "off")
	check(t, "inherited update", b.OnUpdate, c.OnUpdate)
	check(t, "interval", b.OnUpdate.Interval, time.Minute)
	check(t, "periodic", texts(c.Periodics), []string{"interval=5s srs.conf:3", "interval=1h jitter=1s hooks.tick"})
	check(t, "periodic is not inherited", len(b.Periodics), 0)
	check(t, "sets", texts(b.Sets), []string{"$day nocache hooks.day", "$who srs.conf:6"})
	check(t, "own set ahead", texts(a.Sets), []string{"$day hooks.own", "$who srs.conf:6"})
	check(t, "vars", texts(a.JSVars), []string{"$own x", "$tier", "$plan free"})
}

func texts[T interface{ String() string }](list []T) []string {
	var all []string
	for _, x := range list {
		all = append(all, x.String())
	}
	return all
}

func TestUnitsAndParameters(t *testing.T) {
	c := load(t, `listen 1935;
		js_on_start { top(); } js_on_metadata { } js_vhost { return 'a'; }
		http_server { location /x { js_content { r.return(200); } } }
		vhost a { js_on_start { own(); } js_on_hls { } js_playlist_filter off; js_set $x { return 'x'; } js_periodic { } }
		vhost b { js_on_metadata off; }`)
	type inline struct {
		Unit, Body string
		Params     []string
		Sync       bool
	}
	var got []inline
	for _, s := range c.Sources() {
		for _, i := range s.Inline {
			got = append(got, inline{s.Unit, i.Body, i.Params, i.Sync})
		}
	}
	v, s := []string{"v"}, []string{"s"}
	check(t, "inline", got, []inline{
		{"", " top(); ", v, false},
		{"", " return 'a'; ", s, true},
		{"", " r.return(200); ", []string{"r"}, false},
		{"a", " own(); ", v, false},
		{"a", " ", []string{"s", "meta"}, true},
		{"a", " ", []string{"s", "file"}, false},
		{"a", " ", v, false},
		{"a", " return 'x'; ", s, true},
	})
}

// js_hooks binds what no directive beside it binds, and wins over what is further out.
func TestHooksOfAModule(t *testing.T) {
	fsys := fstest.MapFS{
		"srs.conf": {Data: []byte(`listen 1935;
			js_import outer.js; js_import inner.js; js_import own.js;
			js_hooks outer;
			js_on_stop own.stop;
			vhost a { js_hooks inner; js_on_close off; }
			vhost b { }`)},
		"outer.js": {Data: []byte("export const start = 1, publish = 1, play = 1, stop = 1, update = 1, vhost = 1, playlistFilter = 1, day = 1;")},
		"inner.js": {Data: []byte("export default { publish() {}, close() {}, periodic() {} };")},
		"own.js":   {},
	}
	c, list := Load(fsys, "srs.conf")
	for _, d := range list {
		t.Errorf("%v", d)
	}
	bound := func(handlers []*Handler) map[string]string {
		m := map[string]string{}
		for _, h := range handlers {
			if h.Directive != "" {
				m[h.Directive] = h.String()
			}
		}
		return m
	}
	check(t, "main", bound(c.Handlers()), map[string]string{"js_on_start": "outer.start", "js_vhost": "outer.vhost"})
	check(t, "a", bound(c.VHosts[0].Hooks.Handlers()), map[string]string{
		"js_on_publish": "inner.publish", "js_on_play": "outer.play", "js_on_stop": "own.stop", "js_on_close": "off",
		"js_on_update": "outer.update", "js_playlist_filter": "outer.playlistFilter",
	})
	check(t, "interval", c.VHosts[1].OnUpdate.Interval, 30*time.Second)
}

// Where a module's exports cannot be told, its gates do not go unbound unsaid.
func TestHooksOfAModuleThatCannotBeToldAreAnError(t *testing.T) {
	fsys := fstest.MapFS{"srs.conf": {Data: []byte("listen 1935; js_import m.js; js_hooks m; vhost a { }")}, "m.js": {}}
	env := Env{Exports: func(_ fs.FS, files []string) []js.Exported {
		check(t, "files", files, []string{"m.js"})
		return []js.Exported{{Err: js.ErrCrash}}
	}}
	_, list := LoadEnv(fsys, "srs.conf", env)
	check(t, "an error", list.HasErrors(), true)
}

func TestPermits(t *testing.T) {
	f, _ := confparse.Parse("etc/srs.conf", `listen 1935; js_permit fetch a:80 *.b; js_permit fs read data /srv;
		vhost a { js_permit env HOME; js_permit all; js_hide args.token query; } js_hide remoteAddress;`)
	c, list := Decode(f)
	check(t, "findings", len(list), 0)
	got := c.VHosts[0].JSPermit
	want := []Permit{
		{Kind: PermitEnv, Names: []string{"HOME"}},
		{Kind: PermitAll},
		{Kind: PermitFetch, Names: []string{"a:80", "*.b"}},
		{Kind: PermitRead, Names: []string{"etc/data", "/srv"}},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreTypes(confparse.Span{})); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	check(t, "hidden", c.VHosts[0].JSHide, []Hide{{Fields: []string{"args.token", "query"}}, {Fields: []string{"remoteAddress"}}})
}

func TestLocations(t *testing.T) {
	c := load(t, `listen 1935; http_server {
		location / { } location = /a { js_access { } } location ~* \.(m3u8|ts)$ { } location ^~ /b { } location @x { } } vhost a { }`)
	var got []string
	for _, l := range c.HTTPServer.Locations {
		got = append(got, l.Pattern.String())
	}
	check(t, "patterns", got, []string{"/", "= /a", `~* \.(m3u8|ts)$`, "^~ /b", "@x"})
	re := c.HTTPServer.Locations[2].Pattern.Expression()
	check(t, "folds", re.MatchString("/live/A.M3U8"), true)
	check(t, "bound", c.HTTPServer.Locations[1].Access.Ref(), js.Func{Inline: "srs.conf:2"})
}

func TestTrustedCertificates(t *testing.T) {
	fsys := pairAt(t, "listen 1935; js_fetch_trusted_certificate tls/server.crt; vhost a { } vhost b { js_fetch_trusted_certificate /own.crt; }", "etc/")
	fsys["own.crt"] = fsys["etc/tls/server.crt"]
	c, _ := Load(fsys, "etc/srs.conf")
	check(t, "a", string(c.VHosts[0].FetchRoots), string(fsys["own.crt"].Data))
	check(t, "b", len(c.VHosts[1].FetchRoots), 0) // no file system has /own.crt
}
