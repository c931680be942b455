package js_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"weir/js"
)

// quick is a budget for scripts that are to spend it.
var quick = js.Budget{Wall: 5 * time.Second, CPU: 20 * time.Millisecond}

func TestRunawayScripts(t *testing.T) {
	tests := []struct {
		body string
		want error
	}{
		{"for (;;) {}", js.ErrCPU},
		{"for (;;) { try { for (;;) {} } catch (e) {} finally { for (;;) {} } }", js.ErrCPU},
		{"(async () => { while (1) await 0 })()", js.ErrCPU},
		{"while (1) await null", js.ErrCPU},
		{"const f = () => Promise.resolve().then(f); f()", js.ErrCPU},
		{"const f = () => queueMicrotask(f); f()", js.ErrCPU},
		{"await null; for (;;) {}", js.ErrCPU},
		{"await new Promise((r) => setTimeout(r, 1)); for (;;) {}", js.ErrCPU},
		{"return { get x() { for (;;) {} } }", js.ErrCPU},
		{"throw { toString() { for (;;) {} } }", js.ErrCPU},
		{"return { then(f) { for (;;) {} } }", js.ErrCPU},
		{"/^(?=a)(a+)+$/.test('a'.repeat(18) + '!'); for (;;) {}", js.ErrCPU},
		{"[3, 2, 1].sort(() => { for (;;) {} })", js.ErrCPU},
	}
	for _, tt := range tests {
		t.Run(tt.body, func(t *testing.T) {
			p := pool(t, compile(t, nil, inline(tt.body), quiet("w")), js.Options{Budget: quick})
			if _, err := p.Call(t.Context(), block()); !errors.Is(err, tt.want) {
				t.Errorf("Call = %v, want %v", err, tt.want)
			}
			if err := poke(t, p, "w"); err != nil {
				t.Errorf("another unit afterwards: %v", err)
			}
		})
	}
}

// quiet is a unit whose block does nothing.
func quiet(unit string) js.Source {
	s := inline("return 1")
	s.Unit = unit
	return s
}

func poke(t *testing.T, p js.Caller, unit string) error {
	t.Helper()
	c := block()
	c.Unit = unit
	_, err := p.Call(t.Context(), c)
	return err
}

func TestErrorOfTheCPULimitHasAPlace(t *testing.T) {
	p := pool(t, compile(t, nil, inline("\nlet n = 0;\n  for (;;) { n += Number('1') }")), js.Options{Budget: quick})
	_, err := p.Call(t.Context(), block())
	if err == nil || !strings.HasPrefix(err.Error(), "srs.conf:5:") {
		t.Errorf("Call = %v, want the place", err)
	}
}

func TestUnsettledPromiseTimesOut(t *testing.T) {
	p := pool(t, compile(t, files("hooks.js", `
		let n = 0;
		export const never = () => { n++; return new Promise(() => {}) };
		export const count = () => n;
	`), hooks()), js.Options{})
	c := export("never")
	c.Budget.Wall = 10 * time.Millisecond
	if _, err := p.Call(t.Context(), c); !errors.Is(err, js.ErrTimeout) {
		t.Errorf("Call = %v, want ErrTimeout", err)
	}
	if r, err := p.Call(t.Context(), export("count")); err != nil || r.Value != int64(1) {
		t.Errorf("the same VM afterwards: %v, %v, want 1", r.Value, err)
	}
}

func TestCallReturnsWithItsContext(t *testing.T) {
	p := pool(t, compile(t, nil, inline("await new Promise(() => {})")), js.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Call(ctx, block()); !errors.Is(err, context.Canceled) {
		t.Errorf("Call = %v, want context.Canceled", err)
	}
}

// A VM that was interrupted is replaced: calls that awaited on it fail, calls
// that had not begun are made on the next.
func TestReplacement(t *testing.T) {
	host := newRecorder()
	p := pool(t, compile(t, files("hooks.js", `
		let n = 0;
		export const wait = async (s) => { s.log('waiting'); await new Promise(() => {}) };
		export const spin = () => { for (;;) {} };
		export const count = () => ++n;
	`), hooks()), js.Options{Classes: session(), Host: host, Budget: quick})
	if _, err := p.Call(t.Context(), export("count")); err != nil {
		t.Fatal(err)
	}
	waited := make(chan error, 1)
	go func() {
		_, err := p.Call(t.Context(), export("wait", newSession("1")))
		waited <- err
	}()
	host.wait(1)
	if _, err := p.Call(t.Context(), export("spin")); !errors.Is(err, js.ErrCPU) {
		t.Errorf("spin = %v, want ErrCPU", err)
	}
	if err := <-waited; !errors.Is(err, js.ErrCrash) {
		t.Errorf("wait = %v, want ErrCrash", err)
	}
	if r, err := p.Call(t.Context(), export("count")); err != nil || r.Value != int64(1) {
		t.Errorf("count = %v, %v, want 1: a fresh VM", r.Value, err)
	}
}

func TestOverload(t *testing.T) {
	host := newRecorder()
	p := pool(t, compile(t, nil, inline("s.log('in'); await new Promise(() => {})")), js.Options{
		Classes: session(), Host: host, MaxPending: map[string]int{"v": 1},
	})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := p.Call(ctx, block(newSession("1")))
		done <- err
	}()
	host.wait(1)
	if _, err := p.Call(t.Context(), block(newSession("2"))); !errors.Is(err, js.ErrOverload) {
		t.Errorf("second call = %v, want ErrOverload", err)
	}
	cancel()
	<-done
}

func TestPanicOfANative(t *testing.T) {
	classes := []js.Class{{Name: "Session", Methods: []js.Native{{Member: js.Member{Name: "fail"}, Call: func(js.Env, []js.Value) (js.Value, error) {
		panic("broken native")
	}}}}}
	p := pool(t, compile(t, nil, inline("try { if (s) s.fail() } catch (e) {} return 7")), js.Options{Classes: classes})
	_, err := p.Call(t.Context(), block(&js.Object{Class: "Session"}))
	if !errors.Is(err, js.ErrCrash) || !strings.Contains(err.Error(), "broken native") {
		t.Errorf("Call = %v, want ErrCrash", err)
	}
	if r, err := p.Call(t.Context(), block(nil)); err != nil || r.Value != int64(7) {
		t.Errorf("the next call: %v, %v, want 7", r.Value, err)
	}
}

func TestStuckVMIsAbandoned(t *testing.T) {
	host := newRecorder()
	free := make(chan struct{})
	classes := []js.Class{{Name: "Session", Methods: []js.Native{{Member: js.Member{Name: "block"}, Call: func(js.Env, []js.Value) (js.Value, error) {
		<-free
		return nil, nil
	}}}}}
	p := pool(t, compile(t, nil, inline("if (s) s.block(); return 7")), js.Options{Classes: classes, Host: host, Budget: quick})
	if _, err := p.Call(t.Context(), block(&js.Object{Class: "Session"})); !errors.Is(err, js.ErrCrash) {
		t.Errorf("Call = %v, want ErrCrash", err)
	}
	if r, err := p.Call(t.Context(), block(nil)); err != nil || r.Value != int64(7) {
		t.Errorf("the next call: %v, %v, want 7", r.Value, err)
	}
	if got := p.(*js.Pool).Abandoned(); got != 1 {
		t.Errorf("Abandoned = %d, want 1", got)
	}
	close(free)
}

func TestGuards(t *testing.T) {
	tests := []struct{ expr, want string }{
		{"'x'.repeat(2 ** 33)", "RangeError: string is too long"},
		{"'x'.repeat(3)", "xxx"},
		{"'x'.padStart(2 ** 40)", "RangeError: string is too long"},
		{"'x'.padEnd(3, 'ab')", "xab"},
		{"new ArrayBuffer(2 ** 40)", "RangeError: buffer is too large"},
		{"new Uint8Array(2 ** 33)", "RangeError: buffer is too large"},
		{"new (new Uint8Array(1).constructor)(2 ** 33)", "RangeError: buffer is too large"},
		{"new Uint8Array([1, 2]) instanceof Uint8Array && Uint8Array.from([1, 2]).join()", "1,2"},
		{"new (class B extends Uint8Array { sum() { return this[0] + this[1] } })([1, 2]).sum()", "3"},
		{"(class B extends Uint8Array {}).from([3]) instanceof Uint8Array", "true"},
		{"new Float64Array(2 ** 26)", "RangeError: buffer is too large"},
		{"new Uint8Array({ length: 2 ** 32 - 1 })", "RangeError: buffer is too large"},
		{"new Uint8Array({ length: 2, 0: 7 }).join()", "7,0"},
		{"((a) => { a.length = 2 ** 32 - 1; return a.sort() })([])", "RangeError: array-like is too long"},
		{"Array.prototype.toSorted.call({ length: 2 ** 32 - 1 })", "RangeError: array-like is too long"},
		{"[3, 1, 2].sort((a, b) => b - a).join() + [3, 1, 2].toSorted()", "3,2,11,2,3"},
		{"BigInt.asUintN(2 ** 40, -1n)", "RangeError: number is too long"},
		{"BigInt.asIntN(8, 255n)", "-1"},
		{"(() => 1).apply(null, { length: 2 ** 32 - 1 })", "RangeError: array-like is too long"},
		{"Reflect.construct(Array, { length: 2 ** 31 })", "RangeError: array-like is too long"},
		{"Array.from({ length: 2 ** 32 - 1 })", "RangeError: array-like is too long"},
		{"Array.from('ab', (c) => c + c).join()", "aa,bb"},
		{"JSON.parse('['.repeat(1e6))", "SyntaxError: JSON is nested too deep"},
		{`JSON.parse('{"a":"[[\\"["}', (k, v) => k ? v + '!' : v).a`, `[["[!`},
		{"eval('1')", "EvalError: code cannot be made from strings"},
		{"new Function('1')", "EvalError: code cannot be made from strings"},
		{"(() => 1).constructor('1')", "EvalError: code cannot be made from strings"},
		{"(async () => 1).constructor('1')", "EvalError: code cannot be made from strings"},
		{"(function* () {}).constructor('1')", "EvalError: code cannot be made from strings"},
		{"(() => 1) instanceof Function", "true"},
		{"new RegExp('a'.repeat(3000))", "SyntaxError: regular expression is too long"},
		{"new RegExp('a+').exec('baa')[0] + RegExp('b').source", "aab"},
		{"/a/ instanceof RegExp && /a/.constructor === RegExp", "true"},
		{"setTimeout('1')", "TypeError: callback is not a function"},
	}
	for _, tt := range tests {
		t.Run(tt.expr, func(t *testing.T) {
			body := fmt.Sprintf("try { return String(%s) } catch (e) { return e.name + ': ' + e.message }", tt.expr)
			p := pool(t, compile(t, nil, inline(body)), js.Options{Budget: js.Budget{CPU: time.Second}})
			r, err := p.Call(t.Context(), block())
			if err != nil || r.Value != tt.want {
				t.Errorf("%v, %v, want %q", r.Value, err, tt.want)
			}
		})
	}
}
