package js_test

import (
	"errors"
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

const counting = `import { n } from './count.js';
	export const a = () => n('a'); export const b = () => n('b'); export default { a, b }`

// counter keeps its state in a module that others import, too.
const counter = `let l = []; export const n = (s) => { l.push(s); return l.join('') }`

// modelled is a unit with one module and an inline block.
func modelled(unit string, vm js.Model, workers int, module string) js.Source {
	return js.Source{
		Unit: unit, VM: vm, Workers: workers,
		Imports: []js.Import{{Name: "own", File: module, Dirs: []string{"."}}},
		Inline:  []js.Inline{{ID: "in", Body: "return own.a()", At: js.Place{File: "srs.conf", Line: 1, Col: 1}}},
	}
}

func TestModels(t *testing.T) {
	type ask struct {
		unit, directive string
		function        js.Func
		slot            uint64
	}
	a, b, in := js.Func{Module: "own", Name: "a"}, js.Func{Module: "own", Name: "b"}, js.Func{Inline: "in"}
	tests := []struct {
		name    string
		vm      js.Model
		workers int
		asks    []ask
		want    []string
	}{
		{"one for the unit", js.PerUnit, 0, []ask{{"v", "x", a, 0}, {"v", "y", in, 1}, {"w", "x", b, 0}, {"v", "x", b, 7}}, []string{"a", "aa", "b", "aab"}},
		{"workers", js.PerUnit, 2, []ask{{"v", "", a, 0}, {"v", "", a, 1}, {"v", "", b, 2}, {"v", "", b, 7}}, []string{"a", "a", "ab", "ab"}},
		{"shared", js.Shared, 0, []ask{{"v", "", a, 0}, {"w", "", a, 0}, {"w", "", in, 0}, {"v", "", in, 3}}, []string{"a", "aa", "aaa", "aaaa"}},
		{"shared workers", js.Shared, 2, []ask{{"v", "", a, 0}, {"w", "", a, 1}, {"w", "", in, 2}}, []string{"a", "a", "aa"}},
		{"one for a directive", js.PerDirective, 0, []ask{{"v", "x", a, 0}, {"v", "y", a, 0}, {"v", "x", b, 0}, {"v", "x", a, 0}, {"w", "x", a, 0}}, []string{"a", "a", "b", "aa", "a"}},
		{"one for a call", js.PerCall, 0, []ask{{"v", "", a, 0}, {"v", "", a, 0}, {"w", "", in, 0}}, []string{"a", "a", "a"}},
	}
	modules := files("one.js", counting, "two.js", counting, "count.js", counter)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			program := compile(t, modules, modelled("v", tt.vm, tt.workers, "one.js"), modelled("w", tt.vm, tt.workers, "two.js"))
			p := pool(t, program, js.Options{Encode: true})
			var got []string
			for _, q := range tt.asks {
				r, err := p.Call(t.Context(), js.Call{Unit: q.unit, Func: q.function, Slot: q.slot, Origin: js.Origin{Directive: q.directive}})
				if err != nil {
					t.Error(err)
				}
				got = append(got, fmt.Sprint(r.Value))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// Units that share a VM call the same module by names of their own.
func TestSharedNames(t *testing.T) {
	modules := files("one.js", "export const f = () => 'one'; export const here = () => { throw new Error('x') }", "two.js", "export const f = () => 'two'")
	source := func(unit string, line int, body string, imports ...js.Import) js.Source {
		return js.Source{Unit: unit, VM: js.Shared, Imports: imports, Inline: []js.Inline{{ID: "in", Body: body, At: js.Place{File: "srs.conf", Line: line, Col: 3}}}}
	}
	program := compile(t, modules,
		source("v", 1, "return m.f() + globalThis.n", js.Import{Name: "m", File: "one.js"}),
		source("w", 2, "globalThis.n = 1; return m.f() + other.f()", js.Import{Name: "m", File: "two.js"}, js.Import{Name: "other", File: "one.js"}),
		source("x", 9, "throw new Error('here')"),
	)
	p := pool(t, program, js.Options{})
	var got []string
	for _, unit := range []string{"w", "v", "x"} {
		r, err := p.Call(t.Context(), js.Call{Unit: unit, Func: js.Func{Inline: "in"}})
		got = append(got, fmt.Sprint(r.Value, " ", err))
	}
	want := []string{"twoone <nil>", "one1 <nil>", "<nil> srs.conf:9:9: Error: here"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestSharedFaults(t *testing.T) {
	use := func(s js.Source, f string) js.Source {
		s.Uses = []js.Use{{Func: js.Func{Module: "own", Name: f}, At: js.Place{File: "srs.conf", Line: len(s.Unit), Col: 5}}}
		return s
	}
	modules := files("one.js", "export const f = 1; export const g = () => 1", "two.js", "export const f = () => 1")
	shared := func(unit, file string) js.Source { return modelled(unit, js.Shared, 0, file) }
	program := compile(t, modules, use(shared("v", "one.js"), "f"), use(shared("ww", "two.js"), "f"), use(shared("xxx", "one.js"), "g"))
	got := js.Inspect(t.Context(), program, js.Options{})
	want := js.Errors{{File: "srs.conf", Line: 1, Col: 5, Message: `export "f" of module "own" is a number, not a function`, Module: "own", Export: "f"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	_, err := js.Compile(modules, []js.Source{shared("v", "none.js"), use(shared("ww", "two.js"), "h")}, js.Options{})
	if want := `module "none.js" not found in . (and 1 more)`; err == nil || err.Error() != want {
		t.Errorf("Compile = %v, want %s", err, want)
	}
}

// The VM of a call lasts as long as its timers, but not longer than the call may.
func TestVMOfACallEnds(t *testing.T) {
	program := compile(t, files("one.js", `import { say } from 'crypto'; let n = 0;
		export const a = () => { setTimeout(() => say('later'), 50); return ++n };
		export const forever = () => { setInterval(() => say('tick'), 40); return ++n }`), modelled("v", js.PerCall, 0, "one.js"))
	synctest.Test(t, func(t *testing.T) {
		host := newRecorder()
		p := pool(t, program, js.Options{Host: host, Modules: saying(logging), Budget: js.Budget{Wall: 100 * time.Millisecond}})
		synctest.Wait()
		before := runtime.NumGoroutine()
		for _, name := range []string{"a", "forever", "a"} {
			if r, err := p.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "own", Name: name}}); err != nil || r.Value != int64(1) {
				t.Errorf("%s = %v, %v, want 1", name, r.Value, err)
			}
		}
		time.Sleep(500 * time.Millisecond)
		synctest.Wait()
		if got := runtime.NumGoroutine(); got > before {
			t.Errorf("%d goroutines, and %d before the calls", got, before)
		}
		if diff := cmp.Diff([]string{" 7 tick", " 7 later", " 7 later", " 7 tick"}, host.logged()); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}

// A top level that fails is not run again for each call.
func TestStartsOfCallsBackOff(t *testing.T) {
	program := compile(t, files("one.js", "import { say } from 'crypto'; say('start'); throw new Error('no'); export {}"), modelled("v", js.PerCall, 0, "one.js"))
	synctest.Test(t, func(t *testing.T) {
		host := newRecorder()
		p := pool(t, program, js.Options{Host: host, Modules: saying(logging)})
		for range 50 {
			_, err := p.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Inline: "in"}})
			if want := "one.js:1:51: Error: no"; err == nil || err.Error() != want {
				t.Errorf("Call = %v, want %s", err, want)
			}
			time.Sleep(10 * time.Millisecond)
		}
		if got := len(host.logged()); got != 3 { // at 0, 100 and 300 ms
			t.Errorf("%d starts, want 3", got)
		}
	})
}

func TestFullHeapInterrupts(t *testing.T) {
	program := compile(t, files("hooks.js", `
		export const grow = () => { const l = []; for (;;) l.push(new Array(1000).fill(1)) };
		export const f = () => 1`), hooks())
	o := js.Options{Memory: 64 << 20, Budget: js.Budget{Wall: time.Minute, CPU: time.Minute}}
	p := pool(t, program, o)
	for range 2 {
		_, err := p.Call(t.Context(), export("grow"))
		var at *js.Error
		if !errors.Is(err, js.ErrMemory) || !errors.As(err, &at) || at.Line != 2 {
			t.Fatalf("grow = %v, want ErrMemory with its place", err)
		}
		if r, err := p.Call(t.Context(), export("f")); err != nil || r.Value != int64(1) {
			t.Fatalf("the next call = %v, %v, want 1", r.Value, err)
		}
	}
}
