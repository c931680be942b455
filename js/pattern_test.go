package js_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// The engine would take \p for p, and refuse flag v.
func TestRegularExpressions(t *testing.T) {
	tests := []struct {
		expr string
		want js.Value
	}{
		{`/^\p{L}+$/u.test('zażółćкамера')`, true},
		{`/^\p{L}+$/u.test('cam1')`, false},
		{`/\p{L}/.test('p{L}')`, true},
		{`/^\P{L}$/u.test('1')`, true},
		{`/^[^\p{Lu}\d_]$/u.test('a')`, true},
		{`/^[^\p{Lu}\d_]$/u.test('Ą')`, false},
		{`/^[\P{ASCII}x]+$/u.test('xé')`, true},
		{`'a\u{1F600}b😀'.replace(/\p{Emoji_Presentation}/gu, '-')`, "a-b-"},
		{`/^\p{Script=Cyrillic}+$/u.test('камера')`, true},
		{`/^\p{sc=Cyrl}+$/u.test('camera')`, false},
		{`/^\p{General_Category=Decimal_Number}\p{Nd}$/u.test('٣3')`, true},
		{`/^(?<first>\p{Alphabetic})(?=\p{White_Space})/u.exec('é x').groups.first`, "é"},
		{`/^\p{Lu}$/iu.test('a')`, true},
		{`/\\p{L}/u.test('\\p{L}')`, true},
		{`new RegExp('^\\p{ID_Start}\\p{ID_Continue}*$', 'u').test('été_1')`, true},
		{`RegExp('\\p{Nothing}', 'u')`, `SyntaxError: Invalid regular expression: \p{Nothing} is no property that is known here`},
		{`RegExp('\\p', 'u')`, `SyntaxError: Invalid regular expression: \p takes a property in braces`},
		{`/^[\p{L}--[a-z]]$/v.test('é')`, true},
		{`/^[\p{L}--[a-z]]$/v.test('e')`, false},
		{`/^[\p{L}&&\p{ASCII}]+$/v.test('abC')`, true},
		{`/^[\w&&[^\d_]]+$/v.test('ab1')`, false},
		{`/^[\q{a|b}c-e\-\u{1F600}\x66]+$/v.test('abcdef-😀')`, true},
		{`/^[^\s\p{P}]$/v.test('!')`, false},
		{`/a[]/v.test('a')`, false},
		{`RegExp('[a&&(b]', 'v')`, `SyntaxError: Invalid regular expression: "(" is to be escaped in a character class`},
		{`RegExp('[\\q{ab}]', 'v')`, `SyntaxError: Invalid regular expression: strings in a character class are not known here`},
		{`RegExp('[b-a]', 'v')`, `SyntaxError: Invalid regular expression: range out of order in character class`},
		{`RegExp('a', 'uv')`, `SyntaxError: Invalid regular expression: the flags u and v exclude each other`},
	}
	var module strings.Builder
	module.WriteString("export const all = [\n")
	for _, tt := range tests {
		module.WriteString("() => " + tt.expr + ",\n")
	}
	module.WriteString("];\nexport const run = (i) => { try { return all[i]() } catch (e) { return `${e}` } };")
	p := pool(t, compile(t, files("hooks.js", module.String()), hooks()), js.Options{})
	for i, tt := range tests {
		r, err := p.Call(t.Context(), export("run", int64(i)))
		if err != nil || r.Value != tt.want {
			t.Errorf("%s = %v, %v, want %v", tt.expr, r.Value, err, tt.want)
		}
	}
}

func TestFaultsOfRegularExpressions(t *testing.T) {
	tests := []struct{ name, pattern, want string }{
		{"property", `/\p{Klingon}/u`, `SyntaxError: Invalid regular expression: \p{Klingon} is no property that is known here`},
		{"extensions", `/\p{scx=Greek}/u`, `SyntaxError: Invalid regular expression: \p{scx=Greek} is no property that is known here`},
		{"indices", `/a/d`, `SyntaxError: Invalid flags supplied to RegExp constructor 'd'`},
	}
	for _, tt := range tests {
		body := "\n  return " + tt.pattern + ".test(s)"
		s := inline(body)
		want := []string{"srs.conf:4:10: " + tt.want}
		if diff := cmp.Diff(want, faults(t, nil, s)); diff != "" {
			t.Errorf("%s in a block (-want +got):\n%s", tt.name, diff)
		}
		want = []string{"hooks.ts:1:39: " + tt.want}
		s = hooks()
		s.Imports[0].File = "hooks.ts"
		if diff := cmp.Diff(want, faults(t, files("hooks.ts", "export const f = (s: string) => { s = "+tt.pattern+".test(s) as any }"), s)); diff != "" {
			t.Errorf("%s in a module (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestPatternsOfBlocks(t *testing.T) {
	p := pool(t, compile(t, nil, inline(`return /^\p{Ll}+$/u.test(s) && /^[\p{L}--é]+$/v.test(s)`)), js.Options{})
	for name, want := range map[string]bool{"кам": true, "é": false, "A": false} {
		r, err := p.Call(t.Context(), block(name))
		if err != nil || r.Value != want {
			t.Errorf("%s: %v, %v, want %v", name, r.Value, err, want)
		}
	}
}

func FuzzPatterns(f *testing.F) {
	f.Add(`[\p{L}--[a-z]\q{a|b}&&\u{41}]\P{Lu}`, "v")
	f.Add(`[^\p{sc=Latn}a-z]`, "u")
	f.Fuzz(func(t *testing.T, pattern, flags string) {
		text := fmt.Sprintf("return new RegExp(%q, %q)", pattern, flags)
		p, err := js.Compile(nil, []js.Source{inline(text)}, js.Options{})
		if err != nil {
			return
		}
		_, err = pool(t, p, js.Options{}).Call(t.Context(), block())
		var e *js.Error
		if err != nil && !errors.As(err, &e) {
			t.Errorf("%q: %v", pattern, err)
		}
	})
}
