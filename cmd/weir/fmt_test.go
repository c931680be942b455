package main

import (
	"os"
	"path/filepath"
	"testing"

	"weir/confparse"
)

// What is shipped is laid out as weir fmt does it.
func TestShippedFilesAreFormatted(t *testing.T) {
	for _, pattern := range []string{"../../conf/*.conf", "../../examples/*/*.conf"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(names), err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got, found := confparse.Format(name, string(text))
			if found.HasErrors() {
				t.Errorf("%s: %v", name, found)
			}
			if diff := unified(name, "weir fmt", string(text), got); diff != "" {
				t.Errorf("run weir fmt -w:\n%s", diff)
			}
		}
	}
}
