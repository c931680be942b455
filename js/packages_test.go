package js_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// packaged is a project whose module js/hooks.js has the given text.
func packaged(text string) (modules []string) {
	return []string{
		"js/hooks.js", text,
		"node_modules/plain/index.js", "module.exports = { name: 'plain', add: (a, b) => a + b }",
		"node_modules/main/package.json", `{"main": "./lib/main"}`,
		"node_modules/main/lib/main.js", "exports.name = 'main'; exports.inner = require('./inner').name; exports.up = require('..').self",
		"node_modules/main/lib/inner/index.js", "exports.name = require('plain').name",
		"node_modules/main/index.js", "exports.self = 'index'",
		"node_modules/both/package.json", `{"main": "cjs.js", "module": "esm.js"}`,
		"node_modules/both/cjs.js", "exports.kind = 'cjs'",
		"node_modules/both/esm.js", "export const kind = 'esm'",
		"node_modules/@scope/exporting/package.json", `{"main": "no.js", "exports": {
			".": {"types": "./index.d.ts", "node": "./node.js", "import": {"default": "./esm.mjs"}, "require": "./common.cjs"},
			"./sub": "./src/sub.js", "./deep/*": "./src/*.js", "./deep/private/*": null, "./out": "../out.js"}}`,
		"node_modules/@scope/exporting/esm.mjs", "import plain from 'plain'; export const kind = 'esm'; export default plain.name",
		"node_modules/@scope/exporting/common.cjs", "module.exports = { kind: 'common' }",
		"node_modules/@scope/exporting/src/sub.js", "export default 'sub'",
		"node_modules/@scope/exporting/src/x.js", "export default 'deep x'",
		"js/node_modules/near/package.json", `{"exports": "./n.ts"}`,
		"js/node_modules/near/n.ts", "export const near: string = 'beside'",
		"node_modules/near/index.js", "export const near = 'above'",
		"node_modules/broken/package.json", "{\n  \"main\": }",
		"node_modules/rollup/package.json", `{"main": "index.js"}`,
		"node_modules/rollup/index.js", "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 'default'; exports.named = 'named'",
	}
}

func inJS() js.Source {
	s := hooks()
	s.Imports[0].Dirs = []string{"js"}
	return s
}

func TestPackages(t *testing.T) {
	tests := []struct{ text, want string }{
		{"import p from 'plain'; export const f = () => p.name + p.add(1, 2)", "plain3"},
		{"import { add } from 'plain'; export const f = () => 'n' + add(1, 2)", "n3"},
		{"const { name, inner, up } = require('main'); exports.f = () => name + inner + up", "mainplainindex"},
		{"import { kind } from 'both'; export const f = () => kind", "esm"},
		{"const { kind } = require('both'); module.exports = { f: () => kind }", "cjs"},
		{"import n, { kind } from '@scope/exporting'; export const f = () => n + kind", "plainesm"},
		{"const { kind } = require('@scope/exporting'); exports.f = () => kind", "common"},
		{"import s from '@scope/exporting/sub'; import x from '@scope/exporting/deep/x'; export const f = () => s + x", "subdeep x"},
		{"import { near } from 'near'; export const f = () => near", "beside"},
		{"import d, { named } from 'rollup'; export const f = () => d + named", "defaultnamed"},
		{"export const f = async () => (await import('plain')).default.name + (await import('crypto')).say", "plain1"},
		{"const c = require('node:crypto'), fs = require('./local'); exports.f = () => c.say + fs.local", "1local"},
	}
	for _, tt := range tests {
		p := pool(t, compile(t, files(append(packaged(tt.text), "js/local.js", "exports.local = 'local'")...), inJS()),
			js.Options{Modules: []js.Module{{Name: "crypto", Source: "exports.say = '1'"}}})
		r, err := p.Call(t.Context(), export("f"))
		if err != nil || r.Value != tt.want {
			t.Errorf("%s: %v, %v, want %s", tt.text, r.Value, err, tt.want)
		}
	}
}

func TestPackagesThatAreNotThere(t *testing.T) {
	const nowhere = "no built-in module has this name, no file in js_path, and no package in node_modules beside js/hooks.js and above"
	tests := []struct{ text, want, hint string }{
		{"import 'lodash'", `js/hooks.js:1:8: module "lodash" not found`, nowhere},
		{"import 'node:crypt'", `js/hooks.js:1:8: module "node:crypt" not found`, `did you mean "crypto"?`},
		{"import 'node:net'", `js/hooks.js:1:8: module "node:net" not found`, nowhere},
		{"import './gone'", `js/hooks.js:1:8: module "./gone" not found`, ""},
		{"import '@scope/exporting/src/sub.js'", `js/hooks.js:1:8: module "@scope/exporting/src/sub.js": the package in node_modules/@scope/exporting exports no "./src/sub.js" for import`, ""},
		{"import '@scope/exporting/out'", `js/hooks.js:1:8: module "@scope/exporting/out": the package in node_modules/@scope/exporting exports no "./out" for import`, ""},
		{"import '@scope/exporting/deep/private/x'", `js/hooks.js:1:8: module "@scope/exporting/deep/private/x": the package in node_modules/@scope/exporting exports no "./deep/private/x" for import`, ""},
		{"import 'broken'", `js/hooks.js:1:8: module "broken": node_modules/broken/package.json:2:11: broken JSON: invalid character '}' looking for beginning of value`, ""},
		{"import { nmae } from './names.js'; nmae()", `js/hooks.js:1:10: SyntaxError: No matching export in "js/names.js" for import "nmae"`, `did you mean to import "name" instead?`},
	}
	for _, tt := range tests {
		s := inJS()
		o := js.Options{Modules: []js.Module{{Name: "crypto"}, {Name: "jwt"}}}
		_, err := js.Compile(files(append(packaged(tt.text), "js/names.js", "export const name = 1")...), []js.Source{s}, o)
		var got []string
		if errs, ok := err.(js.Errors); ok {
			got = []string{errs[0].Error(), errs[0].Hint}
		}
		if diff := cmp.Diff([]string{tt.want, tt.hint}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.text, diff)
		}
	}
}
