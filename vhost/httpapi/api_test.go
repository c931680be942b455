package httpapi_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"weir/conf"
	"weir/confparse"
	"weir/media"
	"weir/media/hub"
	"weir/media/mediatest"
	"weir/vhost"
	"weir/vhost/httpapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// api serves the API of a server with a configuration and one publisher.
func api(t *testing.T, text string) (*httptest.Server, media.Publication) {
	t.Helper()
	file, _ := confparse.Parse("srs.conf", "listen 1935; vhost __defaultVhost__ { } "+text)
	c, found := conf.Decode(file)
	if found.HasErrors() {
		t.Fatal(found)
	}
	router := &vhost.Server{Hub: hub.New(hub.Settings{})}
	router.Start(vhost.NewGeneration(1, c, nil))
	pub, err := router.Publish(t.Context(), &media.Session{
		ID: "p1", Kind: media.KindPublish, Asked: media.Key{App: "live", Stream: "cam1"},
		Connection: &media.Connection{ID: "c1", Protocol: "rtmp", TCURL: "rtmp://u:p@h/live?token=t", SWFURL: "http://h/p.swf?token=t"},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pub.Close(nil) })
	s := &httpapi.Server{Vhosts: router, Version: "1.2.3", ID: "vid-1", Service: "s1"}
	web := httptest.NewServer(s.Handler())
	t.Cleanup(web.Close)
	return web, pub
}

func do(t *testing.T, method, url string, change func(*http.Request)) (int, map[string]any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(req)
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(body, &m); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
	}
	return resp.StatusCode, m
}

func TestResources(t *testing.T) {
	web, _ := api(t, "")
	for path, member := range map[string]string{
		"versions": "data", "summaries": "data", "vhosts": "vhosts", "streams": "streams", "clients": "clients",
	} {
		code, m := do(t, http.MethodGet, web.URL+"/api/v1/"+path, nil)
		if code != 200 || m["code"] != 0.0 || m["server"] != "vid-1" || m[member] == nil {
			t.Errorf("%s: %d %v", path, code, m)
		}
	}
	_, m := do(t, http.MethodGet, web.URL+"/api/v1/streams", nil)
	st := m["streams"].([]any)[0].(map[string]any)
	if st["name"] != "cam1" || st["app"] != "live" || st["publish"].(map[string]any)["cid"] != "p1" {
		t.Errorf("stream: %v", st)
	}
	if _, m := do(t, http.MethodGet, web.URL+"/api/v1/streams?start=1", nil); len(m["streams"].([]any)) != 0 {
		t.Errorf("streams from the second on: %v, want none", m["streams"])
	}
	if code, _ := do(t, http.MethodPost, web.URL+"/api/v1/streams", nil); code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d, want 405", code)
	}
}

// A stream is described as SRS does, from what its publisher says of it.
func TestStreamHasSRSFields(t *testing.T) {
	web, pub := api(t, "")
	for _, p := range mediatest.GOP(3) {
		if err := pub.WritePacket(p); err != nil {
			t.Fatal(err)
		}
	}
	_, m := do(t, http.MethodGet, web.URL+"/api/v1/streams/p1", nil)
	st := m["stream"].(map[string]any)
	got := map[string]any{}
	for _, name := range []string{"tcUrl", "frames", "kbps", "video", "audio"} {
		got[name] = st[name]
	}
	want := map[string]any{
		"tcUrl": "rtmp://h/live", "frames": 3.0, "kbps": map[string]any{"recv_30s": 0.0, "send_30s": 0.0},
		"video": map[string]any{"codec": "h264", "profile": "Baseline", "level": "3", "width": float64(mediatest.Width), "height": float64(mediatest.Height)},
		"audio": map[string]any{"codec": "aac", "sample_rate": 0.0, "channel": 0.0, "profile": "LC"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// One resource is asked for by its ID; one that is not there has SRS's code.
func TestResourceByID(t *testing.T) {
	web, _ := api(t, "")
	for path, member := range map[string]string{"vhosts/__defaultVhost__": "vhost", "streams/p1": "stream", "clients/p1": "client"} {
		_, m := do(t, http.MethodGet, web.URL+"/api/v1/"+path, nil)
		_, id, _ := strings.Cut(path, "/")
		if one, ok := m[member].(map[string]any); m["code"] != 0.0 || !ok || one["id"] != id {
			t.Errorf("%s: %v", path, m)
		}
	}
	for path, code := range map[string]float64{"vhosts/x": 2014, "streams/x": 2048, "clients/x": 2049} {
		if status, m := do(t, http.MethodGet, web.URL+"/api/v1/"+path, nil); status != http.StatusOK || m["code"] != code {
			t.Errorf("%s: %d %v, want 200 and code %v", path, status, m, code)
		}
	}
	_, m := do(t, http.MethodGet, web.URL+"/api/v1/clients/p1", nil)
	if c := m["client"].(map[string]any); c["tcUrl"] != "rtmp://h/live" || c["swfUrl"] != "http://h/p.swf" || c["kbps"] == nil {
		t.Errorf("client: %v", c)
	}
}

func TestKick(t *testing.T) {
	web, pub := api(t, "")
	if _, m := do(t, http.MethodDelete, web.URL+"/api/v1/clients/nobody", nil); m["code"] != 2049.0 {
		t.Errorf("kick of nobody: %v, want SRS's 2049", m)
	}
	if _, m := do(t, http.MethodDelete, web.URL+"/api/v1/clients/p1", nil); m["code"] != 0.0 {
		t.Errorf("kick: %v", m)
	}
	<-pub.Done()
	if err := pub.Err(); err == nil || !strings.Contains(err.Error(), "kicked") {
		t.Errorf("ended by %v, want a kick", err)
	}
}

// SRS has its resources with a slash behind them and without.
func TestTrailingSlash(t *testing.T) {
	web, _ := api(t, "")
	for _, name := range []string{"versions", "summaries", "vhosts", "streams", "clients", "scripts"} {
		for _, path := range []string{name, name + "/"} {
			if code, _ := do(t, http.MethodGet, web.URL+"/api/v1/"+path, nil); code != http.StatusOK {
				t.Errorf("/api/v1/%s answers %d, want 200", path, code)
			}
		}
	}
}

func TestForeignHostIsRefused(t *testing.T) {
	web, _ := api(t, "")
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	for name, want := range map[string]int{"evil.example.com": 403, "localhost:1985": 200, "127.0.0.1": 200, "[::1]:1985": 200} {
		if code, _ := do(t, http.MethodGet, web.URL+"/api/v1/versions", host(name)); code != want {
			t.Errorf("Host %s: %d, want %d", name, code, want)
		}
	}
}

func TestAuth(t *testing.T) {
	web, _ := api(t, "http_api { enabled on; listen 127.0.0.1:1985; auth { enabled on; username admin; password secret; } }")
	for _, path := range []string{"/api/v1/versions", "/metrics"} {
		as := func(name, password string) func(*http.Request) {
			return func(r *http.Request) { r.SetBasicAuth(name, password) }
		}
		if code, _ := do(t, http.MethodGet, web.URL+path, nil); code != http.StatusUnauthorized {
			t.Errorf("%s without a password: %d, want 401", path, code)
		}
		if code, _ := do(t, http.MethodGet, web.URL+path, as("admin", "secre")); code != http.StatusUnauthorized {
			t.Errorf("%s with a wrong password: %d, want 401", path, code)
		}
		if code, _ := do(t, http.MethodGet, web.URL+path, as("admin", "secret")); code != http.StatusOK {
			t.Errorf("%s with the password: %d, want 200", path, code)
		}
	}
}

func TestScripts(t *testing.T) {
	web, _ := api(t, "")
	code, m := do(t, http.MethodGet, web.URL+"/api/v1/scripts", nil)
	if code != 200 || m["code"] != 0.0 || m["server"] != "vid-1" {
		t.Errorf("%d %v", code, m)
	}
	want := map[string]any{"handlers": []any{}, "errors": []any{}, "dicts": []any{}}
	if diff := cmp.Diff(any(want), m["scripts"]); diff != "" {
		t.Errorf("nothing was called: -want +got:\n%s", diff)
	}
}
