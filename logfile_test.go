package weir_test

import (
	"os"
	"path/filepath"
	"testing"

	"weir/media/mediatest"
	"weir/weirtest"
)

// ngx.error_log_path is what srs_log_file says, in the directory the server works in.
func TestScriptsKnowTheLogFile(t *testing.T) {
	t.Parallel()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "srs.log")
	for settings, want := range map[string]string{
		"":                      "none",
		"srs_log_file a/b.log;": "none", // which is not where the log goes
		"srs_log_tank file; srs_log_file logs/srs.log;": filepath.Join(dir, "logs/srs.log"),
		"srs_log_tank file; srs_log_file " + file + ";": file,
	} {
		s := weirtest.Up(t, settings+everything("js_on_publish { return s.deny(403, ngx.error_log_path || 'none'); }"))
		_, err := s.Publish("live/a", mediatest.Stream{})
		if _, reason := refusal(err); reason != want {
			t.Errorf("%s: %s, want %s", settings, reason, want)
		}
	}
}
