package conf

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// loadEnv loads a text in an environment; the findings are "place CODE message".
func loadEnv(text string, env Env) (*Config, []string) {
	c, list := LoadEnv(fstest.MapFS{"srs.conf": {Data: []byte(text)}}, "srs.conf", env)
	var found []string
	for _, d := range list {
		at := d.Span.Start
		found = append(found, fmt.Sprintf("%s:%d:%d %s %s", at.File, at.Line, at.Col, d.Code, d.Message))
	}
	return c, found
}

func TestOverrides(t *testing.T) {
	c, found := loadEnv(`listen 1935; js_timeout 1s; http_server { enabled on; }
		vhost a { hls { enabled off; hls_fragment 5; } js_timeout 2s; gop_cache on; } vhost b { refer x.y; }`, Env{Vars: []string{
		"PATH=/bin", "SRS_LISTEN=1936  [::1]:1937", "SRS_CHUNK_SIZE=", "SRS_PORT=tcp://10.0.0.1:1935", "SRS_JS_TIMEOUT=4",
		"SRS_HTTP_API_AUTH_ENABLED=on", "SRS_HTTP_API_AUTH_USERNAME=admin", "SRS_HTTP_API_AUTH_PASSWORD=a b=c",
		"SRS_VHOST_HLS_ENABLED=on", "SRS_VHOST_PLAY_GOP_CACHE=off", "SRS_VHOST_REFER_ALL=a.b c.d", "SRS_VHOST_HTTP_HOOKS_ON_PLAY=http://h/?token=1",
	}})
	check(t, "findings", found, []string{
		"$SRS_HTTP_API_AUTH_ENABLED:1:1 W410 SRS_HTTP_API_AUTH_ENABLED=on sets http_api.auth.enabled",
		"$SRS_HTTP_API_AUTH_PASSWORD:1:1 W410 SRS_HTTP_API_AUTH_PASSWORD=xxxxx sets http_api.auth.password",
		"$SRS_HTTP_API_AUTH_USERNAME:1:1 W410 SRS_HTTP_API_AUTH_USERNAME=admin sets http_api.auth.username",
		"$SRS_JS_TIMEOUT:1:1 W410 SRS_JS_TIMEOUT=4 overrides js_timeout",
		"$SRS_LISTEN:1:1 W410 SRS_LISTEN=1936  [::1]:1937 overrides listen",
		"$SRS_VHOST_HLS_ENABLED:1:1 W410 SRS_VHOST_HLS_ENABLED=on overrides vhost.hls.enabled",
		"$SRS_VHOST_HTTP_HOOKS_ON_PLAY:1:1 W410 SRS_VHOST_HTTP_HOOKS_ON_PLAY=http://h/?xxxxx sets vhost.http_hooks.on_play",
		"$SRS_VHOST_PLAY_GOP_CACHE:1:1 W410 SRS_VHOST_PLAY_GOP_CACHE=off overrides vhost.play.gop_cache",
		"$SRS_VHOST_REFER_ALL:1:1 W410 SRS_VHOST_REFER_ALL=a.b c.d overrides vhost.refer.all",
		"srs.conf:2:3 W306 refer has no effect: it is not enabled",
		"srs.conf:2:81 W306 http_hooks has no effect: it is not enabled",
	})
	check(t, "listen", c.Listen, []Listen{{Addr: ":1936", Bare: true}, {Addr: "[::1]:1937"}})
	check(t, "auth", c.HTTPAPI.Auth, HTTPAuth{Enabled: true, Username: "admin", Password: "a b=c"})
	a, b := c.VHost("a"), c.VHost("b")
	check(t, "a hls", a.HLS.Enabled, true)
	check(t, "a fragment", a.HLS.Fragment, 5*time.Second)
	check(t, "b hls", b.HLS.Enabled, true)
	check(t, "a gop_cache", a.Play.GOPCache, false)
	check(t, "a js_timeout", a.JSTimeout, 2*time.Second)
	check(t, "b js_timeout", b.JSTimeout, 4*time.Second)
	check(t, "a refer", a.Refer, Refer{All: []string{"a.b", "c.d"}})
	check(t, "b refer", b.Refer, Refer{Enabled: true, All: []string{"a.b", "c.d"}})
}

func TestOverridesAreChecked(t *testing.T) {
	for _, tt := range []struct{ name, text, variable, want string }{
		{"value", "listen 1935; vhost a { }", "SRS_LISTEN=1935 кино x", `$SRS_LISTEN:1:6 E205 listen cannot listen at "кино"`},
		{"range", "listen 1935; vhost a { } vhost b { }", "SRS_VHOST_CHUNK_SIZE=1", "$SRS_VHOST_CHUNK_SIZE:1:1 E205 chunk_size must be at least 128"},
		{"the file all the same", "listen 1935; max_connections x; vhost a { }", "SRS_MAX_CONNECTIONS=9", "srs.conf:1:30 E205 max_connections must be a whole number"},
		{"a guard", "listen 1935; http_server { enabled on; } vhost a { hls { enabled on; } }", "SRS_VHOST_HLS_HLS_KEYS=on", "$SRS_VHOST_HLS_HLS_KEYS:1:1 E302 hls_keys guards"},
		{"a guard of the file", "listen 1935; http_server { enabled on; } vhost a { hls { enabled off; hls_keys on; } }", "SRS_VHOST_HLS_ENABLED=on", "srs.conf:1:71 E302 hls_keys guards"},
		{"a feature that is missing", "listen 1935; vhost a { }", "SRS_RTC_SERVER_ENABLED=on", "$SRS_RTC_SERVER_ENABLED:1:1 W301 not served: rtc_server"},
		{"in each vhost", "listen 1935; vhost a { } vhost b { }", "SRS_VHOST_DVR_ENABLED=on", "$SRS_VHOST_DVR_ENABLED:1:1 W301 not served: dvr"},
		{"without effect", "listen 1935; vhost a { }", "SRS_ASPROCESS=off", "$SRS_ASPROCESS:1:1 I303 without effect: asprocess"},
		{"ports", "listen 1935; http_server { enabled on; } vhost a { }", "SRS_HTTP_SERVER_LISTEN=1935", "$SRS_HTTP_SERVER_LISTEN:1:1 E401 listen: port 1935 is taken by :1935"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, found := loadEnv(tt.text, Env{Vars: []string{tt.variable}})
			n := 0
			for _, f := range found {
				if strings.HasPrefix(f, tt.want) {
					n++
				}
			}
			if n != 1 {
				t.Errorf("found %d times %q in %q", n, tt.want, found)
			}
		})
	}
	for _, variable := range []string{"SRS_RTC_SERVER_ENABLED=off", "SRS_UTC_TIME=off", "SRS_LISTEN="} {
		_, found := loadEnv("listen 1935; vhost a { }", Env{Vars: []string{variable}})
		check(t, variable, len(found), 0)
	}
}

func TestOverrideOfWhatIsMissing(t *testing.T) {
	c, list := LoadEnv(fstest.MapFS{"srs.conf": {Data: []byte("vhost a { }")}}, "srs.conf", Env{Vars: []string{"SRS_LISTEN=1935"}})
	if list.HasErrors() {
		t.Error(list)
	}
	check(t, "listen", len(c.Listen), 1)
}

// TestSRSVariables: SRS's names, from its full.conf, are ours.
func TestSRSVariables(t *testing.T) {
	var missing []string
	for _, name := range []string{
		"SRS_LISTEN", "SRS_CHUNK_SIZE", "SRS_MAX_CONNECTIONS", "SRS_SRS_LOG_LEVEL", "SRS_DAEMON", "SRS_HTTP_API_ENABLED", "SRS_HTTP_API_LISTEN",
		"SRS_HTTP_API_AUTH_PASSWORD", "SRS_HTTP_SERVER_DIR", "SRS_HTTP_SERVER_CROSSDOMAIN", "SRS_HTTP_API_HTTPS_ENABLED", "SRS_VHOST_MIN_LATENCY",
		"SRS_VHOST_TCP_NODELAY", "SRS_VHOST_PLAY_MW_LATENCY", "SRS_VHOST_PLAY_QUEUE_LENGTH", "SRS_VHOST_PUBLISH_NORMAL_TIMEOUT", "SRS_VHOST_SECURITY_ENABLED",
		"SRS_VHOST_HTTP_HOOKS_ENABLED", "SRS_VHOST_HTTP_HOOKS_ON_PUBLISH", "SRS_VHOST_HLS_HLS_FRAGMENT", "SRS_VHOST_HLS_HLS_PATH", "SRS_VHOST_HTTP_REMUX_MOUNT",
	} {
		if variables[name] == nil {
			missing = append(missing, name)
		}
	}
	check(t, "missing", missing, []string(nil))
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		if strings.ContainsAny(name, ".") {
			t.Error(name)
		}
	}
}

func TestDescriptors(t *testing.T) {
	for limit, want := range map[uint64][]string{
		0: nil, 1128: nil,
		1127: {"srs.conf:0:0 W307 max_connections 1000 needs 1128 open files, and the limit is 1127"},
	} {
		_, found := loadEnv("listen 1935; vhost a { }", Env{MaxFiles: limit})
		check(t, fmt.Sprint(limit), found, want)
	}
}

// TestLoadGrowsLinearly counts what ten times the vhosts cost.
func TestLoadGrowsLinearly(t *testing.T) {
	cost := func(vhosts int) float64 {
		fsys := manyVHosts(vhosts)
		env := Env{Vars: []string{"SRS_VHOST_HLS_ENABLED=on", "SRS_VHOST_HLS_HLS_TD_RATIO=2"}}
		return testing.AllocsPerRun(1, func() { LoadEnv(fsys, "srs.conf", env) })
	}
	if few, many := cost(200), cost(2000); many > 11*few {
		t.Errorf("%v allocations for 200 vhosts, %v for 2000", few, many)
	}
}

func FuzzOverride(f *testing.F) {
	for name := range variables {
		f.Add(name+"=on", "SRS_LISTEN=1")
	}
	f.Fuzz(func(t *testing.T, one, two string) {
		_, list := LoadEnv(fstest.MapFS{"srs.conf": {Data: []byte("vhost a { refer x.y; }")}}, "srs.conf", Env{Vars: []string{one, two}})
		_, again := LoadEnv(fstest.MapFS{"srs.conf": {Data: []byte("vhost a { refer x.y; }")}}, "srs.conf", Env{Vars: []string{two, one}})
		if _, value, _ := strings.Cut(one, "="); strings.HasPrefix(one, "SRS_HTTP_API_AUTH_PASSWORD=") && len(value) > 9 {
			for _, d := range append(list, again...) {
				if strings.Contains(d.Message, value) {
					t.Errorf("%q shows %q", d.Message, value)
				}
			}
		}
		if list.HasErrors() != again.HasErrors() && strings.SplitN(one, "=", 2)[0] != strings.SplitN(two, "=", 2)[0] {
			t.Errorf("%q %q: the order counts: %v, %v", one, two, list, again)
		}
	})
}
