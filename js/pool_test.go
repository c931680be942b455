package js_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

func TestCall(t *testing.T) {
	modules := files("hooks.js", `
		import { twice } from './lib.ts';
		let calls = 0;
		export function add(a, b) { return a + b; }
		export async function later(a) { await null; return twice(a); }
		export const count = () => ++calls;
	`, "lib.ts", `export function twice(n: number): number { return 2 * n }`)
	p := pool(t, compile(t, modules, hooks()), js.Options{Encode: true})
	tests := []struct {
		call js.Call
		want js.Value
	}{
		{export("add", int64(1), int64(2)), int64(3)},
		{export("add", "a", "b"), "ab"},
		{export("later", 1.5), int64(3)},
		{export("count"), int64(1)},
		{export("count"), int64(2)},
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
