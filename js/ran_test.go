package js_test

import (
	"errors"
	"testing"
	"time"

	"weir/js"
)

// A result says how long script ran at a stretch, if that was most of its limit;
// waiting does not count.
func TestRan(t *testing.T) {
	for body, long := range map[string]bool{
		"": false,
		"await new Promise((r) => setTimeout(r, 200))":                                                false,
		"for (const t = Date.now(); Date.now() - t < 150;) ;":                                         true,
		"await null; for (const t = Date.now(); Date.now() - t < 150;) ;":                             true,
		"for (const t = Date.now(); Date.now() - t < 150;) ; await new Promise((r) => setTimeout(r))": true,
	} {
		t.Run(body, func(t *testing.T) {
			p := pool(t, compile(t, nil, inline(body)), js.Options{Budget: js.Budget{Wall: 10 * time.Second, CPU: 200 * time.Millisecond}})
			for try := range 20 { // a machine that is busy elsewhere makes it less
				r, err := p.Call(t.Context(), block())
				switch {
				case errors.Is(err, js.ErrCPU):
					continue
				case err != nil:
					t.Fatal(err)
				case !long && r.Ran != 0:
					t.Errorf("ran %v, want nothing of note", r.Ran)
				case long && r.Ran == 0 && try < 19:
					continue
				case long && r.Ran < 100*time.Millisecond:
					t.Errorf("ran %v, want about 150 ms", r.Ran)
				}
				return
			}
		})
	}
}

// Whoever wants to know hears of each VM that is replaced.
func TestBroke(t *testing.T) {
	broken := make(chan string, 10)
	o := js.Options{Budget: quick, Broke: func(unit string, alone bool) {
		if !alone {
			t.Error("the unit has another VM")
		}
		broken <- unit
	}}
	p := pool(t, compile(t, nil, inline("if (s) for (;;) ;"), quiet("w")), o)
	for _, s := range []bool{false, true, false, true} {
		if _, err := p.Call(t.Context(), block(s)); errors.Is(err, js.ErrCPU) != s {
			t.Errorf("call of %v: %v", s, err)
		}
		if err := poke(t, p, "w"); err != nil {
			t.Error(err)
		}
	}
	for range 2 {
		if unit := <-broken; unit != "v" {
			t.Errorf("a VM of %q broke", unit)
		}
	}
	if len(broken) > 0 {
		t.Errorf("more VMs broke than calls broke")
	}
}
