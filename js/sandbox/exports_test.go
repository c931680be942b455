package sandbox

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

func TestExportsAreToldByWorker(t *testing.T) {
	l := Exports(t.Context(), fstest.MapFS{
		"named.ts":  {Data: []byte("import './faulty.js'; export function play(s: any) {} export const stop = 1;")},
		"made.js":   {Data: []byte("export default f();")},
		"faulty.js": {Data: []byte("export const;")},
	}, []string{"named.ts", "made.js", "faulty.js", "no.js"})
	var faults js.Errors
	if len(l) != 4 || !errors.Is(l[1].Err, js.ErrHidden) || !errors.As(l[2].Err, &faults) || l[3].Err == nil {
		t.Errorf("%+v", l)
	}
	l = Exports(t.Context(), fstest.MapFS{"a.js": {Data: []byte("export const play = 1, close = 2")}}, []string{"a.js"})
	if diff := cmp.Diff([]js.Exported{{Names: []string{"close", "play"}}}, l); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// A module that brings its parser down costs a worker, and is an error.
func TestExportsOfModuleThatKills(t *testing.T) {
	l := Exports(t.Context(), fstest.MapFS{
		"deep.js": {Data: []byte(strings.Repeat("[", 1e6))},
		"play.js": {Data: []byte("export const play = 1")},
	}, []string{"deep.js", "play.js"})
	for _, e := range l {
		if !errors.Is(e.Err, js.ErrCrash) {
			t.Errorf("%+v, want a crash", e)
		}
	}
}

func FuzzDecodeExports(f *testing.F) {
	f.Add(appendExports(nil, []js.Exported{{Names: []string{"a"}}, {Err: js.ErrHidden}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := decodeExports(b)
		if err == nil && len(l) > len(b) {
			t.Errorf("%d modules of %d bytes", len(l), len(b))
		}
	})
}
