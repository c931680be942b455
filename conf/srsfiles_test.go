package conf

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/confparse"
)

// environment finds the variables that a file is loaded with, in its comments.
var environment = regexp.MustCompile(`(?m)^#   \$ (\S+=.*)$`)

// TestSRSFiles: files as SRS's users have them, and beside each what becomes of it.
func TestSRSFiles(t *testing.T) {
	fsys := os.DirFS("testdata")
	for _, name := range srsFiles(t, "testdata/srs") {
		text, err := os.ReadFile("testdata/srs/" + name)
		if err != nil {
			t.Fatal(err)
		}
		var env Env
		for _, m := range environment.FindAllStringSubmatch(string(text), -1) {
			env.Vars = append(env.Vars, m[1])
		}
		c, found := LoadEnv(fsys, "srs/"+name, env)
		golden := "testdata/srs/" + strings.TrimSuffix(name, ".conf") + ".summary"
		got := summarize(c.File, found).String()
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

func srsFiles(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".conf") {
			names = append(names, e.Name())
		}
	}
	if len(names) < 12 {
		t.Errorf("only %d files in %s", len(names), dir)
	}
	return names
}

// What is turned on in a file that SRS ships, and refused for it.
var (
	hasKeys  = regexp.MustCompile(`\bhls_keys\s+on;`)
	hasHTTPS = regexp.MustCompile(`\bhttps\s*\{`)
)

// mayRefuse says which errors a file of SRS may have: guards that are not served,
// TLS keys and includes that are not among the files, is_full, nginx's language.
func mayRefuse(name string, text []byte) (codes []string) {
	if hasKeys.Match(text) {
		codes = append(codes, "E302")
	}
	if hasHTTPS.Match(text) {
		codes = append(codes, "E409")
	}
	if bytes.Contains(text, []byte("include ")) {
		codes = append(codes, "E408")
	}
	switch name {
	case "full.conf": // is_full on
		codes = append(codes, "E205")
	case "nginx.proxy.conf":
		codes = append(codes, "E201", "E202", "E205", "E208")
	}
	return codes
}

// TestCorpus loads the files that SRS ships, from the directory that WEIR_CORPUS
// names. What they ask for is served, warned of, or refused because it guards access.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("WEIR_CORPUS")
	if dir == "" {
		t.Skip("WEIR_CORPUS is not set")
	}
	for _, name := range srsFiles(t, dir) {
		text, err := os.ReadFile(dir + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		c, found := Load(os.DirFS(dir), name)
		for _, d := range found {
			if d.Severity == confparse.Error && !slices.Contains(mayRefuse(name, text), d.Code) {
				t.Errorf("%s:%d:%d %s [%s]", name, d.Span.Start.Line, d.Span.Start.Col, d.Message, d.Code)
			}
		}
		for _, d := range summarize(c.File, found).left {
			if d.Code != "E408" && !d.Span.Start.IsZero() { // an include is gone with its finding
				t.Errorf("%s:%d:%d is in no block: %s", name, d.Span.Start.Line, d.Span.Start.Col, d.Message)
			}
		}
	}
}

// TestTornFiles: whatever is left of a file, it is read to its end, and means
// something.
func TestTornFiles(t *testing.T) {
	dir := "testdata/srs"
	if corpus := os.Getenv("WEIR_CORPUS"); corpus != "" {
		dir = corpus
	}
	for _, name := range srsFiles(t, dir) {
		text, err := os.ReadFile(dir + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(string(text), "\n")
		for i := 0; i < len(lines); i += max(1, len(lines)/100) {
			decodeText(strings.Join(slices.Delete(slices.Clone(lines), i, i+1), ""))
			decodeText(strings.Join(lines[:i], "") + lines[i][:len(lines[i])/2])
		}
	}
}
