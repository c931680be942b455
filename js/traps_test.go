package js_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// findings are the warnings of a module and of a block, with their hints.
func findings(t *testing.T, module, block string) []string {
	t.Helper()
	s := hooks()
	s.Imports[0].File = "hooks.ts"
	s.Inline = inline(block).Inline
	p, err := js.Compile(files("hooks.ts", module, "node_modules/p/index.js", "export const f = (n) => n.toLocaleString('de')"), []js.Source{s, named("w", s)}, js.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var l []string
	for _, w := range p.Warnings() {
		if w.Trap == "" {
			t.Errorf("%v has no Trap", w)
		}
		l = append(l, w.Error()+"; "+w.Hint)
	}
	return l
}

func TestTraps(t *testing.T) {
	const hint = "; scripts know no locales: format by hand"
	tests := []struct {
		name, module, block string
		want                []string
	}{
		{"without a locale", "export const f = (n: number) => n.toLocaleString()", "return new Date().toLocaleString()", nil},
		{"a locale", "enum A { B }\nexport const f = (n: number) => n.toLocaleString('de')", "return\n new Date(0).toLocaleDateString('en-US', { timeZone: 'UTC' })", []string{
			"hooks.ts:2:35: toLocaleString ignores the locale and the options that it is given" + hint + ", or use toISOString",
			"srs.conf:4:14: toLocaleDateString ignores the locale and the options that it is given" + hint + ", or use toISOString",
		}},
		{"Intl", "export const f = () => typeof Intl", "return new Intl.NumberFormat('de').format(1)", []string{"srs.conf:3:21: Intl is not there" + hint}},
		{"code from strings", "export const f = () => new Function('a', 'return a')", "return eval('1')", []string{
			"hooks.ts:1:28: Function throws: code cannot be made from strings; write the function, or choose among some by name",
			"srs.conf:3:17: eval throws: code cannot be made from strings; write the function, or choose among some by name",
		}},
		{"no code from strings", "export const f = (v: any) => v instanceof Function && v.eval('1')", "return typeof eval", nil},
		{"a property", "export const f = (o: any) => o.Intl + o.BigInt", "return s.toLocaleString", nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, findings(t, tt.module, tt.block)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestNoBigInt(t *testing.T) {
	o := js.Options{NoBigInt: true}
	s := hooks()
	s.Inline = inline("return s + 0x10n").Inline
	_, err := js.Compile(files("hooks.js", "export const f = (n) => n + 12n;\nexport const g = (n) => BigInt(n)"), []js.Source{s}, o)
	const why = "BigInt is not available where scripts run in the server's own process: it could take all memory"
	var got []string
	var errs js.Errors
	if errors.As(err, &errs) {
		for _, e := range errs {
			got = append(got, e.Error())
		}
	}
	want := []string{"hooks.js:1:29: " + why, "hooks.js:2:25: " + why, "srs.conf:3:21: " + why}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	p := pool(t, compile(t, nil, inline("return ['BigInt', 'BigInt64Array'].map((n) => typeof globalThis[n]).join() + typeof new DataView(new ArrayBuffer(8)).getBigInt64")), o)
	r, err := p.Call(t.Context(), block())
	if want := "undefined,undefinedundefined"; err != nil || r.Value != want {
		t.Errorf("Call = %v, %v, want %s", r.Value, err, want)
	}
}

// What a built-in module exports is known when scripts are compiled.
func TestImportsOfNothing(t *testing.T) {
	modules := []js.Module{{Name: "fs", Source: "exports.read = () => 1; exports.stat = () => 2; if (typeof native !== 'object') throw 1"}}
	tests := []struct{ text, want string }{
		{"import { read } from 'fs'; read()", ""},
		{"import fs from 'fs'; fs.gone()", ""}, // an object's property
		{"import * as fs from 'node:fs'; fs.read()", ""},
		{"const fs = require('fs'); if (fs.gone) fs.gone()", ""},
		{"import { raed } from 'fs';\nraed()", `hooks.js:2:1: SyntaxError: module "fs" has no export "raed"; did you mean "read"?`},
		{"export { gone } from 'node:fs'", `hooks.js:1:1: SyntaxError: module "node:fs" has no export "gone"; `},
		{"import * as fs from 'fs';\nfs.stta()", `hooks.js:2:4: SyntaxError: module "fs" has no export "stta"; did you mean "stat"?`},
	}
	for _, tt := range tests {
		_, err := js.Compile(files("hooks.js", tt.text), []js.Source{hooks()}, js.Options{Modules: modules})
		var got string
		var errs js.Errors
		if errors.As(err, &errs) {
			got = errs[0].Error() + "; " + errs[0].Hint
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.text, got, tt.want)
		}
	}
}
