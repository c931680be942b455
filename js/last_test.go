package js_test

import (
	"testing"
	"time"

	"weir/js"
)

// The last call of a unit finds no timer that another one left.
func TestLastCallEndsTimers(t *testing.T) {
	for _, encode := range []bool{false, true} {
		p := pool(t, compile(t, files("hooks.js", `
			let n = 0;
			export function begin() { setInterval(() => n++, 1); }
			export const ticks = () => n;
			export async function exit() { const before = n; await new Promise(go => setTimeout(go, 50)); return n - before; }
		`), hooks()), js.Options{Encode: encode})
		if _, err := p.Call(t.Context(), export("begin")); err != nil {
			t.Fatal(err)
		}
		for ticks := js.Value(int64(0)); ticks == int64(0); time.Sleep(time.Millisecond) {
			r, err := p.Call(t.Context(), export("ticks"))
			if err != nil {
				t.Fatal(err)
			}
			ticks = r.Value
		}
		last := export("exit")
		last.Last = true
		r, err := p.Call(t.Context(), last)
		if err != nil || r.Value != int64(0) {
			t.Errorf("the timer fired %v times after the last call began (%v)", r.Value, err)
		}
	}
}
