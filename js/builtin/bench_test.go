package builtin_test

import (
	"testing"

	"weir/js"
)

func BenchmarkConsole(b *testing.B) {
	for _, v := range []struct{ name, expr string }{
		{"string", `'hello'`},
		{"object", `({ a: 1, b: 'x', c: true })`},
		{"array", `new Array(100).fill(1)`},
		{"objects", `new Array(100).fill({ a: 1, b: 'x', c: true })`},
	} {
		b.Run("value="+v.name, func(b *testing.B) {
			pool := newPool(b, &host{}, "const v = "+v.expr+";\nexport function run() { console.log(v); }")
			b.ReportAllocs()
			for b.Loop() {
				_, err := pool.Call(b.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "run"}})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
