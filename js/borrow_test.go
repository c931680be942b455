package js_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// A native that borrows works on the script's bytes; others on copies of them.
func TestBorrow(t *testing.T) {
	set := func(name string, borrow bool) js.Native {
		return js.Native{Member: js.Member{Name: name}, Borrow: borrow, Call: func(_ js.Env, args []js.Value) (js.Value, error) {
			b := args[0].([]byte)
			b[0] = 9
			return b[:1:1], nil
		}}
	}
	p := pool(t, compile(t, nil, inline(`
		const a = new Uint8Array([1, 2, 3, 4]);
		const copied = new Uint8Array(copy(a.subarray(1)));
		const lent = new Uint8Array(borrow(a.subarray(2, 3)));
		return [a.join(), copied.join(), lent.join()];
	`)), js.Options{Modules: []js.Module{{
		Source:  "globalThis.borrow = native.borrow; globalThis.copy = native.copy",
		Natives: []js.Native{set("borrow", true), set("copy", false)},
	}}})
	r, err := p.Call(t.Context(), block())
	if diff := cmp.Diff([]js.Value{"1,2,9,4", "9", "9"}, r.Value); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}
