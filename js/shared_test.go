package js_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// inheriting are units that have the same module, and a block each, the last the same.
func inheriting(n int) []js.Source {
	var srcs []js.Source
	for i := range n {
		s := named(fmt.Sprint(i), hooks())
		s.Uses = []js.Use{{Func: js.Func{Module: "hooks", Name: "f"}, At: place("srs.conf", 2, 9)}}
		s.Inline = []js.Inline{
			{ID: fmt.Sprint("own", i), Params: []string{"s"}, Body: fmt.Sprintf("return %d", i), At: place("srs.conf", 10+i, 3)},
			{ID: "same", Params: []string{"s"}, Body: "return hooks.f(s)", At: place("srs.conf", 3, 3)},
		}
		srcs = append(srcs, s)
	}
	return srcs
}

// What is wrong with what many units have in common is said once.
func TestSharedFaultsAreSaidOnce(t *testing.T) {
	srcs := inheriting(5)
	for i := range srcs {
		srcs[i].Inline[1].Body = "return ("
	}
	want := []string{"srs.conf:3:11: SyntaxError: Unexpected end of script", `srs.conf:2:9: module "hooks" has no export "f"`}
	if diff := cmp.Diff(want, faults(t, files("hooks.js", "export const g = 1"), srcs...)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Where an import stands makes no difference but to what is wrong with it.
func TestImportsElsewhereAreTheSame(t *testing.T) {
	a, b := hooks(), named("w", hooks())
	b.Imports[0].At.Line = 7
	host := newRecorder()
	text := `import { say } from 'crypto'; say('top level')`
	if errs := js.Inspect(t.Context(), compile(t, files("hooks.js", text), a, b), js.Options{Host: host, Modules: saying(logging)}); errs != nil {
		t.Error(errs)
	}
	if diff := cmp.Diff([]string{" 7 top level"}, host.logged()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	want := []string{`srs.conf:1:1: module "hooks.js" not found in .`, `srs.conf:7:1: module "hooks.js" not found in .`}
	if diff := cmp.Diff(want, faults(t, nil, a, b)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Inspect runs modules once, however many units have them.
func TestInspectRunsModulesOnce(t *testing.T) {
	host := newRecorder()
	text := `import { say } from 'crypto'; say('top level'); export default { g() {} }`
	got := js.Inspect(t.Context(), compile(t, files("hooks.js", text), inheriting(5)...), js.Options{Host: host, Modules: saying(logging)})
	want := js.Errors{{File: "srs.conf", Line: 2, Col: 9, Message: `module "hooks" has no export "f"`, Module: "hooks", Export: "f"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{" 7 top level"}, host.logged()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Units share programs and nothing else.
func TestUnitsShareNoState(t *testing.T) {
	p := pool(t, compile(t, files("hooks.js", "let n = 0; export const f = () => ++n"), inheriting(3)...), js.Options{})
	var got []string
	for i := range 3 {
		for _, f := range []js.Func{{Inline: fmt.Sprint("own", i)}, {Inline: "same"}, {Module: "hooks", Name: "f"}} {
			r, err := p.Call(t.Context(), js.Call{Unit: fmt.Sprint(i), Func: f})
			got = append(got, fmt.Sprint(r.Value, " ", err))
		}
	}
	want := []string{"0 <nil>", "1 <nil>", "2 <nil>", "1 <nil>", "1 <nil>", "2 <nil>", "2 <nil>", "1 <nil>", "2 <nil>"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// The place of a block costs nothing, be it at the end of a long file.
func TestInlineFarDown(t *testing.T) {
	s := inline("\n\tthrow new Error('deep')")
	s.Inline[0].At.Line = 1_000_000_000
	p := pool(t, compile(t, nil, s), js.Options{})
	_, err := p.Call(t.Context(), block())
	if want := "srs.conf:1000000001:8: Error: deep"; err == nil || err.Error() != want {
		t.Errorf("Call = %v, want %s", err, want)
	}
}

// Scripts see the places of the file in their errors' stacks, too, with its name as
// in a URL; what is told of an error has the name as it is.
func TestPlacesInFilesOfAnyName(t *testing.T) {
	for name, spelled := range map[string]string{
		"srs.conf":               "srs.conf",
		"/etc/weir/srs.conf":     "/etc/weir/srs.conf",
		"../my streams/кам.conf": "../my%20streams/%D0%BA%D0%B0%D0%BC.conf",
		"a:b.conf":               "a:b.conf",
		"100%.conf?#":            "100%.conf?#",
	} {
		s := inline("\n  try { null.x } catch (e) { return e.stack } ")
		s.Inline[0].At.File = name
		s.Inline = append(s.Inline, js.Inline{ID: "throw", Body: "throw new Error('é')", At: place(name, 1, 20)})
		p := pool(t, compile(t, nil, s), js.Options{})
		r, err := p.Call(t.Context(), block())
		if stack, _ := r.Value.(string); err != nil || !strings.Contains(stack, "at "+spelled+":4:14(") {
			t.Errorf("stack that script sees = %q, %v, want it to name %s:4:14", stack, err, spelled)
		}
		_, err = p.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Inline: "throw"}})
		if want := name + ":1:26: Error: é"; err == nil || err.Error() != want {
			t.Errorf("Call = %v, want %s", err, want)
		}
	}
}

// BenchmarkCompile is the whole of check's scripts: compiled and inspected.
func BenchmarkCompile(b *testing.B) {
	for _, n := range []int{1, 1000, 10_000} {
		b.Run(fmt.Sprintf("vhosts=%d", n), func(b *testing.B) {
			srcs := inheriting(n)
			fsys := files("hooks.js", "export const f = () => {}")
			b.ReportAllocs()
			for b.Loop() {
				p := compile(b, fsys, srcs...)
				if errs := js.Inspect(b.Context(), p, js.Options{}); errs != nil {
					b.Fatal(errs)
				}
			}
		})
	}
}
