package js_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// Two calls await alternately; the client of one leaves. What the other logs and
// decides stays its own.
func TestInterleavedCalls(t *testing.T) {
	host := newRecorder()
	p := pool(t, compile(t, files("hooks.js", `
		const turns = {};
		const turn = (name) => new Promise((r) => { turns[name] = r });
		export const go = (name) => turns[name]();
		export async function gate(s) {
			s.log('one'); say('one ' + s.id);
			await turn(s.id + '1');
			s.log('two'); say('two ' + s.id);
			await turn(s.id + '2');
			s.deny(s.id); say('three ' + s.id);
		}
	`), hooks()), js.Options{Classes: session(), Host: host, Modules: []js.Module{{
		Source: "globalThis.say = native.say",
		Natives: []js.Native{{Member: js.Member{Name: "say"}, Call: func(e js.Env, args []js.Value) (js.Value, error) {
			e.Host.Log(e.Origin, js.LevelWarn, args[0].(string))
			return nil, nil
		}}},
	}}})
	type outcome struct {
		result js.Result
		err    error
	}
	start := func(ctx context.Context, id string) chan outcome {
		done := make(chan outcome, 1)
		c := export("gate", newSession(id))
		c.Origin.Session = id
		go func() {
			r, err := p.Call(ctx, c)
			done <- outcome{r, err}
		}()
		return done
	}
	proceed := func(turn string) {
		t.Helper()
		if _, err := p.Call(t.Context(), export("go", turn)); err != nil {
			t.Error(err)
		}
	}
	a := start(t.Context(), "a")
	host.wait(2)
	ctx, cancel := context.WithCancel(t.Context())
	b := start(ctx, "b")
	host.wait(4)
	proceed("a1")
	proceed("b1")
	cancel()
	if o := <-b; !errors.Is(o.err, context.Canceled) {
		t.Errorf("b = %v, want context.Canceled", o.err)
	}
	proceed("b2") // deny throws: nobody waits for b
	proceed("a2")
	o := <-a
	if o.err != nil {
		t.Fatal(o.err)
	}
	if diff := cmp.Diff([]js.Effect{{Name: "deny", Args: []js.Value{"a"}}}, o.result.Effects); diff != "" {
		t.Errorf("effects of a (-want +got):\n%s", diff)
	}
	want := []string{
		"a 7 a: one", "a 5 one a", "b 7 b: one", "b 5 one b", "a 7 a: two", "a 5 two a", "b 7 b: two", "b 5 two b",
		"b 4 unhandled rejection: hooks.js:10:6: Error: deny: the call has ended", "a 5 three a",
	}
	if diff := cmp.Diff(want, host.logged()); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

// A run that one call begins may be another's: that one has spent the limit.
func TestTheCallThatRunsIsCharged(t *testing.T) {
	host := newRecorder()
	p := pool(t, compile(t, files("hooks.js", `
		let open;
		export const storm = async (s) => {
			const opened = new Promise((r) => { open = r });
			s.log('in');
			await opened;
			while (1) await 0;
		};
		export const trigger = () => open();
	`), hooks()), js.Options{Classes: session(), Host: host, Budget: quick})
	done := make(chan error, 1)
	go func() {
		_, err := p.Call(t.Context(), export("storm", newSession("1")))
		done <- err
	}()
	host.wait(1)
	if _, err := p.Call(t.Context(), export("trigger")); !errors.Is(err, js.ErrCrash) || errors.Is(err, js.ErrCPU) {
		t.Errorf("trigger = %v, want ErrCrash alone", err)
	}
	if err := <-done; !errors.Is(err, js.ErrCPU) {
		t.Errorf("storm = %v, want ErrCPU", err)
	}
}

func TestManyCalls(t *testing.T) {
	host := newRecorder()
	p := pool(t, compile(t, files("hooks.js", `
		export async function gate(s, n) {
			for (let i = 0; i < 3; i++) await (i % 2 ? null : new Promise((r) => setTimeout(r, n % 3)));
			if (n % 5 === 0) throw new Error('odd ' + n);
			s.deny(n); s.ctx.n = n;
			return s.id;
		}
	`), hooks()), js.Options{Classes: session(), Host: host, Encode: true, Budget: js.Budget{Wall: time.Minute, CPU: time.Minute}})
	var wg sync.WaitGroup
	for n := range int64(200) {
		wg.Go(func() {
			id := fmt.Sprint("s", n)
			r, err := p.Call(t.Context(), export("gate", newSession(id), n))
			if n%5 == 0 {
				if want := fmt.Sprintf("hooks.js:4:27: Error: odd %d", n); err == nil || err.Error() != want {
					t.Errorf("%d: %v, want %s", n, err, want)
				}
				return
			}
			want := js.Result{Value: id, Effects: []js.Effect{{Name: "deny", Args: []js.Value{n}}}, Data: []js.Value{map[string]js.Value{"n": n}, nil}}
			if diff := cmp.Diff(want, r); err != nil || diff != "" {
				t.Errorf("%d: %v (-want +got):\n%s", n, err, diff)
			}
		})
	}
	wg.Wait()
}

func TestClose(t *testing.T) {
	t.Run("waits for calls", func(t *testing.T) {
		host := newRecorder()
		p, err := js.NewPool(compile(t, nil, inline("s.log('in'); await new Promise((r) => setTimeout(r, 5)); return 1")), js.Options{Classes: session(), Host: host})
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() {
			_, err := p.Call(t.Context(), block(newSession("1")))
			done <- err
		}()
		host.wait(1)
		if err := p.Close(t.Context()); err != nil {
			t.Errorf("Close = %v", err)
		}
		if err := <-done; err != nil {
			t.Errorf("the call that ran: %v", err)
		}
		if _, err := p.Call(t.Context(), block(nil)); !errors.Is(err, js.ErrClosed) {
			t.Errorf("a call afterwards = %v, want ErrClosed", err)
		}
	})
	t.Run("interrupts them when its context ends", func(t *testing.T) {
		host := newRecorder()
		p, err := js.NewPool(compile(t, nil, inline("s.log('in'); for (;;) {}")), js.Options{Classes: session(), Host: host, Budget: js.Budget{Wall: time.Minute, CPU: time.Minute}})
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() {
			_, err := p.Call(t.Context(), block(newSession("1")))
			done <- err
		}()
		host.wait(1)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := p.Close(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("Close = %v, want context.Canceled", err)
		}
		if err := <-done; !errors.Is(err, js.ErrClosed) {
			t.Errorf("the call that ran = %v, want ErrClosed", err)
		}
	})
}
