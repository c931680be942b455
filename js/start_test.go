package js_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

func TestInspect(t *testing.T) {
	use := func(name string) js.Use {
		return js.Use{Func: js.Func{Module: "hooks", Name: name}, At: place("srs.conf", 5, 20)}
	}
	tests := []struct {
		name, text string
		uses       []js.Use
		want       js.Errors
	}{
		{"function", "export function publish() {}", []js.Use{use("publish")}, nil},
		{"njs's way", "export default { publish() {} }", []js.Use{use("publish")}, nil},
		{"not a function", "export const publish = 1", []js.Use{use("publish")}, js.Errors{{
			File: "srs.conf", Line: 5, Col: 20,
			Message: `export "publish" of module "hooks" is a number, not a function`, Module: "hooks", Export: "publish",
		}}},
		{"njs's way, missing", "export default { play() {} }", []js.Use{use("publish"), use("play")}, js.Errors{{
			File: "srs.conf", Line: 5, Col: 20,
			Message: `module "hooks" has no export "publish"`, Module: "hooks", Export: "publish",
		}}},
		{"top level throws", "\n\nthrow new Error('boom'); export {}", nil, js.Errors{{File: "hooks.js", Line: 3, Col: 7, Message: "Error: boom", Stack: "at hooks.js:3:7"}}},
		{"own kind of export", "export let publish; null.x", []js.Use{use("publish")}, js.Errors{{
			File: "hooks.js", Line: 1, Col: 26,
			Message: "TypeError: Cannot read property 'x' of undefined", Stack: "at hooks.js:1:26",
		}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := hooks()
			s.Uses = tt.uses
			got := js.Inspect(t.Context(), compile(t, files("hooks.js", tt.text), s), js.Options{})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// What a top level asks of a server that is not there is no fault of its own.
func TestInspectHasNoServer(t *testing.T) {
	use := js.Use{Func: js.Func{Module: "hooks", Name: "f"}, At: place("srs.conf", 5, 20)}
	ask := func(e js.Env, args []js.Value) (js.Value, error) {
		return e.Host.Ask(e.Context, e.Origin, args[0].(string), args[1:])
	}
	o := js.Options{Modules: []js.Module{{Globals: []string{"ask"}, Source: "exports.ask = native.ask", Natives: []js.Native{{Member: js.Member{Name: "ask"}, Call: ask}}}}}
	tests := []struct {
		name, text string
		host       js.Host
		want       []string
	}{
		{"refused", "ask('dict'); export const f = 1", nil, nil},
		{"refused and caught", "try { ask('dict') } catch (e) {} export const f = 1", nil, []string{`srs.conf:5:20: export "f" of module "hooks" is a number, not a function`}},
		{"answered", "ask('dict'); throw new Error('own'); export const f = 1", newRecorder(), []string{"hooks.js:1:20: Error: own"}},
	}
	for _, tt := range tests {
		s := hooks()
		s.Uses = []js.Use{use}
		o.Host = tt.host
		var got []string
		for _, e := range js.Inspect(t.Context(), compile(t, files("hooks.js", tt.text), s), o) {
			got = append(got, e.Error())
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestInspectEndsWithEndlessTopLevel(t *testing.T) {
	got := js.Inspect(t.Context(), compile(t, files("hooks.js", "let n = 0;\nfor (;;) n = Number('1')"), hooks()), js.Options{})
	if len(got) != 1 || got[0].File != "hooks.js" || got[0].Line != 2 {
		t.Errorf("Inspect = %v, want one error at hooks.js:2", got)
	}
}

func TestLanguage(t *testing.T) {
	modules := files("hooks.ts", `
		import data from './data.json';
		import * as lib from './lib.js';
		enum Level { Low, High }
		class Counter { #n = 0; static made = 0; static { Counter.made = 5 } next(): number { return ++this.#n } }
		async function* numbers(n: number) { for (let i = 0; i < n; i++) { await null; yield i } }
		export const enums = () => Level.High;
		export const fields = () => { const c = new Counter(); c.next(); return c.next() + Counter.made };
		export const generators = async () => { let sum = 0; for await (const n of numbers(4)) sum += n; return sum };
		export const json = () => data.name;
		export const live = () => { lib.bump(); return lib.count };
		export const dynamic = async () => (await import('./lib.js')).twice(4);
		export const modern = () => [3, 1, 2].toSorted().at(-1) + (null ?? 1) + ({ a: { b: 2 } }?.a?.b ?? 0);
		export const regexp = () => 'cam-12'.replace(/(?<name>[a-z]+)-(?<n>\d+)/, '$<n>:$<name>');
		export const bytes = (b: ArrayBuffer) => new Uint8Array(b).subarray(1);
		export const thenable = (n: number) => ({ then(f: any) { f(n + 1) } });
		export const self = function () { return this === undefined };
	`, "lib.js", "export let count = 0; export const bump = () => { count++ }; export const twice = (n) => 2 * n", "data.json", `{"name": "weir"}`)
	s := hooks()
	s.Imports[0].File = "hooks"
	s.Inline = []js.Inline{
		{ID: "sync", Params: []string{"s"}, Sync: true, Body: "return hooks.modern()", At: place("srs.conf", 1, 20)},
		{ID: "block", Params: []string{"s", "t"}, Body: "return (await hooks.dynamic()) + t", At: place("srs.conf", 2, 4)},
	}
	p := pool(t, compile(t, modules, s), js.Options{Encode: true})
	tests := []struct {
		call js.Call
		want js.Value
	}{
		{export("enums"), int64(1)},
		{export("fields"), int64(7)},
		{export("generators"), int64(6)},
		{export("json"), "weir"},
		{export("live"), int64(1)},
		{export("live"), int64(2)},
		{export("dynamic"), int64(8)},
		{export("modern"), int64(6)},
		{export("regexp"), "12:cam"},
		{export("bytes", []byte{1, 2, 3}), []byte{2, 3}},
		{block(nil, int64(2)), int64(10)},
		{export("thenable", int64(2)), int64(3)},
		{js.Call{Unit: "v", Func: js.Func{Inline: "sync"}}, int64(6)},
	}
	for _, tt := range tests {
		got, err := p.Call(t.Context(), tt.call)
		if err != nil {
			t.Errorf("%s: %v", tt.call.Func, err)
		}
		if diff := cmp.Diff(tt.want, got.Value); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.call.Func, diff)
		}
	}
}

func TestTimers(t *testing.T) {
	host := newRecorder()
	p := pool(t, compile(t, files("hooks.js", `
		const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
		export const order = async () => {
			const l = [];
			setTimeout((x) => l.push(x), 2, 'later');
			setTimeout(() => l.push('a'), 1); setTimeout(() => l.push('b'), 1);
			setImmediate((x) => l.push(x), 'immediate');
			queueMicrotask(() => l.push('job'));
			const cleared = setTimeout(() => l.push('never'), 1);
			clearTimeout(cleared); clearTimeout(undefined); clearTimeout(77);
			await sleep(3);
			return l.join();
		};
		export const interval = () => new Promise((r) => { let n = 0; const id = setInterval(() => { if (++n === 3) { clearInterval(id); r(n) } }, 1) });
		export const many = () => { for (let i = 0; i < 10001; i++) setTimeout(() => {}, 1e6) };
		export const thrown = async () => { setTimeout(() => { throw new Error('in a timer') }); queueMicrotask(() => { throw new Error('in a job') }) };
	`), hooks()), js.Options{Host: host, Budget: js.Budget{CPU: time.Second}})
	tests := []struct {
		name string
		want js.Value
		err  string
	}{
		{"order", "job,immediate,a,b,later", ""},
		{"interval", int64(3), ""},
		{"thrown", nil, ""},
		{"many", nil, "hooks.js:15:63: RangeError: too many timers are pending"},
	}
	for _, tt := range tests {
		r, err := p.Call(t.Context(), export(tt.name))
		if tt.name == "many" && err != nil && err.Error() == tt.err {
			continue
		}
		if err != nil || r.Value != tt.want {
			t.Errorf("%s = %v, %v, want %v", tt.name, r.Value, err, tt.want)
		}
	}
	want := []string{
		" 4 unhandled rejection: hooks.js:16:121: Error: in a job",
		" 4 timer: hooks.js:16:64: Error: in a timer",
	}
	if diff := cmp.Diff(want, host.wait(2)); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

// What is asked for a value at once must not be async.
func TestInspectFindsAsyncFunctions(t *testing.T) {
	use := func(name string) js.Use {
		return js.Use{Func: js.Func{Module: "hooks", Name: name}, Sync: name != "may", At: place("srs.conf", 5, 20)}
	}
	const late = "srs.conf:5:20: hooks.f is async, and its answer cannot wait"
	tests := []struct{ text, want string }{
		{"export function f() {}", ""},
		{"export async function f() {}; export async function may() {}", late},
		{"export const f = async () => 1; export const may = f", late},
		{"export default { async f() {}, async may() {} }", late},
		{"export default { f: async(s) => 1, may() {} }", late},
		{"export default { f() { return 'async x' }, async() {}, may: 1, get may() { return this.async } }", ""},
		{"class A { async f() {} async may() {} } export default new A()", late},
	}
	for _, tt := range tests {
		s := hooks()
		s.Uses = []js.Use{use("f"), use("may")}
		if !strings.Contains(tt.text, "may") {
			s.Uses = s.Uses[:1]
		}
		var got string
		for _, e := range js.Inspect(t.Context(), compile(t, files("hooks.js", tt.text), s), js.Options{}) {
			got += e.Error()
			if e.Trap != js.TrapAsync || e.Hint == "" {
				t.Errorf("%s: %#v", tt.text, e)
			}
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
}
