package httphooks

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js/hook"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file of testdata, order included.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	var lines bytes.Buffer
	if err := json.Indent(&lines, got, "", "  "); err != nil {
		t.Errorf("%s: %v: %s", name, err, got)
		return
	}
	lines.WriteByte('\n')
	file := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(file, lines.Bytes(), 0o644); err != nil { //nolint:gosec // testdata
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), lines.String()); d != "" {
		t.Errorf("%s (-want +got):\n%s", name, d)
	}
}

func TestBodiesHaveSRSFieldsFirst(t *testing.T) {
	c := &Client{ServerID: "vid-server", ServiceID: "9b1c", Dir: "/srv/weir"}
	ended := func(s *hook.Session, reason string) *hook.Session {
		s.Reason = reason
		return s
	}
	segment := &File{
		Path: "./objs/nginx/html/live/cam1-100.ts", URL: "live/cam1-100.ts",
		Playlist: "./objs/nginx/html/live/cam1.m3u8", PlaylistURL: "live/cam1.m3u8",
		Seq: 100, Duration: 9360 * time.Millisecond, Size: 1 << 20,
	}
	recording := &File{Path: "./dvr/live/cam1.flv", Duration: time.Hour, Size: 1 << 30}
	tests := []struct {
		name string
		a    action
		s    *hook.Session
		f    *File
	}{
		{"rtmp_on_connect", onConnect, connected(), nil},
		{"rtmp_on_publish", onPublish, overRTMP(), nil},
		{"rtmp_on_unpublish", onUnpublish, ended(overRTMP(), "closed"), nil},
		{"rtmp_on_play", onPlay, overRTMP(), nil},
		{"rtmp_on_stop", onStop, ended(overRTMP(), "kicked: by the API"), nil},
		{"rtmp_on_close", onClose, ended(connected(), "closed"), nil},
		{"flv_on_play", onPlay, overHTTP("flv", ".flv"), nil},
		{"flv_on_stop", onStop, ended(overHTTP("flv", ".flv"), "closed"), nil},
		{"hls_on_play", onPlay, overHTTP("hls", ".m3u8"), nil},
		{"hls_on_stop", onStop, ended(overHTTP("hls", ".m3u8"), "closed"), nil},
		{"rtmp_on_hls", onHLS, overRTMP(), segment},
		{"rtmp_on_dvr", onDVR, overRTMP(), recording},
	}
	for _, tt := range tests {
		tt.s.Duration = tt.s.Duration.Truncate(500 * time.Millisecond)
		golden(t, tt.name, c.body(tt.a, tt.s, tt.f))
	}
}

// SRS sends stream "cam1.m3u8" for HLS and a made-up tcUrl for HTTP-FLV.
func TestFieldsAreTheSameInEveryProtocol(t *testing.T) {
	c := &Client{}
	flv, hls := c.values(onPlay, overHTTP("flv", ".flv"), nil), c.values(onPlay, overHTTP("hls", ".m3u8"), nil)
	for _, name := range []string{"protocol", "client_id", "connection_id"} {
		delete(flv, name)
		delete(hls, name)
	}
	if d := cmp.Diff(flv, hls); d != "" {
		t.Errorf("flv and hls differ (-flv +hls):\n%s", d)
	}
}

func TestEveryHookHasAllFields(t *testing.T) {
	c := &Client{}
	for a := range srsFields {
		var m map[string]any
		if err := json.Unmarshal(c.body(a, overRTMP(), nil), &m); err != nil {
			t.Fatal(err)
		}
		for _, name := range allFields {
			if _, ok := m[name]; !ok {
				t.Errorf("%s lacks %s", a, name)
			}
		}
	}
}

func TestParamJoinsQueries(t *testing.T) {
	tests := []struct{ stream, connection, want string }{
		{"", "", ""},
		{"a=1", "", "?a=1"},
		{"", "b=2", "?b=2"},
		{"a=1", "b=2", "?a=1&b=2"},
		{"a=1", "a=1", "?a=1"},
	}
	for _, tt := range tests {
		s := overRTMP()
		s.Query, s.Connection.Query = tt.stream, tt.connection
		if got := param(s); got != tt.want {
			t.Errorf("param of %q and %q = %q, want %q", tt.stream, tt.connection, got, tt.want)
		}
	}
}

func TestTCURLOfHTTPKeepsNoSecret(t *testing.T) {
	s := overHTTP("flv", ".flv")
	for _, tt := range []struct{ url, want string }{
		{"https://example.com/live/cam1.flv?token=t1", "https://example.com/live"},
		{"http://[::1]:8080/live/cam1.flv", "http://[::1]:8080/live"},
		{"/live/cam1", "http://example.com/live"}, // of a renamed stream
	} {
		s.URL = tt.url
		if got := tcURL(s); got != tt.want {
			t.Errorf("tcUrl of %q = %q, want %q", tt.url, got, tt.want)
		}
	}
}

func TestBodyEscapesWhatPeersSend(t *testing.T) {
	s := overRTMP()
	s.Connection.PageURL = "x\",\"code\":0,\"\r\n\x00\xff\u2028</script>"
	var m map[string]any
	if err := json.Unmarshal((&Client{}).body(onPublish, s, nil), &m); err != nil {
		t.Fatal(err)
	}
	if _, ok := m["code"]; ok {
		t.Error("a peer has added a field")
	}
	if got, want := m["pageUrl"], "x\",\"code\":0,\"\r\n\x00\ufffd\u2028</script>"; got != want {
		t.Errorf("pageUrl = %q, want %q", got, want)
	}
}
