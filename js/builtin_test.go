package js_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// Globals of a module are there from the start; the module runs when one is asked for.
func TestGlobalsOfModules(t *testing.T) {
	options := func(host js.Host) js.Options {
		return js.Options{Host: host, Modules: []js.Module{
			{Name: "tea", Globals: []string{"tea", "cup"}, Source: "native.say('tea'); exports.tea = () => 'tea'; exports.cup = exports.tea;", Natives: saying(logging)[0].Natives},
			{Globals: []string{"none"}, Source: "native.say('none')", Natives: saying(logging)[0].Natives},
			{Source: "globalThis.start = 'ran'"},
		}}
	}
	tests := []struct {
		name, body string
		want       js.Value
		log        []string
	}{
		{"nobody asks", "return [start, 'tea' in globalThis, Object.keys(globalThis).join()]", []js.Value{"ran", true, "start"}, nil},
		{"read", "return [tea(), cup === tea, globalThis.tea === tea]", []js.Value{"tea", true, true}, []string{" 7 tea"}},
		{"typeof", "return typeof tea", "function", []string{" 7 tea"}},
		{"imported too", "return [bar.tea === tea, bar.tea === cup]", []js.Value{true, true}, []string{" 7 tea"}},
		{"a property like others", "tea; const d = Object.getOwnPropertyDescriptor(globalThis, 'tea'); return [d.value === tea, d.writable, d.configurable, d.enumerable]", []js.Value{true, true, true, false}, []string{" 7 tea"}},
		{"replaced", "globalThis.tea = 1; return [tea, cup()]", []js.Value{int64(1), "tea"}, []string{" 7 tea"}},
		{"deleted", "return [delete globalThis.tea, typeof tea]", []js.Value{true, "undefined"}, nil},
		{"frozen", "Object.freeze(globalThis); return [tea(), tea === cup]", []js.Value{"tea", true}, []string{" 7 tea"}},
		{"shadowed", "const tea = 2; return tea", int64(2), nil},
		{"not exported", "try { none } catch (e) { return String(e) }", "ReferenceError: none is not defined", []string{" 7 none"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			host := newRecorder()
			o := options(host)
			modules := files("bar.js", "export const open = 1")
			src := inline(tt.body)
			if tt.name == "imported too" {
				modules = files("bar.js", "export { tea } from 'node:tea'")
			}
			src.Imports = []js.Import{{Name: "bar", File: "bar.js"}}
			p, err := js.Compile(modules, []js.Source{src}, o)
			if err != nil {
				t.Fatal(err)
			}
			r, err := pool(t, p, o).Call(t.Context(), block())
			if diff := cmp.Diff(tt.want, r.Value); err != nil || diff != "" {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
			if diff := cmp.Diff(tt.log, host.logged()); diff != "" {
				t.Errorf("log (-want +got):\n%s", diff)
			}
		})
	}
}
