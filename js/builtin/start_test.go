package builtin_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"testing/fstest"

	"weir/js"
	"weir/js/builtin"
	"weir/js/hook"
)

// BenchmarkStart is the first call of a vhost: its VM starts, with all globals,
// of which the script uses some. heap-B/vm is what the VM keeps.
func BenchmarkStart(b *testing.B) {
	const vms = 100
	for _, v := range []struct{ uses, head, body string }{
		{"nothing", "", ""},
		{"console", "", "console"},
		{"text", "", "btoa('x')"},
		{"crypto", "", "crypto"},
		{"hmac", "import { createHmac } from 'crypto';", "createHmac('sha256', 'k').update('x').digest('hex')"},
		{"buffer", "", "Buffer.from('x').toString('hex')"},
		{"numbers", "", "Buffer.from('x').readUInt8(0)"},
		{"subtle", "", "crypto.subtle"},
		{"fetch", "", "fetch"},
		{"url", "", "new URL('http://a/')"},
	} {
		b.Run("uses="+v.uses, func(b *testing.B) {
			o := js.Options{Classes: hook.Classes(), Modules: builtin.Modules(builtin.Server{})}
			srcs := make([]js.Source, vms)
			for i := range srcs {
				srcs[i] = js.Source{Unit: fmt.Sprint(i), Imports: []js.Import{{Name: "m", File: "m.js"}}}
			}
			program, err := js.Compile(fstest.MapFS{"m.js": {Data: []byte(v.head + "export function f() {" + v.body + "}")}}, srcs, o)
			if err != nil {
				b.Fatal(err)
			}
			var kept uint64
			b.ReportAllocs()
			for b.Loop() {
				before := heap()
				pool, err := js.NewPool(program, o)
				if err != nil {
					b.Fatal(err)
				}
				for _, s := range srcs {
					if _, err := pool.Call(b.Context(), js.Call{Unit: s.Unit, Func: js.Func{Module: "m", Name: "f"}}); err != nil {
						b.Fatal(err)
					}
				}
				kept = (heap() - before) / vms
				if err := pool.Close(context.Background()); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(kept), "heap-B/vm")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*vms), "µs/vm")
		})
	}
}

// heap is the size of what is reachable, in bytes.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
