package weir_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"weir/media/mediatest"
	"weir/weirtest"
)

const seenConf = `listen 1935;
http_api { enabled on; listen 1985; }
js_import hooks.ts;
js_shared_dict_zone zone=small:32k;
js_permit fs read DIR;
js_permit fetch SITE;
js_timeout 2s;
js_cpu_limit 50ms;
js_on_start { ngx.shared.small.set('a', 'b'); }
vhost __defaultVhost__ {
    js_on_publish hooks.publish;
    js_on_unpublish { s.log('left ' + s.reason); }
    http_hooks { enabled on; on_publish BACKEND; }
}
`

const seenTS = `import fs from 'fs';

export async function publish(s: Session) {
    switch (s.stream) {
    case 'no': return s.deny(401, 'no');
    case 'throws': return boom({ reason: null });
    case 'fetches': await ngx.fetch('SITE_URL'); await ngx.fetch('http://127.0.0.1:1/').catch(() => 0); return;
    case 'fills': for (let i = 0; i < 10_000; i++) ngx.shared.small.set('k' + i, 'x'.repeat(1000)); return;
    case 'runs': for (;;) ;
    case 'opens': fs.openSync('DIR/srs.conf'); fs.openSync('DIR/hooks.ts'); for (;;) ;
    }
}

function boom(o: { reason: any }) {
    return o.reason.text;
}
`

// What scripts did is in the API, in the metrics and in the log.
func TestScriptsAreSeen(t *testing.T) {
	t.Parallel()
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer site.Close()
	backend := backEndOf(t, func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("0")) })
	dir := t.TempDir()
	fill := strings.NewReplacer("DIR", dir, "SITE_URL", site.URL, "SITE", strings.TrimPrefix(site.URL, "http://"), "BACKEND", backend.url)
	weirtest.Write(t, filepath.Join(dir, "hooks.ts"), fill.Replace(seenTS))
	file := filepath.Join(dir, "srs.conf")
	weirtest.Write(t, file, fill.Replace(seenConf))
	s := weirtest.Serve(t, file)
	for _, name := range []string{"a", "no", "throws", "throws", "fetches", "fills", "runs", "opens"} {
		if pub, err := s.Publish("live/"+name, mediatest.Stream{}); err == nil {
			if err := pub.Stop(); err != nil {
				t.Error(err)
			}
		}
	}
	if err := s.WaitLog(2, "msg=\"left ", "vhost=__defaultVhost__", "directive=js_on_unpublish", "handler="+file+":12", "id="); err != nil {
		t.Error(err)
	}
	if err := s.WaitLog(1, "had not closed their files", "files=2"); err != nil {
		t.Error(err)
	}
	api := scriptsOf(t, s)
	h := api.handler(t, "js_on_publish")
	if h.Handler != "hooks.publish" || h.Results["ok"] != 2 || h.Results["deny"] != 1 || h.Results["error"] != 3 || h.Results["cpu"] != 2 || h.P99 < 50 {
		t.Errorf("the publish handler: %+v", h)
	}
	if h.LastError == nil || h.LastError.File != filepath.Join(dir, "hooks.ts") || h.LastError.Line != 10 {
		t.Errorf("its last error: %+v, want that of line 10", h.LastError)
	}
	var boom *fault
	for i, f := range api.Errors {
		if strings.Contains(f.Message, "'text'") {
			boom = &api.Errors[i]
		}
	}
	if boom == nil || boom.Line != 15 || boom.Col != 21 || boom.Count != 2 || len(boom.Session) == 0 || !strings.Contains(boom.Stack, "hooks.ts:6:") {
		t.Errorf("the exception: %+v, want two of 15:21 with a stack", boom)
	}
	_, text := fetch(t, s.API, "/metrics")
	for _, line := range []string{
		`weir_js_calls_total{directive="js_on_publish",handler="hooks.publish",result="error",vhost="__defaultVhost__"} 3`,
		`weir_js_calls_total{directive="js_on_start",handler="` + file + `:9",result="ok",vhost=""} 1`,
		`weir_js_call_duration_seconds_count{directive="js_on_publish",handler="hooks.publish",vhost="__defaultVhost__"} 8`,
		`weir_js_fetches_total{result="ok",vhost="__defaultVhost__"} 1`,
		`weir_js_fetches_total{result="refused",vhost="__defaultVhost__"} 1`,
		`weir_js_vm_restarts_total{vhost="__defaultVhost__"} 2`,
		`weir_js_leaked_files_total{vhost="__defaultVhost__"} 2`,
		`weir_js_dict_full_total{zone="small"} 1`,
		`weir_js_worker_deaths_total{reason="crash"} 0`,
		`weir_http_hooks_calls_total{hook="on_publish",result="ok",vhost="__defaultVhost__"} 2`,
	} {
		if !strings.Contains(text, "\n"+line+"\n") {
			name, _, _ := strings.Cut(line, "{")
			t.Errorf("/metrics has no %s, but\n%s", line, linesOf(text, name))
		}
	}
	if strings.Contains(text, "throws") || strings.Contains(text, "fills") {
		t.Error("the metrics have a series for a stream")
	}
}

// linesOf are the lines that begin with a word.
func linesOf(text, word string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, word) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// fault is an error of /api/v1/scripts.
type fault struct {
	Session, Message, File, Stack string
	Line, Col, Count              int
}

// seen is what /api/v1/scripts shows.
type seen struct {
	Handlers []seenHandler
	Errors   []fault
}

type seenHandler struct {
	Directive, Handler string
	Results            map[string]int
	P99                float64 `json:"p99_ms"`
	LastError          *fault  `json:"last_error"`
}

func scriptsOf(t *testing.T, s *weirtest.Server) seen {
	t.Helper()
	var answer struct {
		Code    int
		Scripts seen
	}
	_, text := fetch(t, s.API, "/api/v1/scripts")
	if err := json.Unmarshal([]byte(text), &answer); err != nil || answer.Code != 0 {
		t.Fatalf("%v: %s", err, text)
	}
	return answer.Scripts
}

func (s seen) handler(t *testing.T, directive string) seenHandler {
	t.Helper()
	for _, h := range s.Handlers {
		if h.Directive == directive {
			return h
		}
	}
	t.Fatalf("no %s in %+v", directive, s.Handlers)
	return seenHandler{}
}

// Files that scripts left open end with the process of their generation; what is
// counted does not.
func TestReloadEndsWhatScriptsLeftOpen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "srs.conf")
	conf := func(isolation, port string) string {
		return "listen 1935; http_api { enabled on; listen 1985; } js_isolation " + isolation + "; js_cpu_limit 10s; js_permit fs read " + dir + ";\n" +
			"vhost __defaultVhost__ { js_on_publish { (await import('fs')).openSync('" + file + "'); return s.deny(403, '" + port + "'); } }\n"
	}
	for _, isolation := range []string{"process", "none"} {
		weirtest.Write(t, file, conf(isolation, "old"))
		s := weirtest.Serve(t, file)
		if got := asked(s, "live/a"); got != "old" {
			t.Fatalf("%s: denied as %q", isolation, got)
		}
		weirtest.Write(t, file, conf(isolation, "new"))
		if err := s.WaitLog(1, "had not closed their files", "vhost=__defaultVhost__", "files=1"); err != nil {
			t.Errorf("%s: %v", isolation, err)
		}
		if got := asked(s, "live/a"); got != "new" {
			t.Errorf("%s: denied as %q", isolation, got)
		}
		if h := scriptsOf(t, s).handler(t, "js_on_publish"); h.Results["deny"] != 2 {
			t.Errorf("%s: %+v, want both calls", isolation, h)
		}
		_, text := fetch(t, s.API, "/metrics")
		if got := linesOf(text, "weir_js_worker_starts_total "); isolation == "process" && (got < "weir_js_worker_starts_total 2" || linesOf(text, "weir_js_workers ") > "weir_js_workers 3") {
			t.Errorf("processes:\n%s%s", got, linesOf(text, "weir_js_workers "))
		}
	}
}
