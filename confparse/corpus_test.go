package confparse

import (
	"os"
	"path/filepath"
	"testing"
)

// The directory named by WEIR_CORPUS holds configuration files of SRS. Each parses and
// can be formatted.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("WEIR_CORPUS")
	if dir == "" {
		t.Skip("WEIR_CORPUS is not set")
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.conf"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Errorf("%s holds no *.conf", dir)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, found := Parse(name, string(text))
		if len(found) > 0 {
			t.Errorf("%s: found %v", name, found)
		}
		if len(f.Directives) == 0 {
			t.Errorf("%s: no directives", name)
		}
		checkFormat(t, string(text))
	}
}
