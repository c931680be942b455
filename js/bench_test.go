package js_test

import (
	"fmt"
	"testing"
	"time"

	"weir/js"
)

// gates are handlers of the kinds that servers have.
const gates = `
	export const trivial = () => {};
	export const session = (s) => { if (s.f1 + s.f2 !== s.f3) s.deny(403) };
	export const awaits1 = async (s) => { await null; if (s.f1 + s.f2 !== s.f3) s.deny(403) };
	export const awaits3 = async (s) => { await null; await null; await null; if (s.f1 + s.f2 !== s.f3) s.deny(403) };
	export const dict3 = (s) => { dict('viewers', 'incr', s.f1, 1); dict('viewers', 'incr', s.f2, 1); dict('viewers', 'get', s.f3) };
	export const native = async (s) => { await wait() };
`

// gate is a call of one of them, and what it takes.
func gate(name string) (js.Call, js.Options) {
	fields := make([]js.Member, 20)
	values := make([]js.Value, 20)
	for i := range fields {
		fields[i].Name, values[i] = fmt.Sprint("f", i), "value"
	}
	o := js.Options{
		Budget:  js.Budget{Wall: time.Minute, CPU: time.Minute},
		Classes: []js.Class{{Name: "Session", Fields: fields, Data: []js.Member{{Name: "ctx"}}, Effects: []js.Member{{Name: "deny"}}}},
		Modules: []js.Module{{Globals: []string{"dict", "wait"}, Source: "exports.dict = native.dict; exports.wait = native.wait", Natives: []js.Native{
			{Member: js.Member{Name: "dict"}, Call: func(js.Env, []js.Value) (js.Value, error) { return int64(1), nil }},
			{Member: js.Member{Name: "wait"}, Async: true, Call: func(js.Env, []js.Value) (js.Value, error) { return int64(1), nil }},
		}}},
	}
	c := export(name)
	if name != "trivial" {
		c.Args = []js.Value{&js.Object{Class: "Session", Fields: values, Data: []js.Value{nil}}}
	}
	return c, o
}

var gateNames = []string{"trivial", "session", "awaits1", "awaits3", "dict3", "native"}

func BenchmarkPool(b *testing.B) {
	for _, name := range gateNames {
		c, o := gate(name)
		program := compile(b, files("hooks.js", gates), hooks())
		b.Run(name, func(b *testing.B) {
			p := pool(b, program, o)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Call(b.Context(), c); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/parallel=64", func(b *testing.B) {
			p := pool(b, program, o)
			b.ReportAllocs()
			b.SetParallelism(32)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, err := p.Call(b.Context(), c); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}

// BenchmarkLoop is what a worker process spends on a call beside the reading and
// the writing.
func BenchmarkLoop(b *testing.B) {
	for _, name := range gateNames {
		b.Run(name, func(b *testing.B) {
			c, o := gate(name)
			done := false
			wake := make(chan struct{}, 1)
			l, err := js.NewLoop(compile(b, files("hooks.js", gates), hooks()), o, js.Hooks{
				Done: func(_ uint32, _ js.Result, err error) {
					if err != nil {
						b.Error(err)
					}
					done = true
				},
				Wake:  func() { wake <- struct{}{} },
				Enter: func(uint32, string) {},
				Leave: func() {},
			})
			if err != nil {
				b.Fatal(err)
			}
			defer l.Close()
			id := uint32(0)
			b.ReportAllocs()
			for b.Loop() {
				id++
				done = false
				for l.Begin(id, c); !done; l.Step() {
					<-wake
				}
			}
		})
	}
}
