package httpapi

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"weir/conf"
	"weir/confparse"
	"weir/js"
	"weir/js/host"
	"weir/js/sandbox"
	"weir/js/shared"
	"weir/media"
	"weir/media/hub"
	"weir/vhost"
	"weir/vhost/latency"
)

var update = flag.Bool("update", false, "write the table of docs/metrics.md anew")

// doorman is an engine that denies one session.
type doorman struct{ unwanted string }

func (d doorman) Call(_ context.Context, c js.Call) (js.Result, error) {
	return js.Result{Value: c.Origin.Session != d.unwanted}, nil
}
func (doorman) Close(context.Context) error { return nil }

// busy is a server that has something to show under each name.
func busy(t *testing.T) *Server {
	t.Helper()
	file, _ := confparse.Parse("srs.conf", "listen 1935; vhost v { js_on_play { } }")
	c, found := conf.Decode(file)
	if found.HasErrors() {
		t.Fatal(found)
	}
	dicts, err := shared.New([]shared.Zone{{Name: "seen", Size: shared.MinSize}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dicts.Close() })
	router := &vhost.Server{Logger: slog.New(slog.DiscardHandler), Hub: hub.New(hub.Settings{}), Dicts: dicts}
	router.Start(vhost.NewGeneration(1, c, doorman{"unwanted"}))
	session := func(id, kind string) *media.Session {
		return &media.Session{
			ID: id, Kind: kind, Asked: media.Key{VHost: "v", App: "live", Stream: "hidden"},
			Connection: &media.Connection{ID: "c-" + id, Protocol: "rtmp", Host: "v"},
		}
	}
	pub, err := router.Publish(t.Context(), session("publisher", media.KindPublish))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pub.Close(nil) })
	sub, err := router.Play(t.Context(), session("player", media.KindPlay))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sub.Close(nil) })
	if _, err := router.Play(t.Context(), session("unwanted", media.KindPlay)); err == nil {
		t.Fatal("the script did not deny")
	}
	router.Lease().Broke("v", true)
	var took latency.Histogram
	took.Observe(time.Second)
	return &Server{
		Vhosts: router, Version: "1.2.3", ID: "vid-1",
		Reloads: func() Reloads { return Reloads{Applied: 1, At: time.Now()} },
		Hooks: func() ([]HookCount, int) {
			return []HookCount{{VHost: "v", Hook: "on_publish", OK: 1, Took: took.Read()}}, 2
		},
		Scripts: Scripts{
			Workers: func() sandbox.Counts { return sandbox.Counts{Workers: 2, Starts: 3} },
			Fetches: func() map[string]host.FetchCounts { return map[string]host.FetchCounts{"v": {OK: 4, Active: 1}} },
		},
	}
}

// scraped is what /metrics says.
func scraped(t *testing.T, s *Server) string {
	t.Helper()
	w := httptest.NewRecorder()
	s.metricsHandler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func TestMetrics(t *testing.T) {
	text := scraped(t, busy(t))
	for _, line := range []string{
		`weir_build_info{version="1.2.3"} 1`,
		`weir_config_reload_total{result="applied"} 1`,
		`weir_publishers{protocol="rtmp",vhost="v"} 1`,
		`weir_sessions_total{kind="play",result="refused"} 1`,
		`weir_js_calls_total{directive="js_on_play",handler="srs.conf:1",result="deny",vhost="v"} 1`,
		`weir_js_calls_total{directive="js_on_play",handler="srs.conf:1",result="timeout",vhost="v"} 0`,
		`weir_js_call_duration_seconds_bucket{directive="js_on_play",handler="srs.conf:1",vhost="v",le="5e-06"} `,
		`weir_js_call_duration_seconds_bucket{directive="js_on_play",handler="srs.conf:1",vhost="v",le="10"} 2`,
		`weir_js_call_duration_seconds_count{directive="js_on_play",handler="srs.conf:1",vhost="v"} 2`,
		`weir_js_pending_calls{directive="js_on_play",handler="srs.conf:1",vhost="v"} 0`,
		`weir_js_workers 2`,
		`weir_js_worker_deaths_total{reason="stuck"} 0`,
		`weir_js_vm_restarts_total{vhost="v"} 1`,
		`weir_js_fetches_total{result="ok",vhost="v"} 4`,
		`weir_js_active_fetches{vhost="v"} 1`,
		`weir_js_dict_entries{zone="seen"} 0`,
		`weir_js_dict_full_total{zone="seen"} 0`,
		`weir_http_hooks_calls_total{hook="on_publish",result="ok",vhost="v"} 1`,
		`weir_http_hooks_call_duration_seconds_sum{hook="on_publish",vhost="v"} 1`,
		`weir_http_hooks_pending_events 2`,
		`weir_player_slow_total 0`,
	} {
		if !strings.Contains(text, "\n"+line) {
			t.Errorf("/metrics has no %s", line)
		}
	}
	if strings.Contains(text, "hidden") {
		t.Error("/metrics names a stream")
	}
}

// Each of weir's metrics is shown with what it is, and is named as Prometheus wants.
func TestMetricsAreWellNamed(t *testing.T) {
	text := scraped(t, busy(t))
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if strings.HasPrefix(p.Metric, "weir_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
	var names []string
	for _, m := range newMetrics().all {
		names = append(names, m.name)
		if !strings.Contains(text, "\n# TYPE "+m.name+" "+m.kind+"\n") && !strings.HasPrefix(text, "# HELP "+m.name+" ") {
			t.Errorf("%s is not shown", m.name)
		}
		if m.help == "" || !strings.HasSuffix(m.help, ".") {
			t.Errorf("%s is no sentence about %s", m.help, m.name)
		}
	}
	slices.Sort(names)
	if diff := cmp.Diff(slices.Compact(slices.Clone(names)), names); diff != "" {
		t.Errorf("names that are there twice:\n%s", diff)
	}
}

// The table of docs/metrics.md is that of the program.
func TestMetricsAreDocumented(t *testing.T) {
	const page = "../../docs/metrics.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("| metric | kind | labels | what it is |\n|---|---|---|---|\n")
	for _, m := range newMetrics().all {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", m.name, m.kind, strings.Join(m.labels, ", "), m.help)
	}
	head, tail, ok := bytes.Cut(text, []byte("| metric |"))
	if !ok {
		t.Fatalf("%s has no table of metrics", page)
	}
	end := 0
	for line := range bytes.Lines(append([]byte("| metric |"), tail...)) {
		if line[0] != '|' {
			break
		}
		end += len(line)
	}
	rest := append([]byte("| metric |"), tail...)
	if *update {
		if err := os.WriteFile(page, slices.Concat(head, []byte(b.String()), rest[end:]), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(b.String(), string(rest[:end])); diff != "" {
		t.Errorf("run go test ./vhost/httpapi -update (-want +got):\n%s", diff)
	}
}
