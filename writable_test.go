package weir_test

import (
	"context"
	"path/filepath"
	"testing"

	"weir"
	"weir/confparse"
)

func TestUnwritableFilesAreFound(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "taken"), "a file, where a directory should be")
	tests := []struct {
		text string
		line int // of the finding; 0 without one
	}{
		{"pid " + dir + "/new/srs.pid;", 0},
		{"pid " + dir + "/taken/srs.pid;", 2},
		{"srs_log_tank file;\npid " + dir + "/srs.pid; srs_log_file " + dir + "/taken/deeper/srs.log;", 3},
		{"pid " + dir + "/srs.pid; srs_log_file " + dir + "/taken/srs.log;", 0}, // the log goes to the console
	}
	for _, tt := range tests {
		file := filepath.Join(t.TempDir(), "srs.conf")
		writeFile(t, file, "listen 1935; vhost a { }\n"+tt.text)
		_, found := weir.Check(context.Background(), confparse.Disk{}, file)
		line := 0
		for _, d := range found {
			if d.Code == "W308" {
				line = d.Span.Start.Line
			}
		}
		if line != tt.line {
			t.Errorf("%q: found in line %d, want %d", tt.text, line, tt.line)
		}
	}
}
