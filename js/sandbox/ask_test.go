package sandbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"weir/js"
)

const asking = `
	import escapes from 'escapes';
	export const ask = (...args) => escapes.ask(...args);
	export const later = async (...args) => [await escapes.askLater(...args), await escapes.askLater(...args)];
	export const refused = () => { try { escapes.ask('no'); } catch (e) { return e.name + ' ' + e.code + ' ' + e.message; } };
	export const ok = () => 'ok';
	export const said = () => { console.log('a'); console.log('b'); };
	setTimeout(() => {}, 1e6);
`

// echo answers with what it is asked, slowly if that is "slow".
func echo(ctx context.Context, o js.Origin, op string, args []js.Value) (js.Value, error) {
	switch op {
	case "no":
		return nil, &js.Throw{Class: "TypeError", Message: "not that", Code: "ENO"}
	case "never":
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return fmt.Sprint(o.VHost, " ", op, " ", args), nil
}

func TestScriptsAskTheServer(t *testing.T) {
	host := &server{ask: echo}
	s := start(t, asking, func(c *Config) { c.Host = host })
	for f, want := range map[string]js.Value{
		"ask":     "a op [1 x]",
		"later":   []js.Value{"a op [1 x]", "a op [1 x]"},
		"refused": "TypeError ENO not that",
	} {
		v, err := do(t, s, "a", f, "op", int64(1), "x")
		if fmt.Sprint(v) != fmt.Sprint(want) || err != nil {
			t.Errorf("%s: %v, %v, want %v", f, v, err, want)
		}
	}
	if _, err := do(t, s, "b", "said"); err != nil {
		t.Error(err)
	}
	host.mu.Lock()
	defer host.mu.Unlock()
	if got := strings.Join(host.log, ", "); got != "b: a, b: b" {
		t.Errorf("log: %s", got)
	}
}

// A script that waits for the server keeps nobody else waiting if it awaits, and
// loses nothing if it does not; what it asked for ends with its time.
func TestCallsComeWhileScriptsAsk(t *testing.T) {
	over := make(chan error, 1)
	begun, slow := make(chan struct{}), make(chan struct{})
	s := start(t, asking, func(c *Config) {
		c.Host = &server{ask: func(ctx context.Context, o js.Origin, op string, args []js.Value) (js.Value, error) {
			switch op {
			case "never":
				close(begun)
				<-ctx.Done()
				over <- ctx.Err()
			case "slow":
				<-slow
			}
			return echo(ctx, o, op, args)
		}}
	})
	call := func(wall time.Duration, f string, args ...js.Value) error {
		_, err := s.Call(t.Context(), js.Call{Unit: "a", Func: js.Func{Module: "m", Name: f}, Args: args, Budget: js.Budget{Wall: wall}})
		return err
	}
	if err := call(time.Minute, "ok"); err != nil {
		t.Fatal(err)
	}
	var calls sync.WaitGroup
	calls.Go(func() {
		if err := call(200*time.Millisecond, "later", "never"); !errors.Is(err, js.ErrTimeout) {
			t.Errorf("%v, want %v", err, js.ErrTimeout)
		}
	})
	<-begun
	calls.Go(func() {
		if err := call(time.Minute, "ask", "slow"); err != nil {
			t.Error(err)
		}
	})
	for range 50 {
		calls.Go(func() {
			if err := call(time.Minute, "ask", "op"); err != nil {
				t.Error(err)
			}
		})
	}
	if err := <-over; !errors.Is(err, context.Canceled) {
		t.Errorf("what was asked for ended by %v", err)
	}
	close(slow)
	calls.Wait()
}

func TestCallerMayLeave(t *testing.T) {
	s := start(t, bombs)
	ctx, leave := context.WithCancel(t.Context())
	var calls sync.WaitGroup
	calls.Go(func() {
		_, err := s.Call(ctx, js.Call{Unit: "a", Func: js.Func{Module: "m", Name: "wait"}})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want %v", err, context.Canceled)
		}
	})
	w := s.common.current.Load()
	waitFor(t, func() bool { return w.board().begun.Load() > 0 })
	leave()
	calls.Wait()
	waitFor(t, func() bool { w.mu.Lock(); defer w.mu.Unlock(); return len(w.calls) == 0 })
}

func TestCloseEndsCalls(t *testing.T) {
	s := start(t, bombs)
	var calls sync.WaitGroup
	calls.Go(func() {
		_, err := s.Call(t.Context(), js.Call{Unit: "a", Func: js.Func{Module: "m", Name: "wait"}})
		if !errors.Is(err, js.ErrClosed) {
			t.Errorf("%v, want %v", err, js.ErrClosed)
		}
	})
	w := s.common.current.Load()
	waitFor(t, func() bool { return w.board().begun.Load() > 0 })
	ctx, now := context.WithCancel(t.Context())
	now()
	if err := s.Close(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
	calls.Wait()
	if _, err := do(t, s, "a", "ok"); !errors.Is(err, js.ErrClosed) {
		t.Errorf("%v, want %v", err, js.ErrClosed)
	}
}

// With a worker for each unit one cannot harm another.
func TestUnitsHaveTheirWorkers(t *testing.T) {
	s := start(t, `let n = 0; export const count = () => ++n;`+bombs, func(c *Config) { c.PerUnit = true; c.Log = slog.New(slog.DiscardHandler) })
	if c := s.Counts(); c.Workers != 0 {
		t.Errorf("%+v before the first call", c)
	}
	for _, u := range []string{"a", "b"} {
		if v, err := do(t, s, u, "count"); err != nil || v != int64(1) {
			t.Errorf("%v, %v", v, err)
		}
	}
	if _, err := do(t, s, "a", "die"); !errors.Is(err, js.ErrCrash) {
		t.Errorf("%v, want %v", err, js.ErrCrash)
	}
	if v, err := do(t, s, "b", "count"); err != nil || v != int64(2) {
		t.Errorf("%v, %v", v, err)
	}
	if v, err := do(t, s, "a", "count"); err != nil || v != int64(1) {
		t.Errorf("%v, %v", v, err)
	}
}

func TestPendingCallsAreBounded(t *testing.T) {
	s := start(t, bombs, func(c *Config) { c.MaxPending = map[string]int{"a": 2} })
	ctx, leave := context.WithCancel(t.Context())
	var calls sync.WaitGroup
	for range 2 {
		calls.Go(func() {
			_, _ = s.Call(ctx, js.Call{Unit: "a", Func: js.Func{Module: "m", Name: "wait"}}) // until leave
		})
	}
	w := s.common.current.Load()
	waitFor(t, func() bool { return w.board().begun.Load() == 2 })
	if _, err := do(t, s, "a", "ok"); !errors.Is(err, js.ErrOverload) {
		t.Errorf("%v, want %v", err, js.ErrOverload)
	}
	if _, err := do(t, s, "b", "ok"); err != nil {
		t.Error(err)
	}
	leave()
	calls.Wait()
}

func waitFor(t *testing.T, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it has not come")
		}
	}
}
