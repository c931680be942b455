package sandbox

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"weir/js"
	"weir/js/shared"
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

// forgive keeps a unit from getting a worker of its own.
func (s *Workers) forgive(unit string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.units[unit]; u != nil {
		u.charges = nil
	}
}

// Results that were ready when the worker died are not lost with it.
func TestResultsOutliveTheirWorker(t *testing.T) {
	s := start(t, bombs)
	var calls sync.WaitGroup
	for range 20 {
		for range 50 {
			calls.Go(func() {
				if v, err := do(t, s, "b", "ok"); err != nil {
					t.Errorf("%v, %v", v, err)
				}
			})
		}
		if _, err := do(t, s, "a", "die"); err == nil {
			t.Error("no error")
		}
		calls.Wait()
		s.forgive("a")
	}
}

// However a worker ends, every call is answered once, and none runs twice.
func TestWorkersMayBeKilledAtAnyMoment(t *testing.T) {
	d, err := shared.New([]shared.Zone{{Name: "ran", Size: 128 << 20, Type: "number"}})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // it is over
	s := start(t, `export const run = n => ngx.shared.ran.incr(String(n), 1, 0);`, func(c *Config) { c.Dicts, c.Log = d, slog.New(slog.DiscardHandler) })
	var last, failed atomic.Int64
	over := make(chan struct{})
	var calls sync.WaitGroup
	for range 16 {
		calls.Go(func() {
			for !isClosed(over) {
				key := last.Add(1)
				v, err := do(t, s, "a", "run", key)
				switch {
				case err != nil && !errors.Is(err, js.ErrCrash) && !errors.Is(err, js.ErrMemory):
					t.Errorf("call %d: %v", key, err)
				case err != nil:
					failed.Add(1)
				case v != int64(1):
					t.Errorf("call %d ran %v times", key, v)
				}
			}
		})
	}
	for i := range 40 {
		var w *worker
		waitFor(t, func() bool { w = s.common.current.Load(); return w != nil && w.isReadyNow() })
		time.Sleep(time.Duration(rand.IntN(5000)) * time.Microsecond) // any moment
		w.kill()
		waitFor(t, func() bool { return deaths(s) > int64(i) })
		s.forgive("a")
	}
	close(over)
	calls.Wait()
	for key := range last.Load() {
		if v, err := d.Do("a", "ran", "get", []js.Value{strconv.FormatInt(key, 10)}); err != nil || v != nil && v != 1.0 && v != int64(1) {
			t.Fatalf("call %d ran %v times, %v", key, v, err)
		}
	}
	if failed.Load() > 40*16 {
		t.Errorf("%d calls failed", failed.Load())
	}
	t.Logf("%d of %d failed; %+v", failed.Load(), last.Load(), s.Counts())
}

// deaths is how many workers have died.
func deaths(s *Workers) (n int64) {
	for _, d := range s.Counts().Deaths {
		n += int64(d)
	}
	return n
}

func isClosed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// What a script had too much of is not held against the next, whoever's it is.
func TestMemoryIsGivenBack(t *testing.T) {
	s := start(t, `
		export const ok = () => 'ok';
		export const grow = () => { const m = new Map(); for (let i = 0; ; i++) m.set(i, { i }); };
	`, func(c *Config) { c.Budget = js.Budget{CPU: time.Minute, Wall: time.Minute} })
	for range 3 {
		if _, err := do(t, s, "a", "grow"); !errors.Is(err, js.ErrMemory) {
			t.Errorf("%v, want %v", err, js.ErrMemory)
		}
		if v, err := do(t, s, "b", "ok"); err != nil {
			t.Errorf("%v, %v", v, err)
		}
	}
}

// A call that waits for something has its time, and no more, also if it is the
// first of its unit.
func TestFirstCallHasItsTime(t *testing.T) {
	s := start(t, bombs, func(c *Config) { c.Budget.Wall = time.Hour })
	ctx, cancel := context.WithCancel(t.Context())
	var calls sync.WaitGroup
	calls.Go(func() {
		if _, err := s.Call(ctx, js.Call{Unit: "a", Func: js.Func{Module: "m", Name: "wait"}}); !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want %v", err, context.Canceled)
		}
	})
	waitFor(t, func() bool {
		w := s.common.current.Load()
		w.mu.Lock()
		var c *call
		for _, c = range w.calls {
		}
		w.mu.Unlock()
		return c != nil && !s.common.isStarting(c)
	})
	cancel()
	calls.Wait()
}
