package js_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// wrapping is a class whose objects scripts see through a module, with another
// inside.
func wrapping() js.Options {
	text := func(_ js.Env, args []js.Value) (js.Value, error) { return args[0].([]js.Value)[0], nil }
	later := func(js.Env, []js.Value) (js.Value, error) { return "later", nil }
	return js.Options{
		Classes: []js.Class{
			{
				Name: "Request", Fields: []js.Member{{Name: "id"}, {Name: "inner"}}, Wrapper: "weir:outer", Ends: []string{"end"},
				Effects: []js.Member{{Name: "end"}, {Name: "note"}},
				Methods: []js.Native{{Member: js.Member{Name: "later"}, Async: true, Call: later}},
			},
			{
				Name: "Inner", Wrapper: "weir:inner", Inner: true, Fields: []js.Member{{Name: "own"}},
				Methods: []js.Native{{Member: js.Member{Name: "id"}, Call: text}},
			},
		},
		Modules: []js.Module{
			{Name: "weir:outer", Source: `exports.wrap = (o, call, around) => ({
				end: (...a) => o.end(...a), note: (a) => o.note(a), later: () => o.later(), inner: o.inner, none: [typeof call, typeof around].join() })`},
			{Name: "weir:inner", Source: `exports.wrap = (o, call, around) => ({ id: o.id(), own: o.own, around, double: (n) => call('hooks', 'double', '', n), boom: () => call('hooks', 'boom', '', 1) })`},
		},
	}
}

func TestWrapper(t *testing.T) {
	ended := []js.Effect{{Name: "end"}}
	for name, tt := range map[string]struct {
		body string
		want js.Result
		err  string
	}{
		"around nothing":                    {"return s.none", js.Result{Value: "undefined,undefined"}, ""},
		"natives of what is inside":         {"return s.inner.id + s.inner.own", js.Result{Value: "r1o"}, ""},
		"functions of the unit":             {"return s.inner.double(21)", js.Result{Value: int64(42)}, ""},
		"what they throw is undefined":      {"return typeof s.inner.boom()", js.Result{Value: "undefined"}, ""},
		"goes on until it ends":             {"setTimeout(() => s.end(), 1)", js.Result{Effects: ended}, ""},
		"goes on after a native":            {"s.later().then((v) => s.end(v))", js.Result{Effects: []js.Effect{{Name: "end", Args: []js.Value{"later"}}}}, ""},
		"ends ahead of the promise":         {"s.end(); await new Promise(() => {})", js.Result{Effects: ended}, ""},
		"ends when nothing is under way":    {"s.later().then(() => s.note(1)); return 7", js.Result{Value: int64(7), Effects: []js.Effect{{Name: "note", Args: []js.Value{int64(1)}}}}, ""},
		"a timer that is cleared is none":   {"clearTimeout(setTimeout(() => {}, 1e6)); return 7", js.Result{Value: int64(7)}, ""},
		"an exception ends it":              {"setTimeout(() => {}, 1e6); throw new Error('no')", js.Result{}, "Error: no"},
		"an exception after the end":        {"s.end(); throw new Error('no')", js.Result{Effects: ended}, ""},
		"a rejection ends it":               {"setTimeout(() => {}, 1e6); await null; throw new Error('no')", js.Result{}, "Error: no"},
		"a rejection after the end is late": {"s.end(); await null; throw new Error('no')", js.Result{Effects: ended}, ""},
	} {
		for _, loop := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				looping = loop
				defer func() { looping = false }()
				src := inline(tt.body)
				src.Imports = hooks().Imports
				o := wrapping()
				o.Encode = !loop
				o.Budget = js.Budget{Wall: time.Minute, CPU: time.Minute} // timing decides nothing here
				p := pool(t, compile(t, files("hooks.js", "export const double = (n) => 2 * n; export const boom = () => { throw new Error('boom'); };"), src), o)
				r, err := p.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Inline: "block"}, Args: []js.Value{&js.Object{
					Class: "Request", Fields: []js.Value{"r1", &js.Object{Class: "Inner", Fields: []js.Value{"o"}}},
				}}})
				if tt.err == "" && err != nil || tt.err != "" && (err == nil || err.(*js.Error).Message != tt.err) {
					t.Fatalf("Call = %v, want %q", err, tt.err)
				}
				if diff := cmp.Diff(tt.want, r); diff != "" {
					t.Errorf("result (-want +got):\n%s", diff)
				}
			})
		}
	}
}
