package js_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// modern are bodies of blocks with what the engine lacks.
var modern = []struct {
	name, body string
	want       js.Value
}{
	{"async generator", "async function* g() { yield 1; yield 2 } let n = 0; for await (const v of g()) n += v; return n", int64(3)},
	{"for await", "let n = 0; for await (const v of [1, Promise.resolve(4)]) n += v; return n", int64(5)},
	{"using", "const l = []; { using x = { [Symbol.dispose]() { l.push('end') } }; l.push('in') } return l.join()", "in,end"},
	{"await using", "let n = 0; { await using x = { async [Symbol.asyncDispose]() { n = 7 } }; } return n", int64(7)},
	{"decorator", "const twice = (f) => (...a) => 2 * f(...a); class A { @twice f() { return 4 } } return new A().f()", int64(8)},
	{"dynamic import", "const c = await import('crypto'); return c.say + c.default.say", "hihi"},
	{"require", "return require('node:crypto').say", "hi"},
	{"async method", "const o = { async *[Symbol.asyncIterator]() { yield 'x' } }; for await (const v of o) return v", "x"},
	{"property in a set", "for await (const v of ['Ł']) return /^\\p{Lu}$/u.test(v)", true},
	{"a module of the unit", "for await (const v of [1]) return hooks.one + v", int64(2)},
}

// symbols are the language's that the engine has not.
var symbols = js.Module{Source: "for (const n of ['dispose', 'asyncDispose', 'asyncIterator']) Object.defineProperty(Symbol, n, { value: Symbol(n) })"}

func TestModernBlocks(t *testing.T) {
	o := js.Options{Modules: []js.Module{{Name: "crypto", Source: "exports.say = 'hi'"}, symbols}}
	for _, tt := range modern {
		s := hooks()
		s.Inline = inline(tt.body).Inline
		program := compile(t, files("hooks.js", "export const one = 1"), s)
		wire, err := js.AppendProgram(nil, program)
		if err != nil {
			t.Fatal(err)
		}
		decoded, err := js.DecodeProgram(wire)
		if err != nil {
			t.Fatal(err)
		}
		for how, program := range map[string]*js.Program{"": program, ", decoded": decoded} {
			r, err := pool(t, program, o).Call(t.Context(), block())
			if err != nil || r.Value != tt.want {
				t.Errorf("%s%s: %v, %v, want %v", tt.name, how, r.Value, err, tt.want)
			}
		}
	}
}

// What is rewritten keeps its places.
func TestPlacesOfModernBlocks(t *testing.T) {
	const ahead = "for await (const v of [1]) { } "
	tests := []struct{ name, body, want string }{
		{"first line", ahead + "null.x", "srs.conf:3:46: TypeError: Cannot read property 'x' of undefined"},
		{"columns in runes", "const кам = 'zażółć😀'; " + ahead + "null.x", "srs.conf:3:69: TypeError: Cannot read property 'x' of undefined"},
		{"later line", "\n  for await (const v of [1]) {\n    if (v) throw new Error('é' + v);\n  }\n", "srs.conf:5:18: Error: é1"},
		{"after an await", ahead + "\n await null;\n  throw new RangeError('late')", "srs.conf:5:9: RangeError: late"},
		{"in a generator", "async function* g() {\n  yield 1;\n  oops() }\nfor await (const v of g()) { }", "srs.conf:5:3: ReferenceError: oops is not defined"},
	}
	for _, tt := range tests {
		_, err := pool(t, compile(t, nil, inline(tt.body)), js.Options{}).Call(t.Context(), block())
		var e *js.Error
		if !errors.As(err, &e) || e.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

func TestFaultsOfModernBlocks(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"closes the wrapper", "for await (const v of []) { }}}, function(){return function(){", "srs.conf:3:14: SyntaxError: Unexpected token await"},
		{"another statement", "for await (const v of []) { }}}); (function(){return function(){", "srs.conf:3:14: SyntaxError: Unexpected token await"},
		{"another return", "for await (const v of []) { }}; return function(){", "srs.conf:3:14: SyntaxError: Unexpected token await"},
		{"static import", "import fs from 'fs'; return fs", "srs.conf:3:10: SyntaxError: Unexpected reserved word"},
		{"type", "const x: number = 1", "srs.conf:3:17: SyntaxError: Unexpected token :"},
	}
	for _, tt := range tests {
		if diff := cmp.Diff([]string{tt.want}, faults(t, nil, inline(tt.body))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
