package sandbox

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"weir/js"
)

func TestSourcesAreCompiledInWorker(t *testing.T) {
	files := fstest.MapFS{
		"m.js":     {Data: []byte("import './lib/x.js'; import './no.js';\nexport function f() { retrun 1 }")},
		"lib/x.ts": {Data: []byte("export const x: number = 1")},
	}
	p, faults, _ := Compile(t.Context(), files, sources(), Config{})
	var l js.Errors
	if !errors.As(faults, &l) || !strings.HasPrefix(l[0].Error(), "m.js:") {
		t.Errorf("%v, want faults with their places", faults)
	}
	var read []string
	for _, f := range p.Files() {
		if f.Sum != [32]byte{} {
			read = append(read, f.Name)
		}
	}
	t.Log(read, faults)
}

// Ten thousand modules take 22 s on a machine with nothing else to do.
func TestCompilationHasTimeByItsSources(t *testing.T) {
	few, many := timeOf(setup{Sources: sources()}), timeOf(setup{Sources: make([]js.Source, 10_000)})
	if few > time.Minute || many < 2*time.Minute {
		t.Errorf("%v for three sources, %v for 10,000", few, many)
	}
}

// Texts that bring down their compiler cost a worker.
func TestCompilerMayDie(t *testing.T) {
	for name, text := range map[string]string{
		"nested":   "export const x = " + strings.Repeat("(", 1e6) + "1" + strings.Repeat(")", 1e6),
		"constant": "export const x = () => 1n << (2n ** 40n)",
		"top":      "let s = 'x'; for (;;) s += s;",
	} {
		_, faults, found := Compile(t.Context(), fstest.MapFS{"m.js": {Data: []byte(text)}}, sources(), Config{})
		err := errors.Join(faults, found)
		t.Logf("%s: %v", name, err)
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
