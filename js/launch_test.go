package js_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// saying is a module, node:crypto, whose say is a native.
func saying(say func(e js.Env, text string)) []js.Module {
	return []js.Module{{Name: "crypto", Source: "exports.say = native.say", Natives: []js.Native{{
		Member: js.Member{Name: "say"},
		Call: func(e js.Env, args []js.Value) (js.Value, error) {
			say(e, args[0].(string))
			return nil, nil
		},
	}}}}
}

func logging(e js.Env, text string) { e.Host.Log(e.Origin, js.LevelInfo, text) }

// of is the call of another unit.
func of(unit string, c js.Call) js.Call {
	c.Unit = unit
	return c
}

// named is the source of another unit.
func named(unit string, s js.Source) js.Source {
	s.Unit = unit
	return s
}

func TestTopLevelRunsOnceForEachUnitThatIsCalled(t *testing.T) {
	host := newRecorder()
	modules := files("hooks.js", `import './a.js'; import './b.js'; import { say } from 'node:crypto'; say('hooks'); export const f = () => {}`,
		"a.js", `import { say } from './c.js'; say('a')`, "b.js", `import './c.js'`,
		"c.js", `import { say } from 'crypto'; export { say }; say('c')`)
	p := pool(t, compile(t, modules, hooks(), named("w", hooks()), named("idle", hooks())), js.Options{Host: host, Modules: saying(logging)})
	for _, unit := range []string{"v", "w", "v", "w"} {
		if _, err := p.Call(t.Context(), of(unit, export("f"))); err != nil {
			t.Error(err)
		}
	}
	got := map[string]int{}
	for _, l := range host.logged() {
		got[l]++
	}
	if diff := cmp.Diff(map[string]int{" 7 c": 2, " 7 a": 2, " 7 hooks": 2}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A top level that fails fails the call; it is tried again, less and less often.
func TestTopLevelThatFailsIsTriedAgain(t *testing.T) {
	program := compile(t, files("hooks.js", `import { say } from 'crypto'; say('');
		if (globalThis.tries() < 3) throw new Error('not yet');
		export const f = () => 'at last'`), hooks())
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		p := pool(t, program, js.Options{Modules: append(saying(func(js.Env, string) { tries++ }), js.Module{
			Source: "globalThis.tries = native.tries", Natives: []js.Native{{Member: js.Member{Name: "tries"}, Call: func(js.Env, []js.Value) (js.Value, error) {
				return int64(tries), nil
			}}},
		})})
		var got []string
		for _, pause := range []time.Duration{0, 50 * time.Millisecond, 60 * time.Millisecond, 150 * time.Millisecond, 60 * time.Millisecond, 0} {
			time.Sleep(pause)
			r, err := p.Call(t.Context(), export("f"))
			got = append(got, fmt.Sprint(tries, " ", r.Value, " ", err))
		}
		const fault = " <nil> hooks.js:2:37: Error: not yet"
		want := []string{"1" + fault, "1" + fault, "2" + fault, "2" + fault, "3 at last <nil>", "3 at last <nil>"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}

// What the top level takes counts for no call, be it more than the call may take.
func TestTopLevelIsNotOnTheCallsTime(t *testing.T) {
	program := compile(t, files("hooks.js", `import { say } from 'crypto'; say(''); export const f = () => 1`), hooks())
	synctest.Test(t, func(t *testing.T) {
		slow := saying(func(js.Env, string) { time.Sleep(500 * time.Millisecond) })
		p := pool(t, program, js.Options{
			Modules: slow, Budget: js.Budget{Wall: 10 * time.Millisecond, CPU: 10 * time.Millisecond},
		})
		if r, err := p.Call(t.Context(), export("f")); err != nil || r.Value != int64(1) {
			t.Errorf("Call = %v, %v, want 1", r.Value, err)
		}
	})
}

func TestEndlessTopLevelFailsTheCall(t *testing.T) {
	p := pool(t, compile(t, files("hooks.js", "export const f = 1;\nfor (;;) Number('1')"), hooks()), js.Options{Budget: js.Budget{Wall: time.Minute}})
	if _, err := p.Call(t.Context(), export("f")); !errors.Is(err, js.ErrCPU) {
		t.Errorf("Call = %v, want ErrCPU", err)
	}
}

// A VM that never comes back from its start is given up like any other.
func TestStuckTopLevelIsAbandoned(t *testing.T) {
	program := compile(t, files("hooks.js", `import { say } from 'crypto'; say(''); export const f = () => 1`), hooks())
	synctest.Test(t, func(t *testing.T) {
		free := make(chan struct{})
		stuck := saying(func(js.Env, string) { <-free })
		p := pool(t, program, js.Options{Modules: stuck})
		if _, err := p.Call(t.Context(), export("f")); !errors.Is(err, js.ErrCrash) {
			t.Errorf("Call = %v, want ErrCrash", err)
		}
		close(free)
		time.Sleep(time.Second)
		if r, err := p.Call(t.Context(), export("f")); err != nil || r.Value != int64(1) {
			t.Errorf("the next call = %v, %v, want 1", r.Value, err)
		}
		if got := p.(*js.Pool).Abandoned(); got != 1 {
			t.Errorf("Abandoned = %d, want 1", got)
		}
	})
}

// A unit that has had nothing to do for a while has no goroutine, and keeps its state.
func TestIdleUnitsHaveNoGoroutine(t *testing.T) {
	var srcs []js.Source
	for i := range 50 {
		srcs = append(srcs, named(fmt.Sprint(i), hooks()))
	}
	program := compile(t, files("hooks.js", "let n = 0; export const f = () => ++n"), srcs...)
	synctest.Test(t, func(t *testing.T) {
		p := pool(t, program, js.Options{})
		synctest.Wait()
		before := runtime.NumGoroutine()
		for round := range int64(2) {
			for _, s := range srcs {
				if r, err := p.Call(t.Context(), of(s.Unit, export("f"))); err != nil || r.Value != round+1 {
					t.Errorf("call of unit %s = %v, %v, want %d", s.Unit, r.Value, err, round+1)
				}
			}
			time.Sleep(2 * time.Second)
			synctest.Wait()
			if got := runtime.NumGoroutine(); got > before { // esbuild's own end by themselves
				t.Errorf("%d goroutines, and %d before the calls", got, before)
			}
		}
	})
}

// A timer keeps its unit going though nobody calls.
func TestTimersRunWithoutCalls(t *testing.T) {
	program := compile(t, files("hooks.js", `import { say } from 'crypto';
		let n = 0; const id = setInterval(() => { say('tick'); if (++n === 3) clearInterval(id) }, 60000);
		export const f = () => n`), hooks())
	synctest.Test(t, func(t *testing.T) {
		host := newRecorder()
		p := pool(t, program, js.Options{Host: host, Modules: saying(logging)})
		for _, want := range []int64{0, 3} {
			if r, err := p.Call(t.Context(), export("f")); err != nil || r.Value != want {
				t.Errorf("Call = %v, %v, want %d", r.Value, err, want)
			}
			time.Sleep(time.Hour)
		}
		if diff := cmp.Diff([]string{" 7 tick", " 7 tick", " 7 tick"}, host.logged()); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}

// A pool may end while its units start, run and are called.
func TestCloseDuringStarts(t *testing.T) {
	var srcs []js.Source
	for i := range 20 {
		srcs = append(srcs, named(fmt.Sprint(i), hooks()))
	}
	program := compile(t, files("hooks.js", "setInterval(() => {}, 1); export const f = async () => { await null; return 1 }"), srcs...)
	for n := range 20 {
		p, err := js.NewPool(program, js.Options{})
		if err != nil {
			t.Fatal(err)
		}
		called := make(chan struct{}, 400)
		var calls sync.WaitGroup
		for _, s := range srcs {
			for range 20 {
				calls.Go(func() {
					r, err := p.Call(t.Context(), of(s.Unit, export("f")))
					called <- struct{}{}
					if !errors.Is(err, js.ErrClosed) && (err != nil || r.Value != int64(1)) {
						t.Errorf("Call = %v, %v, want 1 or ErrClosed", r.Value, err)
					}
				})
			}
		}
		for range n * n {
			<-called
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		p.Close(ctx) //nolint:errcheck // it is ctx's
		calls.Wait()
	}
}
