package sandbox

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"weir/js"
)

// bombs are a few of each kind of what brings down a process that runs goja, or
// keeps it from being interrupted.
const bombs = `
	import escapes from 'escapes';
	export const ok = () => 'ok';
	export const wait = () => new Promise(go => setTimeout(go, 1e6));
	export const die = () => escapes.die();
	export const loop = () => { for (;;); };
	export const grow = () => { const l = []; for (;;) l.push({ a: 1, b: [l.length] }); };
	export const double = () => { let s = 'xxxxxxxx'; for (;;) s += s + 'y'; };
	export const promises = () => { const l = []; for (;;) l.push(new Promise(() => {})); };
	export const shift = () => { const n = 40n; return 1n << (2n ** n); };
	export const power = () => { let n = 7n; for (;;) n **= 3n; };
	export const spread = () => Math.max(...Array(1e8));
	export const fill = () => Array(1e9).fill(0);
	export const shared = () => { let o = {}; for (let i = 0; i < 30; i++) o = [o, o]; return JSON.stringify(o); };
	export const each = () => Array.prototype.forEach.call({ length: 2 ** 53 - 1 }, () => {});
	export const delegate = () => { function* g() { yield* g(); } return [...g()]; };
	export const pattern = () => /(?=(a+)+$)(a+)+$/.test('a'.repeat(40) + 'b');
	export const recurse = () => { (function f() { f(); })(); };
	export const views = () => { const l = []; for (;;) l.push(new Uint8Array(1e6)); };
`

// Whatever a script does to its process, its call fails in time, and the others
// are served.
func TestScriptsCannotBringTheServerDown(t *testing.T) {
	for _, name := range []string{
		"die", "loop", "grow", "double", "promises", "shift", "power", "spread", "fill", "shared", "each", "delegate", "pattern", "recurse", "views",
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, bombs, func(c *Config) { c.Budget.CPU = 100 * time.Millisecond })
			begun := time.Now()
			v, err := do(t, s, "a", name)
			t.Logf("%v, %v after %v", v, err, time.Since(begun))
			if err == nil && name != "pattern" {
				t.Error("no error")
			}
			for _, u := range []string{"a", "b"} {
				if v, err := do(t, s, u, "ok"); err != nil || v != "ok" {
					t.Errorf("the next call, of %s: %v, %v", u, v, err)
				}
			}
			t.Logf("%+v", s.Counts())
		})
	}
}

// Calls that a dead worker had not begun are run by the next, once and in their
// order; those that it had begun are not.
func TestCallsNotBegunAreSentAgain(t *testing.T) {
	host := &server{}
	var mu sync.Mutex
	var ran []int64
	host.ask = func(_ context.Context, _ js.Origin, _ string, args []js.Value) (js.Value, error) {
		mu.Lock()
		defer mu.Unlock()
		ran = append(ran, args[1].(int64))
		return nil, nil
	}
	_ = host
	s := start(t, bombs+`export const mark = n => n;`, func(c *Config) { c.Host = host })
	var calls sync.WaitGroup
	fails := make(chan error, 100)
	calls.Go(func() {
		if _, err := do(t, s, "a", "each"); err == nil {
			t.Error("no error")
		}
	})
	for begun := false; !begun; time.Sleep(time.Millisecond) {
		w := s.common.current.Load()
		begun = w != nil && w.board().begun.Load() > 0
	}
	for n := range int64(64) {
		calls.Go(func() {
			if v, err := do(t, s, "b", "mark", n); err != nil || v != n {
				fails <- err
			}
		})
	}
	calls.Wait()
	close(fails)
	for err := range fails {
		t.Error(err)
	}
	if c := s.Counts(); c.Resends > 64 {
		t.Errorf("%+v", c)
	}
}

func TestUnitThatBringsWorkersDownGetsItsOwn(t *testing.T) {
	s := start(t, bombs)
	for range 2 {
		if _, err := do(t, s, "a", "die"); !errors.Is(err, js.ErrCrash) {
			t.Fatalf("%v, want %v", err, js.ErrCrash)
		}
	}
	common := s.common.current.Load()
	for range 3 {
		if _, err := do(t, s, "a", "die"); err == nil {
			t.Fatal("no error")
		}
		if v, err := do(t, s, "b", "ok"); err != nil {
			t.Errorf("%v, %v", v, err)
		}
	}
	if w := s.common.current.Load(); common != nil && w != common {
		t.Error("the common worker has changed")
	}
}

func TestPausesGrowWithTheTrouble(t *testing.T) {
	var p pauses
	now := time.Unix(1e9, 0)
	var got []time.Duration
	for range 60 {
		p.died(now)
		got = append(got, p.until.Sub(now))
		now = p.until.Add(200 * time.Millisecond)
	}
	if got[0] != 0 || got[1] != minPause || got[59] < time.Second || got[59] > maxPause {
		t.Errorf("%v", got)
	}
	if p.died(now.Add(2 * calm)); !p.isOver(now.Add(2 * calm)) {
		t.Error("the trouble is not forgotten")
	}
}
