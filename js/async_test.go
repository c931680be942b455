package js_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// asking is what a pool needs whose script may ask(value): the promise of the
// value, or of the exception that release sends.
func asking(h js.Host, release chan error) js.Options {
	ask := js.Native{Member: js.Member{Name: "ask"}, Async: true, Call: func(e js.Env, args []js.Value) (js.Value, error) {
		select {
		case err := <-release:
			return args[0], err
		case <-e.Context.Done():
			return nil, context.Cause(e.Context)
		}
	}}
	return js.Options{Host: h, Modules: []js.Module{{Source: "globalThis.ask = native.ask;", Natives: []js.Native{ask}}}}
}

func TestAsyncNative(t *testing.T) {
	release := make(chan error, 3)
	p := pool(t, compile(t, nil, inline(`
		const got = [await ask({ a: 1 })];
		for (let i = 0; i < 2; i++) {
			try { await ask(1); } catch (e) { got.push([e.name, e.message, e.code ?? null, e instanceof Error, e instanceof TypeError]); }
		}
		return got;
	`)), asking(nil, release))
	release <- nil
	release <- &js.Throw{Class: "TypeError", Message: "no"}
	release <- &js.Throw{Class: "SystemError", Message: "gone", Code: "ENOENT"}
	r, err := p.Call(t.Context(), block())
	want := []js.Value{
		map[string]js.Value{"a": int64(1)},
		[]js.Value{"TypeError", "no", nil, true, true},
		[]js.Value{"SystemError", "gone", "ENOENT", true, false},
	}
	if diff := cmp.Diff(want, r.Value); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// What nobody awaits goes on after the call, which others do not wait for.
func TestAsyncNativeOutlastsItsCall(t *testing.T) {
	release, log := make(chan error), newRecorder()
	p := pool(t, compile(t, nil, inline(`if (s) return s; ask('x').then(() => { throw new Error('after') });`)), asking(log, release))
	for _, arg := range []js.Value{false, "second"} {
		if r, err := p.Call(t.Context(), block(arg)); err != nil || arg != false && r.Value != arg {
			t.Fatal(r, err)
		}
	}
	release <- nil
	if diff := cmp.Diff([]string{" 4 unhandled rejection: srs.conf:3:55: Error: after"}, log.wait(1)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
