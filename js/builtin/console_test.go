package builtin_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// What is expected is util.inspect(v, {compact: true, breakLength: Infinity}) of Node.
func TestConsoleShowsValues(t *testing.T) {
	tests := []struct{ expr, want string }{
		{`'plain'`, `plain`},
		{`['it\'s', 'a\nb\x1b', "it's \"q\""]`, "[ \"it's\", 'a\\nb\\x1B', `it's \"q\"` ]"},
		{`[1, -0, 1.5, NaN, 10n, true, null, undefined, Symbol('s')]`, `[ 1, -0, 1.5, NaN, 10n, true, null, undefined, Symbol(s) ]`},
		{`[]`, `[]`},
		{`({})`, `{}`},
		{`({ a: 1, 'b-c': 2, [Symbol('k')]: 3, $d: 4 })`, `{ a: 1, 'b-c': 2, '$d': 4, [Symbol(k)]: 3 }`},
		{`[1, [2, [3, [4, [5]]]]]`, `[ 1, [ 2, [ 3, [Array] ] ] ]`},
		{`({ a: { b: { c: { d: 1 } } } })`, `{ a: { b: { c: [Object] } } }`},
		{`({ a: { b: { c: {} } } })`, `{ a: { b: { c: {} } } }`},
		{`(() => { const o = { a: 1 }; o.self = o; o.in = { o }; return o; })()`, `<ref *1> { a: 1, self: [Circular *1], in: { o: [Circular *1] } }`},
		{`[1, , , 4]`, `[ 1, <2 empty items>, 4 ]`},
		{`new Array(103).fill(7)`, `[ ` + strings.Repeat("7, ", 100) + `... 3 more items ]`},
		{`Object.assign([1], { a: 2 })`, `[ 1, a: 2 ]`},
		{`new Map([['a', { b: 1 }], [2, []]])`, `Map(2) { 'a' => { b: 1 }, 2 => [] }`},
		{`new Set(['a', 1])`, `Set(2) { 'a', 1 }`},
		{`new (class Foo { x = 1 })()`, `Foo { x: 1 }`},
		{`new (class Foo extends Map {})([[1, 2]])`, `Foo(1) [Map] { 1 => 2 }`},
		{`Object.create(null)`, `[Object: null prototype] {}`},
		{`[function f() {}, () => {}, async function g() {}, class A {}, class B extends Map {}]`, `[ [Function: f], [Function (anonymous)], [AsyncFunction: g], [class A], [class B extends Map] ]`},
		{`new Uint8Array([1, 2])`, `Uint8Array(2) [ 1, 2 ]`},
		{`new Uint8Array([1, 2]).buffer`, `ArrayBuffer { [Uint8Contents]: <01 02>, byteLength: 2 }`},
		{`createHash('md5').digest().subarray(0, 2)`, `<Buffer d4 1d>`},
		{`[Buffer.alloc(0), Buffer.alloc(52)]`, `[ <Buffer >, <Buffer` + strings.Repeat(" 00", 50) + ` ... 2 more bytes> ]`},
		{`[new Date(0), new Date(NaN), /a\/b/g]`, `[ 1970-01-01T00:00:00.000Z, Invalid Date, /a\/b/g ]`},
		{`[new Number(1), new String('a'), new Boolean(true)]`, `[ [Number: 1], [String: 'a'], [Boolean: true] ]`},
		{`({ get a() { throw 1 }, set a(v) {}, get b() { throw 1 }, set c(v) {} })`, `{ a: [Getter/Setter], b: [Getter], c: [Setter] }`},
		{`Object.assign(new RangeError('r'), { stack: '' })`, `[RangeError: r]`},
		{`new WeakMap()`, `WeakMap { <items unknown> }`},
		{`[Promise.resolve(1), new Promise(() => {}), Promise.resolve({ a: 1 })]`, `[ Promise { 1 }, Promise { <pending> }, Promise { { a: 1 } } ]`},
		{`((p) => (p.catch(() => {}), p))(Promise.reject(2))`, `Promise { <rejected> 2 }`},
		{`Object.create(Promise.prototype)`, `Promise {}`},
		{`({ [Symbol.toStringTag]: 'T' })`, `{ [Symbol(Symbol.toStringTag)]: 'T' }`},
		{`['x'.repeat(10005)]`, `[ '` + strings.Repeat("x", 10000) + `'... 5 more characters ]`},
	}
	h := &host{}
	var b strings.Builder
	for _, tt := range tests {
		fmt.Fprintf(&b, "() => console.log(%s),\n", tt.expr)
	}
	pool := newPool(t, h, importCrypto+"const all = ["+b.String()+"];\nexport function run(i) { all[i](); }")
	for i, tt := range tests {
		_, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "run"}, Args: []js.Value{int64(i)}})
		if err != nil {
			t.Errorf("%s: %v", tt.expr, err)
		}
		if diff := cmp.Diff([]string{"7 " + tt.want}, h.taken()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.expr, diff)
		}
	}
}

// called runs the body of a function and returns what it logged.
func called(t *testing.T, body string) []string {
	t.Helper()
	h := &host{}
	pool := newPool(t, h, "export function run() {"+body+"\n}")
	_, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "run"}})
	if err != nil {
		t.Fatal(err)
	}
	return h.taken()
}

func TestConsoleFormats(t *testing.T) {
	got := called(t, `
		console.log('%s is %d%%', 'a', 3, 'x', { a: 1 });
		console.log('%i %f %j', '12.5', '1.5x', { a: [1] });
		console.log('100%', 1);
		console.log('%s %s', { a: { b: 1 } }, null);
		console.log('%d %s', {}, Symbol('q'));
		console.log('%c%x', 'color: red', 1);
		console.log(1, 'a%s', 'b');
		console.log();
	`)
	want := []string{
		"7 a is 3% x { a: 1 }", `7 12 1.5 {"a":[1]}`, "7 100% 1", "7 { a: [Object] } null", "7 NaN Symbol(q)", "7 %x 1", "7 1 a%s b", "7 ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestConsoleLevels(t *testing.T) {
	got := called(t, `
		for (const level of ['log', 'info', 'debug', 'warn', 'error']) console[level](level);
		console.dump({ a: { b: { c: { d: { e: 1 } } } } });
		ngx.log(ngx.ERR, 'err'); ngx.log(ngx.WARN, 'warn'); ngx.log(ngx.INFO, { toString: () => 'info' });
	`)
	want := []string{"7 log", "7 info", "8 debug", "5 warn", "4 error", "7 { a: { b: { c: { d: { e: 1 } } } } }", "4 err", "5 warn", "7 info"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestConsoleTimes(t *testing.T) {
	got := called(t, `console.time(); console.time(); console.timeEnd('x'); console.timeEnd(); console.timeEnd();`)
	want := []string{
		`^5 Label 'default' already exists for console.time\(\)$`,
		`^5 No such label 'x' for console.timeEnd\(\)$`,
		`^7 default: \d+\.\d{3}m?s$`,
		`^5 No such label 'default' for console.timeEnd\(\)$`,
	}
	if len(got) != len(want) {
		t.Fatalf("logged %q", got)
	}
	for i := range want {
		if !regexp.MustCompile(want[i]).MatchString(got[i]) {
			t.Errorf("line %d is %q, want %s", i, got[i], want[i])
		}
	}
}

func TestConsoleShowsErrors(t *testing.T) {
	got := called(t, `
		const e = new TypeError('boom', { cause: 'why' });
		e.code = 7;
		console.error(e);
		console.error({ e: new Error('in') });
	`)
	for i, want := range []string{`(?s)^4 TypeError: boom\n    at .*run.* \{ code: 7, \[cause\]: 'why' \}$`, `(?s)^4 \{ e: Error: in\n    at .*run.* \}$`} {
		if !regexp.MustCompile(want).MatchString(got[i]) {
			t.Errorf("%q does not match %s", got[i], want)
		}
	}
}

// What a script can put together, console can show: bounded, and without an exception.
func TestConsoleIsBounded(t *testing.T) {
	got := called(t, `
		let wide = [1];
		for (let i = 0; i < 40; i++) wide = [wide, wide];
		console.dump(wide);
		let deep = {};
		for (let i = 0; i < 500; i++) deep = { deep };
		console.dump(deep);
		console.log('x'.repeat(1 << 20));
		console.log(new Proxy({}, { get() { throw new Error('trap'); }, ownKeys() { throw new Error('trap'); } }));
		const evil = new Error('x'); Object.defineProperty(evil, 'stack', { get() { throw new Error('trap'); } });
		console.log(evil);
		console.log({ constructor: { name: 5 } }, Object.create({ get constructor() { throw 1; } }));
	`)
	if len(got) != 6 {
		t.Fatalf("%d lines", len(got))
	}
	for i, l := range got {
		if len(l) > 65<<10 {
			t.Errorf("line %d has %d bytes", i, len(l))
		}
	}
}

func TestConsoleGroupsAndCounts(t *testing.T) {
	got := called(t, `
		console.group('a'); console.log('b'); console.groupCollapsed(); console.warn('c'); console.groupEnd(); console.groupEnd(); console.groupEnd();
		console.count(); console.count('x'); console.count(); console.countReset(); console.count(); console.countReset('y');
		console.assert(true, 'no'); console.assert(0, 'x is %d', 1); console.assert(false, { a: 1 }); console.assert();
		console.dir({ a: { b: { c: {} } } }, { depth: 0 }); console.dir({ a: { b: { c: { d: 1 } } } }, { depth: null }); console.dirxml('a', 1);
		console.timeLog('x');
	`)
	want := []string{
		"7 a", "7   b", "5     c", "7 default: 1", "7 x: 1", "7 default: 2", "7 default: 1", "5 Count for 'y' does not exist",
		"5 Assertion failed: x is 1", "5 Assertion failed { a: 1 }", "5 Assertion failed",
		"7 { a: [Object] }", "7 { a: { b: { c: { d: 1 } } } }", "7 a 1", "5 No such label 'x' for console.timeLog()",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestConsoleTable(t *testing.T) {
	got := called(t, `console.table([{ a: 1, b: 'x' }, { a: 2, c: [1] }, 5]); console.table({ r: { a: 1, b: 2 } }, ['b']); console.table('x');`)
	want := []string{
		"7 " + strings.Join([]string{
			"┌─────────┬───┬─────┬───────┬────────┐",
			"│ (index) │ a │ b   │ c     │ Values │",
			"├─────────┼───┼─────┼───────┼────────┤",
			"│ 0       │ 1 │ 'x' │       │        │",
			"│ 1       │ 2 │     │ [ 1 ] │        │",
			"│ 2       │   │     │       │ 5      │",
			"└─────────┴───┴─────┴───────┴────────┘",
		}, "\n"),
		"7 ┌─────────┬───┐\n│ (index) │ b │\n├─────────┼───┤\n│ r       │ 2 │\n└─────────┴───┘",
		"7 x",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestConsoleTraces(t *testing.T) {
	got := called(t, `console.trace('at %d', 1)`)
	if len(got) != 1 || !regexp.MustCompile(`(?s)^4 Trace: at 1\n    at .*run`).MatchString(got[0]) || strings.Contains(got[0], "builtin") {
		t.Errorf("logged %q", got)
	}
}
