package weir_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weir"
	"weir/confparse"
)

var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// Every configuration block of the documentation is what weir check calls
// clean, with the modules that the same page shows.
func TestDocumentedConfigurationsAreClean(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range append(pages, "README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		var confs []string
		for _, block := range fence.FindAllStringSubmatch(string(text), -1) {
			switch block[1] {
			case "nginx":
				confs = append(confs, block[2])
			case "js", "ts":
				name, _, _ := strings.Cut(strings.TrimPrefix(block[2], "// "), "\n")
				writeFile(t, filepath.Join(dir, name), block[2])
			}
		}
		for i, conf := range confs {
			if !strings.Contains(conf, "listen ") {
				conf = "listen 1935;" + conf
			}
			file := filepath.Join(dir, "srs.conf")
			writeFile(t, file, conf)
			read, found := weir.Check(context.Background(), confparse.Disk{}, file)
			if found.HasErrors() {
				var b bytes.Buffer
				found.WriteText(&b, read)
				t.Errorf("%s, configuration block %d:\n%s", page, i+1, b.String())
			}
		}
	}
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestReadmeIsShort(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(text, []byte("\n")); n > 150 {
		t.Errorf("README.md has %d lines, want at most 150", n)
	}
}
