package js_test

import (
	"context"
	"testing"
	"testing/fstest"
	"time"

	"github.com/dlclark/regexp2/v2"
	"go.uber.org/goleak"

	"weir/js"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.Cleanup(func(int) { regexp2.StopTimeoutClock() }))
}

// files is a directory of modules.
func files(nameAndText ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(nameAndText); i += 2 {
		fsys[nameAndText[i]] = &fstest.MapFile{Data: []byte(nameAndText[i+1])}
	}
	return fsys
}

// hooks is a unit with one module, hooks.js.
func hooks() js.Source {
	return js.Source{
		Unit:    "v",
		Imports: []js.Import{{Name: "hooks", File: "hooks.js", Dirs: []string{"."}, At: js.Place{File: "srs.conf", Line: 1, Col: 1}}},
	}
}

// inline is a unit of one inline block, whose body begins at 3:10 of srs.conf.
func inline(body string) js.Source {
	return js.Source{
		Unit:   "v",
		Inline: []js.Inline{{ID: "block", Params: []string{"s"}, Body: body, At: js.Place{File: "srs.conf", Line: 3, Col: 10}}},
	}
}

// importable is what modules of tests may import without a file.
var importable = js.Options{Modules: []js.Module{{Name: "crypto"}}}

// compile compiles sources that have no faults.
func compile(t testing.TB, fsys fstest.MapFS, srcs ...js.Source) *js.Program {
	t.Helper()
	p, err := js.Compile(fsys, srcs, importable)
	if err != nil {
		t.Fatalf("Compile: %v", err)
	}
	return p
}

// looping says that pool is to make a Loop, for tests of what both do.
var looping bool

// pool starts a pool and closes it when the test ends.
func pool(t testing.TB, p *js.Program, o js.Options) js.Caller {
	t.Helper()
	var l js.Caller
	var err error
	if looping {
		l, err = newLooped(p, o)
	} else {
		l, err = js.NewPool(p, o)
	}
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := l.Close(ctx); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return l
}

// block calls the inline block of the unit.
func block(args ...js.Value) js.Call {
	return js.Call{Unit: "v", Func: js.Func{Inline: "block"}, Args: args}
}

// export calls an export of hooks.js.
func export(name string, args ...js.Value) js.Call {
	return js.Call{Unit: "v", Func: js.Func{Module: "hooks", Name: name}, Args: args}
}
