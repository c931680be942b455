package js_test

import (
	"errors"
	"strings"
	"testing"

	"weir/js"
)

// What people write today runs, as JavaScript and as TypeScript.
func TestModernModules(t *testing.T) {
	tests := []struct {
		name, ext, text string
		want            js.Value
	}{
		{"async generators", "js", "async function* g() { yield* [1, 2] } export const f = async () => { let n = 0; for await (const v of g()) n += v; return n }", int64(3)},
		{"using", "ts", "export const f = () => { const l: string[] = []; { using x = { [Symbol.dispose]() { l.push('end') } }; l.push('in') } return l.join() }", "in,end"},
		{"decorators", "js", "const up = (f, c) => function (...a) { return c.kind + f.call(this, ...a) }; class A { @up f() { return this.n } n = 5 } export const f = () => new A().f()", "method5"},
		{"accessors", "ts", "class A { accessor n: number = 4; static #k = 1; static has(o: object) { return #k in o } } export const f = () => new A().n + Number(A.has(A))", int64(5)},
		{"enums", "ts", "const enum E { A = 'a' } enum N { X = 1, Y } declare enum D { Z } export const f = () => E.A + N[2] + N.Y", "aY2"},
		{"namespaces", "ts", "namespace A.B { export const c = 7 } export const f = () => A.B.c", int64(7)},
		{"satisfies and const", "ts", "const id = <const T>(x: T) => x; const o = { a: id([1, 2]) } satisfies Record<string, readonly number[]>; export const f = () => o.a.length", int64(2)},
		{"overloads and parameters", "ts", "class P { constructor(readonly x: number, private y = 2) {} sum(): number; sum(n?: number) { return this.x + this.y } } export abstract class Q extends P {} export const f = () => new P(1).sum()", int64(3)},
		{"types only", "ts", "import type { A } from './no-such-file'; import { type B } from './other'; export type C = A | B; export const f = (): number => 1", int64(1)},
		{"generics", "ts", "export function f<T extends { n?: number }>(o: T = { n: 3 } as T): number { return o!.n! }", int64(3)},
		{"destructuring", "js", "export const f = () => { const { a: { b = 2, ...rest }, ...others } = { a: { c: 3 }, d: 4 }; return b + rest.c + others.d }", int64(9)},
		{"operators", "js", "export const f = () => { let u, o = { n: 0 }; u ??= 1_000; o.n ||= 2; o.n &&= 3; return u + o.n ** 2 + (o?.x?.y ?? 1) + o?.['n'] }", int64(1013)},
		{"arrays of 2023", "js", "export const f = () => [3, 1, 2].toSorted().with(0, 9).toReversed().findLast((n) => n > 2)", int64(9)},
		{"errors", "js", "export const f = () => { try { try { throw 1 } catch (e) { throw new AggregateError([e], 'all', { cause: e }) } } catch ({ errors, cause }) { return errors[0] + cause } }", int64(2)},
		{"templates", "js", "const t = (s, ...v) => s.raw.join('|') + v; export const f = () => t`a\\n${1}b`", `a\n|b1`},
		{"import attributes", "js", "import d from './d.json' with { type: 'json' }; export const f = () => d.n", int64(6)},
		{"cycles", "js", "import { g } from './cycle.js'; export const one = () => 1; export const f = () => g()", int64(2)},
		{"dynamic import", "ts", "export const f = async () => { const m = await import('./cycle.js'); return typeof m.g }", "function"},
		{"re-exports", "js", "export * as all from './other.ts'; import * as o from './other.ts'; export { h as f } from './other.ts'", int64(8)},
		{"sets", "js", "export const f = () => [...new Set([1, 2]).union(new Set([3]))].length", int64(3)},
		{"labels and generators", "js", "function* g() { const x = yield 1; return x } export const f = () => { const i = g(); i.next(); out: for (;;) for (;;) break out; return i.next(5).value }", int64(5)},
	}
	for _, tt := range tests {
		s := hooks()
		s.Imports[0].File = "hooks." + tt.ext
		fsys := files(s.Imports[0].File, tt.text, "d.json", `{"n": 6}`, "other.ts", "export type B = 1; export const h = () => 8",
			"cycle.js", "import { one } from './hooks."+tt.ext+"'; export const g = () => one() + 1")
		if !strings.Contains(tt.text, "one =") {
			delete(fsys, "cycle.js")
			fsys["cycle.js"] = files("cycle.js", "export const g = () => 2")["cycle.js"]
		}
		r, err := pool(t, compile(t, fsys, s), js.Options{Modules: []js.Module{symbols}}).Call(t.Context(), export("f"))
		if err != nil || r.Value != tt.want {
			t.Errorf("%s: %v, %v, want %v", tt.name, r.Value, err, tt.want)
		}
	}
}

// What is rewritten keeps its places, across awaits and files.
func TestPlacesOfModernModules(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"for await", "export const f = async () => {\n  for await (const v of [1]) {\n    null.x } }", "hooks.ts:3:10: TypeError: Cannot read property 'x' of undefined"},
		{"async generator", "async function* g(): AsyncGenerator<number> {\n  yield 1;\n   throw new Error('g') }\nexport const f = async () => { for await (const v of g()); }", "hooks.ts:3:10: Error: g"},
		{"using", "export const f = async () => {\n  await null; using x = { [Symbol.dispose]() { throw new Error('d') } } }", "hooks.ts:2:54: Error: d"},
		{"decorated", "const d = (f: any, c: any) => f;\nclass A { @d m() { throw new Error('m') } }\nexport const f = () => new A().m()", "hooks.ts:2:26: Error: m"},
		{"enum ahead", "enum A { B, C }\n\nexport const f = (n: number) => { oops(A.B) }", "hooks.ts:3:35: ReferenceError: oops is not defined"},
	}
	for _, tt := range tests {
		s := hooks()
		s.Imports[0].File = "hooks.ts"
		_, err := pool(t, compile(t, files("hooks.ts", tt.text), s), js.Options{Modules: []js.Module{symbols}}).Call(t.Context(), export("f"))
		var e *js.Error
		if !errors.As(err, &e) || e.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}
