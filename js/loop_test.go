package js_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// looped is a Caller whose calls one goroutine runs with a Loop.
type looped struct {
	wall  time.Duration // of calls that say nothing
	calls chan loopedCall
	gone  chan uint32
	quit  chan struct{}
	done  chan struct{}
}

type loopedCall struct {
	call js.Call
	id   chan uint32
	done chan loopedResult
}

type loopedResult struct {
	result js.Result
	err    error
}

func newLooped(p *js.Program, o js.Options) (*looped, error) {
	w := &looped{wall: js.DefaultWall, calls: make(chan loopedCall), gone: make(chan uint32), quit: make(chan struct{}), done: make(chan struct{})}
	if o.Budget.Wall > 0 {
		w.wall = o.Budget.Wall
	}
	open := map[uint32]chan loopedResult{}
	wake := make(chan struct{}, 1)
	l, err := js.NewLoop(p, o, js.Hooks{
		Done: func(id uint32, r js.Result, err error) { open[id] <- loopedResult{r, err} },
		Wake: func() {
			select {
			case wake <- struct{}{}:
			default:
			}
		},
	})
	if err != nil {
		return nil, err
	}
	go func() {
		defer close(w.done)
		w.run(l, open, wake)
	}()
	return w, nil
}

func (w *looped) run(l *js.Loop, open map[uint32]chan loopedResult, wake chan struct{}) {
	defer l.Close()
	var last uint32
	for {
		wait := time.Hour
		if due, ok := l.Due(); ok {
			wait = time.Until(due)
		}
		t := time.NewTimer(wait)
		select {
		case c := <-w.calls:
			last++
			c.id <- last
			open[last] = c.done
			l.Begin(last, c.call)
		case id := <-w.gone:
			l.Cancel(id)
		case <-wake:
		case <-t.C:
		case <-w.quit:
			l.Exit()
			return
		}
		t.Stop()
		for l.Step() {
		}
	}
}

// Call bounds the call's time, as the server of a worker process does.
func (w *looped) Call(ctx context.Context, c js.Call) (js.Result, error) {
	wall := c.Budget.Wall
	if wall == 0 {
		wall = w.wall
	}
	ctx, cancel := context.WithTimeoutCause(ctx, wall, js.ErrTimeout)
	defer cancel()
	t := loopedCall{c, make(chan uint32, 1), make(chan loopedResult, 1)}
	select {
	case w.calls <- t:
	case <-w.done:
		return js.Result{}, js.ErrClosed
	}
	select {
	case r := <-t.done:
		return r.result, r.err
	case <-ctx.Done():
	}
	select {
	case w.gone <- <-t.id:
	case <-w.done:
	}
	return js.Result{}, context.Cause(ctx)
}

func (w *looped) Close(context.Context) error {
	close(w.quit)
	<-w.done
	return nil
}

// A Loop does what a Pool does.
func TestLoopIsACaller(t *testing.T) {
	looping = true
	defer func() { looping = false }()
	for _, test := range []struct {
		name string
		run  func(*testing.T)
	}{
		{"Call", TestCall},
		{"AsyncNative", TestAsyncNative},
		{"AsyncNativeOutlastsItsCall", TestAsyncNativeOutlastsItsCall},
		{"InterleavedCalls", TestInterleavedCalls},
		{"Ran", TestRan},
		{"Broke", TestBroke},
		{"TheCallThatRunsIsCharged", TestTheCallThatRunsIsCharged},
		{"ManyCalls", TestManyCalls},
		{"TopLevelRunsOnceForEachUnitThatIsCalled", TestTopLevelRunsOnceForEachUnitThatIsCalled},
		{"TopLevelThatFailsIsTriedAgain", TestTopLevelThatFailsIsTriedAgain},
		{"EndlessTopLevelFailsTheCall", TestEndlessTopLevelFailsTheCall},
		{"TimersRunWithoutCalls", TestTimersRunWithoutCalls},
		{"RunawayScripts", TestRunawayScripts},
		{"ErrorOfTheCPULimitHasAPlace", TestErrorOfTheCPULimitHasAPlace},
		{"UnsettledPromiseTimesOut", TestUnsettledPromiseTimesOut},
		{"CallReturnsWithItsContext", TestCallReturnsWithItsContext},
		{"Replacement", TestReplacement},
		{"PanicOfANative", TestPanicOfANative},
		{"Object", TestObject},
		{"SessionKeptBeyondItsCall", TestSessionKeptBeyondItsCall},
		{"Language", TestLanguage},
		{"Timers", TestTimers},
		{"UnitsShareNoState", TestUnitsShareNoState},
		{"Models", TestModels},
		{"SharedNames", TestSharedNames},
		{"VMOfACallEnds", TestVMOfACallEnds},
		{"StartsOfCallsBackOff", TestStartsOfCallsBackOff},
		{"FullHeapInterrupts", TestFullHeapInterrupts},
	} {
		t.Run(test.name, test.run)
	}
}

// A loop tells on whose behalf script runs, also when that changes in a run.
func TestHooks(t *testing.T) {
	var got []string
	say := func(format string, args ...any) { got = append(got, fmt.Sprintf(format, args...)) }
	l, err := js.NewLoop(compile(t, files("hooks.js", `
		let open; say('top');
		export const wait = async () => { say('one'); await new Promise((r) => { open = r }); say('two') };
		export const go = () => { open(); say('go') };
		export const later = () => { setTimeout(() => say('timer'), 1) };
		export const no = () => { throw new Error('no') };
	`), hooks()), js.Options{Modules: []js.Module{{Source: "globalThis.say = native.say", Natives: []js.Native{{
		Member: js.Member{Name: "say"},
		Call:   func(_ js.Env, args []js.Value) (js.Value, error) { say("%s", args[0]); return nil, nil },
	}}}}}, js.Hooks{
		Done:  func(id uint32, r js.Result, err error) { say("done %d %v", id, err) },
		Wake:  func() { say("wake") },
		Limit: func(d time.Duration) { say("limit %v", d) },
		Enter: func(id uint32, unit string) { say("enter %d %s", id, unit) },
		Leave: func() { say("leave") },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	steps := []struct {
		name string
		id   uint32
		want []string
	}{
		{"wait", 7, []string{"limit 1s", "enter 7 v", "top", "leave", "limit 100ms", "enter 7 v", "one", "leave"}},
		{"go", 8, []string{"limit 100ms", "enter 8 v", "go", "enter 7 v", "two", "enter 8 v", "enter 7 v", "done 7 <nil>", "enter 8 v", "done 8 <nil>", "leave"}},
		{"no", 9, []string{"limit 100ms", "enter 9 v", "leave", "done 9 hooks.js:6:35: Error: no"}},
		{"later", 10, []string{"limit 100ms", "enter 10 v", "done 10 <nil>", "leave"}},
		{"", 0, []string{"limit 100ms", "enter 10 v", "timer", "leave"}},
	}
	for _, s := range steps {
		got = nil
		if s.id != 0 {
			l.Begin(s.id, export(s.name))
		} else {
			for len(got) == 0 {
				if due, ok := l.Due(); !ok || time.Until(due) > time.Second {
					t.Fatalf("Due = %v, %v", due, ok)
				}
				l.Step()
			}
		}
		if diff := cmp.Diff(s.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", s.name, diff)
		}
	}
	if due, ok := l.Due(); ok {
		t.Errorf("Due = %v, want nothing", due)
	}
}

func TestLoopCloses(t *testing.T) {
	var got []error
	l, err := js.NewLoop(compile(t, nil, inline("await new Promise(() => {})")), js.Options{}, js.Hooks{
		Done: func(_ uint32, _ js.Result, err error) { got = append(got, err) }, Wake: func() {},
	})
	if err != nil {
		t.Fatal(err)
	}
	l.Begin(1, block())
	l.Begin(2, block())
	l.Cancel(1)
	l.Cancel(5)
	l.Close()
	if len(got) != 1 || !errors.Is(got[0], js.ErrClosed) {
		t.Errorf("Done of %v, want one ErrClosed", got)
	}
}

// A VM that interrupts others by what it keeps is given up with the first of them.
func TestHoarderMakesRoom(t *testing.T) {
	looping = true
	defer func() { looping = false }()
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(60 << 20)) // garbage does not count then, as in a worker
	runtime.GC()
	program := compile(t, files("hooks.js", `
		const grow = (n) => { const l = []; while (n-- > 0) l.push(new Array(1000).fill(1)); return l };
		let kept;
		export const hoard = () => { kept = grow(2500) };
		export const need = () => { for (let i = 0; i < 100; i++) if (grow(2500).length !== 2500) return };
		export const has = () => kept !== undefined;`), hooks(), named("w", hooks()))
	p := pool(t, program, js.Options{Memory: 80 << 20, Budget: js.Budget{Wall: time.Minute, CPU: time.Minute}})
	if _, err := p.Call(t.Context(), export("hoard")); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Call(t.Context(), of("w", export("need"))); !errors.Is(err, js.ErrMemory) {
		t.Fatalf("need = %v, want ErrMemory: both together do not fit", err)
	}
	if r, err := p.Call(t.Context(), export("has")); err != nil || r.Value != false {
		t.Errorf("has = %v, %v, want a fresh VM", r.Value, err)
	}
}
