package builtin_test

import (
	"testing"

	"weir/js"
)

// BenchmarkBytes is what a thousand operations on bytes and URLs cost.
func BenchmarkBytes(b *testing.B) {
	for _, v := range []struct{ name, before, expr string }{
		{"alloc=16", "", `Buffer.alloc(16)`},
		{"readUInt32LE", "const b = Buffer.alloc(16);", `b.readUInt32LE(4)`},
		{"writeUInt16BE", "const b = Buffer.alloc(16);", `b.writeUInt16BE(i, 2)`},
		{"from=16", "const s = 'abcdefghijklmnop';", `Buffer.from(s)`},
		{"toString=16", "const b = Buffer.alloc(16, 'a');", `b.toString()`},
		{"hex=16", "const b = Buffer.alloc(16, 'a');", `b.toString('hex')`},
		{"base64=65536", "const b = Buffer.alloc(65536, 'a');", `b.toString('base64')`},
		{"indexOf=65536", "const b = Buffer.alloc(65536, 'a');", `b.indexOf('ab')`},
		{"concat=2x16", "const b = Buffer.alloc(16);", `Buffer.concat([b, b])`},
		{"encode=16", "const e = new TextEncoder();", `e.encode('abcdefghijklmnop')`},
		{"URL", "", `new URL('rtmp://example.com:1935/live/a?token=b')`},
		{"searchParams", "const u = new URL('http://h/?a=1&b=2');", `u.searchParams.get('b')`},
		{"clone", "const o = { a: 1, b: ['x', { c: true }] };", `structuredClone(o)`},
	} {
		b.Run(v.name, func(b *testing.B) {
			pool := newPool(b, &host{}, v.before+"\nexport function run() { for (let i = 0; i < 1000; i++) "+v.expr+"; }")
			b.ReportAllocs()
			for b.Loop() {
				if _, err := pool.Call(b.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "run"}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
