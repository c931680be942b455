package conf

import (
	"bytes"
	"flag"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"weir/confparse"
)

var update = flag.Bool("update", false, "write the generated files anew")

func TestGeneratedFiles(t *testing.T) {
	for name, write := range map[string]func(io.Writer) error{
		"full.conf":             WriteFull,
		"../docs/directives.md": WriteMarkdown,
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
			t.Errorf("%s has drifted from the table: go test ./conf -run GeneratedFiles -update\n-want +got\n%s", name, diff)
		}
	}
}

func fullText(t *testing.T) string {
	var b bytes.Buffer
	if err := WriteFull(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFullFileIsClean: it has no findings, and the meaning of an empty file.
func TestFullFileIsClean(t *testing.T) {
	text := fullText(t)
	c, list := decodeText(text)
	for _, d := range list {
		t.Errorf("%d:%d %s", d.Span.Start.Line, d.Span.Start.Col, d.Message)
	}
	plain := load(t, "listen 1935; http_server { location /hello { } } vhost __defaultVhost__ { chunk_size 60000; }")
	plain.VHosts[0].ChunkSize = 0
	check(t, "changes", Diff(plain, c), []Change(nil))
	if laid, _ := confparse.Format("full.conf", text); laid != text {
		t.Errorf("not laid out as weir fmt does: -want +got\n%s", cmp.Diff(laid, text))
	}
}

var commented = regexp.MustCompile(`(?m)^( *)#(\w)`)

// TestFullFileUncommented: its examples are what the directives take.
func TestFullFileUncommented(t *testing.T) {
	text := commented.ReplaceAllString(fullText(t), "$1$2")
	if !strings.Contains(text, "\njs_on_play hooks.play;") {
		t.Fatalf("still commented out:\n%s", text)
	}
	ca, err := os.ReadFile("testdata/tls/server.crt")
	if err != nil {
		t.Fatal(err)
	}
	_, list := Load(fstest.MapFS{"srs.conf": {Data: []byte(text)}, "js/hooks.js": {}, "js/limits.json": {Data: []byte("{}")}, "ca.pem": {Data: ca}}, "srs.conf")
	for _, d := range list {
		if d.Code != "W306" && d.Code != "W301" { // nothing is enabled, and some is not served
			t.Errorf("%d:%d %s [%s]", d.Span.Start.Line, d.Span.Start.Col, d.Message, d.Code)
		}
	}
}

func TestExplain(t *testing.T) {
	for name, want := range map[string]string{
		"hls_fragment": `hls_fragment time;
    default 10s; 200ms to 60s; a change holds at the next publish of a stream; in
    vhost.hls
    hls_fragment is the target length of a segment; segments end at keyframes.
    Environment: SRS_VHOST_HLS_HLS_FRAGMENT
`,
		"http_api.auth": `auth { ... }
    in http_api
    auth asks for a name and a password.
`,
		"vhost.dvr": `dvr
    A directive of SRS, in vhost: a warning: streams are not recorded.
`,
		"e101": `E101: missing ';'
    A directive ends with ';'. It may go on in the next line if that is indented deeper.
    The place is where the ';' belongs.
    For example: listen 1935
                 max_connections 10;
`,
	} {
		got, ok := Explain(name)
		if !ok {
			t.Errorf("%s is not known", name)
		}
		check(t, name, got, want)
	}
	for _, name := range []string{"deny", "refer_play", "SRS_LISTEN", "js_on_play", "daemon", "enabled", "http_stream"} {
		if _, ok := Explain(name); !ok {
			t.Errorf("%s is not known", name)
		}
	}
	for name, want := range map[string]string{
		"hls_fragmnet": `nothing is called "hls_fragmnet"; did you mean "hls_fragment"?`,
		"xyzzy":        `nothing is called "xyzzy"`,
	} {
		got, ok := Explain(name)
		check(t, name, got, want)
		check(t, name+" is known", ok, false)
	}
}
