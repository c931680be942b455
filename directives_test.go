package weir_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"weir/conf"
)

// effects name the test that observes what each directive does to a running
// server: a function of this package, or a script of cmd/weir. A block does what
// its directives do.
var effects = map[string]string{
	"listen":            "TestDeliveredFileListens",
	"max_connections":   "TestMaxConnectionsDirective",
	"chunk_size":        "TestChunkSizeDirectives",
	"handshake_timeout": "TestHandshakeTimeoutDirective",
	"srs_log_level":     "place.txtar",
	"srs_log_tank":      "place.txtar",
	"srs_log_file":      "place.txtar",
	"pid":               "place.txtar",
	"work_dir":          "place.txtar",
	"server_id":         "TestServerIDDirective",

	"js_on_connect":       "TestConnectIsDenied",
	"js_on_publish":       "TestDenialReachesThePeer",
	"js_on_play":          "TestDenialReachesThePeer",
	"js_on_unpublish":     "TestRenameReachesEverything",
	"js_on_stop":          "TestStopEventFollowsEveryPlay",
	"js_on_close":         "TestEveryGateIsPaired",
	"js_path":             "TestModuleDirectives",
	"js_import":           "TestModuleDirectives",
	"js_preload_object":   "TestPreloadDirective",
	"js_on_start":         "TestLifeDirectives",
	"js_on_exit":          "TestLifeDirectives",
	"js_periodic":         "TestLifeDirectives",
	"js_on_update":        "TestUpdateDirective",
	"js_on_metadata":      "TestMetadataDirective",
	"js_on_hls":           "TestHLSEventDirective",
	"js_hooks":            "TestHooksOfModuleDirective",
	"js_hide":             "TestHideDirective",
	"js_vhost":            "TestVHostPickDirective",
	"js_timeout":          "TestScriptBoundDirectives",
	"js_cpu_limit":        "TestScriptBoundDirectives",
	"js_max_pending":      "TestMaxPendingDirective",
	"js_fail":             "TestFailDirective",
	"js_vm":               "TestVMDirective",
	"js_isolation":        "TestIsolationDirective",
	"js_memory":           "TestMemoryDirective",
	"js_workers":          "TestWorkersDirective",
	"js_shared_dict_zone": "TestDictionaryDirective",

	"js_permit":                         "TestPermitDirective",
	"js_fetch_timeout":                  "TestFetchDirectives",
	"js_fetch_max_response_buffer_size": "TestFetchDirectives",
	"js_fetch_verify":                   "TestFetchDirectives",
	"js_fetch_trusted_certificate":      "TestFetchDirectives",
	"js_fetch_proxy":                    "TestFetchDirectives",
	"js_fetch_keepalive":                "TestFetchDirectives",

	"http_server.enabled":     "TestSwitchesOfListeners",
	"http_server.listen":      "TestDeliveredFileListens",
	"http_server.dir":         "TestFileDirectives",
	"http_server.crossdomain": "TestFileDirectives",

	"http_server.client_max_body_size":      "TestRequestObject",
	"http_server.location.js_access":        "TestAccessDirective",
	"http_server.location.js_content":       "TestContentDirective",
	"http_server.location.js_header_filter": "TestHeaderFilterDirective",
	"js_set":                                "TestRequestObject",
	"js_var":                                "TestRequestObject",
	"js_playlist_filter":                    "TestPlaylistFilterDirective",
	"access_log":                            "TestAccessLogDirectives",
	"log_format":                            "TestAccessLogDirectives",

	"http_api.enabled":       "TestSwitchesOfListeners",
	"http_api.listen":        "TestDeliveredFileListens",
	"http_api.auth.enabled":  "TestAuthDirectives",
	"http_api.auth.username": "TestAuthDirectives",
	"http_api.auth.password": "TestAuthDirectives",

	"http_server.https.enabled": "TestHTTPSIsTurnedOff",
	"http_server.https.listen":  "TestPlayersByHTTPS",
	"http_server.https.key":     "TestPairIsRenewedUnderPlayers",
	"http_server.https.cert":    "TestPairIsRenewedUnderPlayers",
	"http_api.https.enabled":    "TestAPIByHTTPS",
	"http_api.https.listen":     "TestAPIByHTTPS",

	"vhost.enabled":                   "TestVHostDirectives",
	"vhost.min_latency":               "TestLatencyDirectives",
	"vhost.tcp_nodelay":               "TestTCPNoDelayDirectives",
	"vhost.chunk_size":                "TestChunkSizeDirectives",
	"vhost.in_ack_size":               "TestAcknowledgementDirectives",
	"vhost.out_ack_size":              "TestAcknowledgementDirectives",
	"vhost.publish.firstpkt_timeout":  "TestPublishTimeoutDirectives",
	"vhost.publish.normal_timeout":    "TestPublishTimeoutDirectives",
	"vhost.play.gop_cache":            "TestGOPCacheDirectives",
	"vhost.play.gop_cache_max_frames": "TestGOPCacheDirectives",
	"vhost.publish.kickoff_for_idle":  "TestKickoffDirective",
	"vhost.publish.mr":                "TestMergedReadDirectives",
	"vhost.publish.mr_latency":        "TestMergedReadDirectives",
	"vhost.play.queue_length":         "TestQueueLengthDirective",
	"vhost.play.gop_cache_max_bytes":  "TestGOPCacheDirectives",
	"vhost.play.time_jitter":          "TestTimeDirectives",
	"vhost.play.atc":                  "TestTimeDirectives",
	"vhost.play.atc_auto":             "TestTimeDirectives",
	"vhost.play.mix_correct":          "TestMixCorrectDirective",
	"vhost.play.mw_msgs":              "TestLatencyDirectives",
	"vhost.play.send_min_interval":    "TestSendMinIntervalDirective",

	"vhost.play.reduce_sequence_header": "TestReduceSequenceHeaderDirective",

	"vhost.play.mw_latency":  "TestLatencyDirectives",
	"vhost.security.enabled": "TestGuardsHoldInEveryProtocol",
	"vhost.security.allow":   "TestGuardsHoldInEveryProtocol",
	"vhost.security.deny":    "TestGuardsHoldInEveryProtocol",
	"vhost.refer.enabled":    "TestReferDirectives",
	"vhost.refer.all":        "TestReferDirectives",
	"vhost.refer.publish":    "TestReferDirectives",
	"vhost.refer.play":       "TestReferDirectives",

	"vhost.http_hooks.enabled":       "TestHooksAreSwitchedOff",
	"vhost.http_hooks.on_connect":    "TestEveryAdmissionOfABackEndIsPaired",
	"vhost.http_hooks.on_close":      "TestEveryAdmissionOfABackEndIsPaired",
	"vhost.http_hooks.on_publish":    "TestBackEndDeniesAndHears",
	"vhost.http_hooks.on_unpublish":  "TestEveryAdmissionOfABackEndIsPaired",
	"vhost.http_hooks.on_play":       "TestBackEndDeniesAndHears",
	"vhost.http_hooks.on_stop":       "TestEveryAdmissionOfABackEndIsPaired",
	"vhost.http_hooks.on_hls":        "TestBackEndDeniesAndHears",
	"vhost.http_hooks.on_hls_notify": "TestHookNotifyDirective",
	"vhost.http_hooks.timeout":       "TestHookTimeoutDirective",
	"vhost.http_hooks.retry":         "TestHookRetryDirective",
	"vhost.http_hooks.secret":        "TestHookSecretDirective",

	"vhost.hls.enabled":        "TestHLSDirectives",
	"vhost.hls.hls_fragment":   "TestHLSDirectives",
	"vhost.hls.hls_window":     "TestHLSDirectives",
	"vhost.hls.hls_dispose":    "TestHLSDisposeDirective",
	"vhost.hls.hls_ctx":        "TestHLSCtxDirective",
	"vhost.http_remux.enabled": "TestHTTPRemuxDirectives",
	"vhost.http_remux.mount":   "TestHTTPRemuxDirectives",

	"vhost.http_remux.guess_has_av":      "TestHTTPRemuxTracksDirectives",
	"vhost.http_remux.has_audio":         "TestHTTPRemuxTracksDirectives",
	"vhost.http_remux.has_video":         "TestHTTPRemuxTracksDirectives",
	"vhost.http_remux.drop_if_not_match": "TestHTTPRemuxTracksDirectives",
}

// pending are directives that the table has ahead of what they do: who serves one
// takes it away, and enters the test that observes it above.
var pending = []string{
	"js_on_dvr", "js_on_forward", "js_on_hls_key", // not served, as check says
}

// homes are the packages of blocks that do not bear a folder's name.
var homes = map[string]string{
	"http_server": "media/http", "http_remux": "media/http",
	"publish": "vhost", "play": "vhost", "security": "vhost", "refer": "vhost",
}

func TestEveryDirectiveIsObserved(t *testing.T) {
	files, left := testFiles(t), maps.Clone(effects)
	for _, d := range conf.Directives() {
		if d.Block {
			continue
		}
		block := strings.TrimSuffix(d.Path, d.Name)
		for _, name := range append([]string{d.Name}, d.Twins...) {
			test, ok := left[block+name]
			delete(left, block+name)
			switch {
			case slices.Contains(pending, block+name):
				if ok {
					t.Errorf("%s is observed by %s, and not pending any more", block+name, test)
				}
			case !ok:
				t.Errorf("no test observes what %s does: write one, and enter it here", block+name)
			case files[test] == "":
				t.Errorf("%s: there is no test %s", block+name, test)
			case !strings.Contains(textOf(t, files[test]), name):
				t.Errorf("%s: the file of %s does not mention it", block+name, test)
			}
		}
	}
	for path, test := range left {
		t.Errorf("there is no directive %s for %s to observe", path, test)
	}
}

// testFiles are the files of the tests by the names that effects has.
func testFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	scripts, err := filepath.Glob("cmd/weir/testdata/script/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range scripts {
		files[filepath.Base(name)] = name
	}
	tests, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range tests {
		src, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range src.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				files[f.Name.Name] = name
			}
		}
	}
	return files
}

func textOf(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestDirectivesLiveWhereTheyAreNamed: hls {} is served by media/hls, js_ by js;
// what stands in a block, and is none of a vhost's, by the block's package.
func TestDirectivesLiveWhereTheyAreNamed(t *testing.T) {
	comments := packageComments(t)
	blocks := map[string]string{"": "weir"}
	for _, d := range conf.Directives() {
		around := strings.TrimSuffix(strings.TrimSuffix(d.Path, d.Name), ".")
		want := blocks[around]
		switch {
		case strings.HasPrefix(d.Name, "js_"):
			want = "js"
		case d.Block && (around == "" || around == "vhost"):
			want = homeOf(d)
			if own := path.Base(want) == bare(d.Name); !own && want != "vhost" && !strings.Contains(comments[want], d.Name) {
				t.Errorf("the comment of package %s does not name its block %s", want, d.Name)
			}
		}
		if d.Block {
			blocks[d.Path] = want
		}
		if d.Package != want {
			t.Errorf("%s is served by %s, want %s", d.Path, d.Package, want)
		}
		if comments[want] == "" {
			t.Errorf("%s: there is no package %s, or it has no comment", d.Path, want)
		}
	}
}

// homeOf is the package that a block's name leads to.
func homeOf(d conf.Directive) string {
	if home := homes[d.Name]; home != "" {
		return home
	}
	if parent, base := path.Split(d.Package); bare(d.Name) == base {
		return parent + base
	}
	return "a package " + bare(d.Name)
}

// bare is a name as a package has it: "http_api" is httpapi.
func bare(name string) string { return strings.ReplaceAll(name, "_", "") }

// packageComments are the packages' comments, by folder; that of the root is "weir".
func packageComments(t *testing.T) map[string]string {
	t.Helper()
	comments := map[string]string{}
	for _, f := range goFiles(t) {
		src, err := parser.ParseFile(token.NewFileSet(), f.name, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if f.pkg == "." {
			f.pkg = "weir"
		}
		if !f.test {
			comments[f.pkg] += src.Doc.Text()
		}
	}
	return comments
}

// TestDirectivesAreDocumented: what explain and the manual say is all there.
func TestDirectivesAreDocumented(t *testing.T) {
	for _, d := range conf.Directives() {
		if !strings.HasPrefix(d.Doc, strings.Join(append([]string{d.Name}, d.Twins...), " and ")+" ") || !strings.HasSuffix(d.Doc, ".") {
			t.Errorf("%s: the manual says %q", d.Path, d.Doc)
		}
		if !strings.HasPrefix(d.Usage, d.Name+" ") || len(d.Contexts) == 0 {
			t.Errorf("%s: usage %q in %q", d.Path, d.Usage, d.Contexts)
		}
		if !d.Block && !d.Required && d.Default == "" && d.Example == "" {
			t.Errorf("%s has neither a default nor an example", d.Path)
		}
	}
}
