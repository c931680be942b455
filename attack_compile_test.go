package weir_test

import (
	"path/filepath"
	"testing"

	"weir/weirtest"
)

// attackConstants attack who compiles them, or runs their top level.
var attackConstants = map[string]string{
	"a shift":            `export const play = s => 1n << (2n ** 40n);`,
	"the top level":      `for (;;) {} export const play = s => 1;`,
	"memory at the top":  `const l = []; for (;;) l.push(new Uint8Array(1e6)); export const play = s => 1;`,
	"a death at the top": `const n = 40n; 1n << (2n ** n); export const play = s => 1;`,
}

// A script that attacks while it is compiled is refused with its file, and what was
// there goes on.
func TestAttacksWhileCompiled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, module := filepath.Join(dir, "srs.conf"), filepath.Join(dir, "gate.js")
	writeFile(t, module, `export const play = s => s.deny(403, 'asked');`)
	weirtest.Write(t, file, "js_import gate.js;"+everything("js_on_play gate.play;"))
	s := weirtest.Serve(t, file)
	n := 0
	for name, text := range attackConstants {
		writeFile(t, module, text)
		n++
		if err := s.WaitLog(n, "reload refused"); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_, err := s.Play("flv", "live/a")
		if _, reason := refusal(err); reason != "asked" {
			t.Errorf("%s: the gate says %q", name, reason)
		}
	}
}
