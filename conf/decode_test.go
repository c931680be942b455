package conf

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"weir/confparse"
)

// places and trees are not what these tests are about.
var noPlaces = cmp.Options{
	cmpopts.IgnoreTypes(confparse.Span{}),
	cmpopts.IgnoreFields(Config{}, "File"),
}

var defaultPair = KeyPair{Key: "./conf/server.key", Cert: "./conf/server.crt"}

func TestDefaults(t *testing.T) {
	c := load(t, "listen 1935; vhost a { }")
	want := &VHost{
		Name: "a", Enabled: true, OutAckSize: 2500000,
		Scripts: Scripts{
			JSTimeout: 3 * time.Second, JSCPULimit: 100 * time.Millisecond, JSMaxPending: 1024, JSFail: "closed", JSVM: "vhost", JSWorkers: 1,
			Fetch: Fetch{FetchTimeout: time.Minute, FetchMaxResponse: 1 << 20, FetchVerify: true, FetchKeepalive: 32},
		},
		Publish:   Publish{FirstPacketTimeout: 20 * time.Second, NormalTimeout: 5 * time.Second, MRLatency: 350 * time.Millisecond},
		Play:      playing(func(*Play) {}),
		HTTPHooks: HTTPHooks{Timeout: 30 * time.Second, Retry: 3},
		HLS:       HLS{Fragment: 10 * time.Second, Window: time.Minute, Dispose: 2 * time.Minute, Ctx: true},
		HTTPRemux: HTTPRemux{
			Mount: []Mount{{Ext: ".flv"}}, GuessHasAV: true, HasAudio: true, HasVideo: true, DropIfNotMatch: true,
		},
	}
	if diff := cmp.Diff(want, c.VHosts[0], noPlaces); diff != "" {
		t.Errorf("vhost: -want +got\n%s", diff)
	}
	wantTop := &Config{
		Listen: []Listen{{Addr: ":1935", Bare: true}}, MaxConnections: 1000, ChunkSize: 60000, LogLevel: "info", LogTank: "console", LogFile: "./objs/srs.log", PID: "./objs/srs.pid", WorkDir: "./",
		HandshakeTimeout: 10 * time.Second, Scripts: want.Scripts, JSMemory: 128 << 20, JSIsolation: "process",
		HTTPServer: HTTPServer{Listen: []Listen{{Addr: ":8080", Bare: true}}, Dir: "./objs/nginx/html", CrossDomain: true, MaxBody: 1 << 20, HTTPS: HTTPS{Listen: []Listen{{Addr: ":8088", Bare: true}}, KeyPair: defaultPair}},
		HTTPAPI:    HTTPAPI{Listen: []Listen{{Addr: "127.0.0.1:1985"}}, HTTPS: APIHTTPS{Listen: []Listen{{Addr: ":1990", Bare: true}}, KeyPair: defaultPair}},
	}
	if diff := cmp.Diff(wantTop, c, noPlaces, cmpopts.IgnoreFields(Config{}, "VHosts")); diff != "" {
		t.Errorf("top level: -want +got\n%s", diff)
	}
}

func TestDecode(t *testing.T) {
	c := load(t, `
		listen 1935 [2001:db8::1]:1936 192.0.2.1:1937;
		listen 7;
		js_shared_dict_zone zone=viewers:1m type=number timeout=1h evict;
		js_shared_dict_zone zone=keys:64k;
		http_api { enabled ON; listen 1985; }
		vhost a {
			min_latency On;
			chunk_size 4096;
			play { mw_latency 50; queue_length 1m; gop_cache off; }
			hls { enabled on; hls_fragment 0.5; hls_window 3s; }
		}`)
	check(t, "listen", c.Listen, []Listen{{Addr: ":1935", Bare: true}, {Addr: "[2001:db8::1]:1936"}, {Addr: "192.0.2.1:1937"}})
	check(t, "zones", c.JSZones, []Zone{
		{Name: "viewers", Size: 1 << 20, Timeout: 3600000, Type: "number", Evict: true}, {Name: "keys", Size: 64 << 10, Type: "string"},
	})
	check(t, "api", c.HTTPAPI.Enabled, true)
	check(t, "api's listen", c.HTTPAPI.Listen, []Listen{{Addr: "127.0.0.1:1985", Bare: true}})
	v := c.VHosts[0]
	check(t, "min_latency", v.MinLatency, true)
	check(t, "play", v.Play, playing(func(p *Play) { p.GOPCache, p.QueueLength, p.MWLatency = false, time.Minute, 50*time.Millisecond }))
	check(t, "hls", v.HLS, HLS{Enabled: true, Fragment: 500 * time.Millisecond, Window: 3 * time.Second, Dispose: 2 * time.Minute, Ctx: true})
	check(t, "chunk size", c.ChunkSizeOf(v), 4096)
	check(t, "chunk size of none", c.ChunkSizeOf(nil), 60000)
}

func TestOldNames(t *testing.T) {
	c := load(t, `
		listen 1935;
		srs_log_level_v2 warn;
		http_stream { enabled on; }
		vhost a {
			gop_cache off; queue_length 10; mw_latency 200;
			time_jitter zero; atc on; atc_auto on; mix_correct on; send_min_interval 10.0; reduce_sequence_header on;
			publish_1stpkt_timeout 1000; publish_normal_timeout 2000;
			http_stream { enabled on; }
		}`)
	v := c.VHosts[0]
	check(t, "level", c.LogLevel, "warn")
	check(t, "http_server", c.HTTPServer.Enabled, true)
	check(t, "http_remux", v.HTTPRemux.Enabled, true)
	check(t, "play", v.Play, playing(func(p *Play) {
		p.GOPCache, p.QueueLength, p.MWLatency = false, 10*time.Second, 200*time.Millisecond
		p.TimeJitter, p.ATC, p.ATCAuto, p.MixCorrect = "zero", true, true, true
		p.SendMinInterval, p.ReduceSequenceHeader = 10*time.Millisecond, true
	}))
	check(t, "publish", v.Publish, Publish{FirstPacketTimeout: time.Second, NormalTimeout: 2 * time.Second, MRLatency: 350 * time.Millisecond})
}

func TestFirstOneHolds(t *testing.T) {
	c := load(t, "listen 1935; listen 1936; vhost a { gop_cache off; play { gop_cache on; } play { queue_length 1; } }")
	check(t, "listen", c.Listen, []Listen{{Addr: ":1935", Bare: true}})
	check(t, "play", c.VHosts[0].Play, playing(func(p *Play) { p.GOPCache = false }))
}

func TestMounts(t *testing.T) {
	for pattern, want := range map[string][]Mount{
		"[vhost]/[app]/[stream].flv":                    {{Ext: ".flv"}},
		"/[app]/[stream].flv":                           {{Ext: ".flv", AnyHost: true}},
		"[vhost]/hdl/x/[app]/[stream].aac":              {{Ext: ".aac", Prefix: "hdl/x/"}},
		"[vhost]/[app]/[stream].ts /[app]/[stream].mp3": {{Ext: ".ts"}, {Ext: ".mp3", AnyHost: true}},
		"/live/[stream].flv [vhost]/[app]/[stream].flv": {{Ext: ".flv"}},
		"/live/[stream].flv":                            {},
		"other.example/[app]/[stream].flv":              {},
		"[vhost]/[app]/[stream]/x.flv":                  {},
	} {
		c := load(t, "listen 1935; vhost a { http_remux { enabled on; mount "+pattern+"; } }")
		h := c.VHosts[0].HTTPRemux
		check(t, pattern, h.Mount, want)
		check(t, pattern+" is enabled", h.Enabled, len(want) > 0)
	}
}

func TestMountFindsTheApp(t *testing.T) {
	h := HTTPRemux{Enabled: true, Mount: []Mount{{Ext: ".flv"}, {Ext: ".ts", Prefix: "hdl/"}, {Ext: ".mp3", AnyHost: true}}}
	for _, tt := range []struct {
		ext, path string
		anyHost   bool
		app       string
		ok        bool
	}{
		{".flv", "live", false, "live", true},
		{".flv", "live", true, "", false},
		{".ts", "hdl/live/room", false, "live/room", true},
		{".ts", "live", false, "", false},
		{".ts", "hdl/", false, "", false},
		{".mp3", "live", true, "live", true},
		{".mp3", "live", false, "live", true},
		{".aac", "live", false, "", false},
	} {
		if app, ok := h.Find(tt.ext, tt.path, tt.anyHost); app != tt.app || ok != tt.ok {
			t.Errorf("%s of %s, any host %v: %q, %v; want %q, %v", tt.ext, tt.path, tt.anyHost, app, ok, tt.app, tt.ok)
		}
	}
}

func TestSharedPortTurnsAPIOff(t *testing.T) {
	c := load(t, "listen 1935; http_server { enabled on; listen 8080; } http_api { enabled on; listen 8080; } vhost a { }")
	check(t, "http_api", c.HTTPAPI.Enabled, false)
	check(t, "http_server", c.HTTPServer.Enabled, true)
}

// playing is what holds for players, but for what a file changes.
func playing(change func(*Play)) Play {
	p := Play{
		GOPCache: true, GOPCacheMaxFrames: 2500, GOPCacheMaxBytes: 32 << 20, QueueLength: 30 * time.Second,
		TimeJitter: "full", MWLatency: 100 * time.Millisecond,
	}
	change(&p)
	return p
}

func check(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, noPlaces); diff != "" {
		t.Errorf("%s: -want +got\n%s", what, diff)
	}
}
