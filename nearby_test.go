package weir_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir"
	"weir/confparse"
)

// An import that leads to no file is told of one of a like name, and one that leads
// away of the js_path that permits it.
func TestMisledImportsHaveAHint(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"conf/srs.conf":    "listen 1935; vhost a { js_import js/hooks.js; js_on_play hooks.play; }",
		"conf/js/hooks.js": "import './tokn.ts';\nimport '../shared/lits';\nimport './nothing.js';\nimport '../../other/x.js';\nexport const play = () => 1;",
		"conf/js/token.ts": "", "conf/shared/lists.mjs": "", "other/x.js": "",
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		writeFile(t, file, text)
	}
	_, found := weir.Check(t.Context(), confparse.Disk{}, dir+"/conf/srs.conf")
	var got []string
	for _, d := range found {
		got = append(got, d.Message+"; "+d.Hint)
	}
	want := []string{
		`module "./tokn.ts" not found; did you mean "./token.ts"?`,
		`module "../shared/lits" not found; did you mean "../shared/lists"?`,
		`module "./nothing.js" not found; `,
		`module "../../other/x.js" is in no folder of js_path, of the configuration file or of a js_import; "js_path ` + dir + `/other;" lets scripts import from there`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
