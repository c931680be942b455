package weir_test

import (
	"path/filepath"
	"testing"

	"weir/weirtest"
)

// The content of a file is an object for scripts, and an edit of the file is noticed.
func TestPreloadDirective(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "data", "words.json"), `{"deny": ["first"]}`)
	file := filepath.Join(dir, "srs.conf")
	weirtest.Write(t, file, "js_path data; js_preload_object said from words.json;"+everything("js_on_publish { return s.deny(403, said.deny[0]); }"))
	s := weirtest.Serve(t, file)
	denies(t, s, "first")
	writeFile(t, filepath.Join(dir, "data", "words.json"), `{"deny": [}`)
	waitLog(t, s, 1, "words.json:1:11", "broken JSON")
	denies(t, s, "first")
	writeFile(t, filepath.Join(dir, "data", "words.json"), `{"deny": ["second"]}`)
	denies(t, s, "second")
}
