package js_test

import (
	"errors"
	"syscall"
	"testing"
	"time"

	"weir/js"
)

// A result says how long script ran at a stretch, if that was most of its limit;
// waiting does not count. The limit is of the CPU's time, and so is what script spends
// of it here: a machine that is busy elsewhere changes nothing.
func TestRan(t *testing.T) {
	const limit = 400 * time.Millisecond
	cpu := js.Module{Source: "globalThis.cpu = native.cpu", Natives: []js.Native{{
		Member: js.Member{Name: "cpu"},
		Call:   func(js.Env, []js.Value) (js.Value, error) { return milliseconds(), nil },
	}}}
	for body, long := range map[string]bool{
		"": false,
		"await new Promise((r) => setTimeout(r, 500))":                                    false,
		"for (const t = cpu(); cpu() - t < 250;) ;":                                       true,
		"await null; for (const t = cpu(); cpu() - t < 250;) ;":                           true,
		"for (const t = cpu(); cpu() - t < 250;) ; await new Promise(r => setTimeout(r))": true,
	} {
		t.Run(body, func(t *testing.T) {
			o := js.Options{Modules: []js.Module{cpu}, Budget: js.Budget{Wall: time.Minute, CPU: limit}}
			p := pool(t, compile(t, nil, inline(body)), o)
			for { // until the watchdog has had its turn in time
				r, err := p.Call(t.Context(), block())
				switch {
				case errors.Is(err, js.ErrCPU), err == nil && long && r.Ran == 0:
					continue
				case err != nil:
					t.Fatal(err)
				case !long && r.Ran != 0:
					t.Errorf("ran %v, want nothing of note", r.Ran)
				case long && r.Ran < limit/2:
					t.Errorf("ran %v, want half of %v at least", r.Ran, limit)
				}
				return
			}
		})
	}
}

// milliseconds are those of the CPU that this process has used.
func milliseconds() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return (u.Utime.Nano() + u.Stime.Nano()) / 1e6
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
