package vhost

import (
	"context"
	"testing"

	"weir/js"
)

// silent is an engine that costs nothing.
type silent struct{}

func (silent) Call(context.Context, js.Call) (js.Result, error) { return js.Result{}, nil }
func (silent) Close(context.Context) error                      { return nil }

// What it costs a call that it is made on behalf of a handler, and counted.
func BenchmarkHandler(b *testing.B) {
	c := configured(b, "vhost v { js_on_publish { } }")
	gen := NewGeneration(1, c, silent{})
	s := &Server{}
	v := gen.vhosts["v"]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.do(b.Context(), gen, "v", v.OnPublish, js.Call{}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
