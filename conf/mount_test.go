package conf

import "testing"

// The mount that says most of a path has it, wherever it stands among the others.
func TestFindMount(t *testing.T) {
	stream, below := Mount{Ext: ".flv"}, Mount{Ext: ".flv", Prefix: "hdl/", AnyHost: true}
	deeper, other := Mount{Ext: ".flv", Prefix: "hdl/tv/"}, Mount{Ext: ".ts", Prefix: "ts/"}
	for _, tt := range []struct {
		name      string
		mounts    []Mount
		ext, path string
		anyHost   bool
		want      string // the app; "" for none
	}{
		{"an app", []Mount{stream}, ".flv", "live", false, "live"},
		{"an app of two words", []Mount{stream}, ".flv", "live/tv", false, "live/tv"},
		{"below a path", []Mount{stream, below}, ".flv", "hdl/live", false, "live"},
		{"below a path that comes first", []Mount{below, stream}, ".flv", "hdl/live", false, "live"},
		{"not below it", []Mount{below, stream}, ".flv", "live", false, "live"},
		{"below a longer path", []Mount{below, deeper, stream}, ".flv", "hdl/tv/live", false, "live"},
		{"no app below the longer path", []Mount{below, deeper}, ".flv", "hdl/tv", false, "tv"},
		{"another format", []Mount{stream, other}, ".flv", "ts/live", false, "ts/live"},
		{"another format's path", []Mount{below, other}, ".ts", "hdl/live", false, ""},
		{"under every host name", []Mount{stream, below}, ".flv", "hdl/live", true, "live"},
		{"under its own alone", []Mount{stream, deeper}, ".flv", "hdl/tv/live", true, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := HTTPRemux{Enabled: true, Mount: tt.mounts}
			if app, ok := h.Find(tt.ext, tt.path, tt.anyHost); app != tt.want || ok != (tt.want != "") {
				t.Errorf("app %q, %t, want %q", app, ok, tt.want)
			}
			h.Enabled = false
			if app, ok := h.Find(tt.ext, tt.path, tt.anyHost); ok {
				t.Errorf("app %q, though http_remux is off", app)
			}
		})
	}
}
