package workshop_test

import (
	"bytes"
	"context"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/js/builtin"
	"weir/js/host"
	"weir/js/workshop"
)

// outcome is what running a script came to.
type outcome struct {
	Code     int
	Out, Err string
}

func run(t *testing.T, ctx context.Context, file string, files map[string]string) outcome {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var out, err bytes.Buffer
	r := workshop.Runner{
		Files: fsys, Paths: []string{"lib"}, Permit: host.Permit{All: true}, Out: &out, Err: &err,
		Server: builtin.Server{Argv: []string{"weir", file, "an argument"}},
	}
	code := r.Run(ctx, file)
	return outcome{code, out.String(), err.String()}
}

func TestRun(t *testing.T) {
	tests := []struct {
		name, text string
		want       outcome
	}{
		{"a plain script is sloppy", "x = 010; print(this === globalThis, x); with ({y: 2}) print(y)", outcome{0, "true 8\n2\n", ""}},
		{"it may be strict", "'use strict'; print((function () { return this })())", outcome{0, "undefined\n", ""}},
		{"what the engine lacks is rewritten", "async function* g() { yield 7 } (async () => { for await (const v of g()) print(v) })()", outcome{0, "7\n", ""}},
		{"a hashbang", "#!/usr/bin/env weir\nprint(1)", outcome{0, "1\n", ""}},
		{"functions keep their text", "print(String(function  f ( ) { }))", outcome{0, "function  f ( ) { }\n", ""}},
		{"a module", "import { twice } from './twice.ts'; print(twice(4), this)", outcome{0, "8 undefined\n", ""}},
		{"modules of a path", "import far from 'far.js'; print(far)", outcome{0, "far\n", ""}},
		{"built-in modules", "import qs, { parse } from 'node:querystring'; print(qs.stringify({ a: 1 }), parse('b=2').b)", outcome{0, "a=1 2\n", ""}},
		{"require", "print(require('querystring').stringify({ a: 1 }))", outcome{0, "a=1\n", ""}},
		{"import()", "import('querystring').then((m) => print(m.stringify({ a: 1 })))", outcome{0, "a=1\n", ""}},
		{"await at the top level", "const v = await new Promise((ok) => setTimeout(() => ok(5), 1)); print(v)", outcome{0, "5\n", ""}},
		{"timers are waited for", "setTimeout(() => print('late'), 2); print('soon')", outcome{0, "soon\nlate\n", ""}},
		{"the timeout of a signal is not waited for", "AbortSignal.timeout(60000).onabort = () => print('late'); print('soon')", outcome{0, "soon\n", ""}},
		{"arguments", "print(process.argv)", outcome{0, "[ 'weir', 'a.js', 'an argument' ]\n", ""}},
		{"warnings", "console.warn('w'); console.error('e')", outcome{0, "", "w\ne\n"}},
		{"the end is told", "njs.on('exit', () => print('bye')); setTimeout(() => print('last'), 1)", outcome{0, "last\nbye\n", ""}},
		{"exit", "njs.on('exit', () => print('bye')); try { process.exit(4) } finally { print('no') }", outcome{4, "bye\n", ""}},
		{"exit of a timer", "setInterval(() => process.exit(3), 1)", outcome{3, "", ""}},
		{"exitCode", "process.exitCode = 6", outcome{6, "", ""}},
		{"an exception", "function f() {\n  throw new TypeError('no');\n}\nf();", outcome{
			1, "",
			"a.js:2:9: error: TypeError: no\n    2 |   throw new TypeError('no');\n      |         ^\n    at f (a.js:2:9)\n    at a.js:4:2\n",
		}},
		{"an exception of an import", "import { bad } from './twice.ts'; bad()", outcome{
			1, "",
			"twice.ts:2:37: error: Error: bad\n    2 | export function bad(): void { throw new Error('bad') }\n      |                                     ^\n" +
				"    at bad (twice.ts:2:37)\n    at a.js:1:35\n",
		}},
		{"what is no error", "throw 'text'", outcome{1, "", "a.js:1:1: error: uncaught \"text\"\n    1 | throw 'text'\n      | ^\n"}},
		{"an exception of a timer", "setTimeout(() => { (void 0).x }, 1); setInterval(() => {}, 1)", outcome{
			1, "",
			"a.js:1:29: error: TypeError: Cannot read property 'x' of undefined\n    1 | setTimeout(() => { (void 0).x }, 1); setInterval(() => {}, 1)\n      |                             ^\n",
		}},
		{"an unhandled rejection", "Promise.reject(new Error('r')); setInterval(() => {}, 1)", outcome{
			1, "",
			"a.js:1:16: error: unhandled rejection: Error: r\n    1 | Promise.reject(new Error('r')); setInterval(() => {}, 1)\n      |                ^\n",
		}},
		{"a handled rejection", "Promise.reject(1).catch((e) => print(e))", outcome{0, "1\n", ""}},
		{"a syntax error", "let a = 1;\n  let b = );", outcome{1, "", "a.js:2:11: error: SyntaxError: Unexpected \")\"\n    2 |   let b = );\n      |           ^\n"}},
		{"an import that is missing", "import './no.js'", outcome{1, "", "a.js:1:8: error: module \"./no.js\" not found\n    1 | import './no.js'\n      |        ^\n"}},
		{"an export that is missing", "import { no } from './twice.ts'; no()", outcome{
			1, "",
			"a.js:1:10: error: SyntaxError: No matching export in \"twice.ts\" for import \"no\"\n    1 | import { no } from './twice.ts'; no()\n      |          ^\n",
		}},
		{"what never settles", "await new Promise(() => {})", outcome{1, "", "weir: what is awaited never settles\n"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := run(t, t.Context(), "a.js", map[string]string{
				"a.js": tt.text, "lib/far.js": "export default 'far'",
				"twice.ts": "export const twice = (n: number): number => 2 * n;\nexport function bad(): void { throw new Error('bad') }",
			})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestRunNeedsTheFile(t *testing.T) {
	want := outcome{1, "", "weir: a.js: not found\n"}
	if diff := cmp.Diff(want, run(t, t.Context(), "a.js", nil)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	for name, text := range map[string]string{
		"what runs":  "for (;;);",
		"what waits": "setTimeout(() => {}, 1e8)",
	} {
		ctx, cancel := context.WithTimeoutCause(t.Context(), 20*time.Millisecond, js.ErrTimeout)
		got := run(t, ctx, "a.js", map[string]string{"a.js": text})
		cancel()
		if got.Code != 1 || !bytes.Contains([]byte(got.Err), []byte(js.ErrTimeout.Error())) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
