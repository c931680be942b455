package builtin_test

import (
	"strings"
	"testing"

	"weir/js"
)

func TestDOMException(t *testing.T) {
	evaluate(t, &host{}, "", []check{
		{"name and code", `(() => { const e = new DOMException('m', 'AbortError'); return [e.name, e.message, e.code].join(); })()`, "AbortError,m,20"},
		{"defaults", `(() => { const e = new DOMException(); return [e.name, e.message, e.code].join(); })()`, "Error,,0"},
		{"Node's options", `(() => { const e = new DOMException('m', { name: 'DataCloneError', cause: 7 }); return [e.name, e.code, e.cause].join(); })()`, "DataCloneError,25,7"},
		{"an Error", `new DOMException('m') instanceof Error`, true},
		{"tag", `Object.prototype.toString.call(new DOMException())`, "[object DOMException]"},
		{"text", `String(new DOMException('m', 'NotFoundError'))`, "NotFoundError: m"},
		{"unknown name", `new DOMException('m', 'toString').code`, int64(0)},
		{"constants", `[DOMException.ABORT_ERR, new DOMException().DATA_CLONE_ERR].join()`, "20,25"},
		{"members are the prototype's", `Object.getOwnPropertyNames(new DOMException('m')).join()`, "stack"},
		{"stack", `new DOMException('m', 'AbortError').stack.split('\n')[0]`, "AbortError: m"},
		{"global", `Object.keys(globalThis).includes('DOMException')`, false},
	})
}

func TestEvent(t *testing.T) {
	evaluate(t, &host{}, "const seen = []; const target = new EventTarget();", []check{
		{"members", `(() => { const e = new Event('x', { cancelable: true }); return [e.type, e.bubbles, e.cancelable, e.composed, e.target, e.currentTarget, e.eventPhase, e.defaultPrevented, e.isTrusted, e.returnValue].join(); })()`, "x,false,true,false,,,0,false,false,true"},
		{"no type", `new Event()`, `TypeError: The "type" argument must be specified`},
		{"time", `new Event('x').timeStamp <= performance.now()`, true},
		{"constants", `[Event.NONE, Event.AT_TARGET, new Event('x').BUBBLING_PHASE].join()`, "0,2,3"},
		{"preventDefault", `(() => { const e = new Event('x', { cancelable: true }); e.preventDefault(); return e.defaultPrevented; })()`, true},
		{"not cancelable", `(() => { const e = new Event('x'); e.preventDefault(); return e.defaultPrevented; })()`, false},
		{"custom", `new CustomEvent('x', { detail: { a: 1 } }).detail.a`, int64(1)},
		{"custom", `new CustomEvent('x').detail`, nil},
		{"tags", `[new Event('x'), new CustomEvent('x'), target].map(String).join()`, "[object Event],[object CustomEvent],[object EventTarget]"},

		{"dispatch", `(() => {
			const t = new EventTarget(), got = [];
			t.addEventListener('x', function (e) { got.push(this === t, e.target === t, e.currentTarget === t, e.eventPhase, e.composedPath().length); });
			t.addEventListener('x', { handleEvent(e) { got.push(e.type); } });
			const e = new Event('x');
			return [t.dispatchEvent(e), ...got, e.currentTarget, e.eventPhase, e.target === t].join();
		})()`, "true,true,true,true,2,1,x,,0,true"},
		{"twice added, once called", `(() => {
			const t = new EventTarget(); let n = 0; const f = () => n++;
			t.addEventListener('x', f); t.addEventListener('x', f); t.addEventListener('x', f, true);
			t.dispatchEvent(new Event('x'));
			return n;
		})()`, int64(2)},
		{"remove", `(() => {
			const t = new EventTarget(); let n = 0; const f = () => n++;
			t.addEventListener('x', f, { capture: true }); t.removeEventListener('x', f); t.dispatchEvent(new Event('x'));
			t.removeEventListener('x', f, true); t.dispatchEvent(new Event('x'));
			return n;
		})()`, int64(1)},
		{"removed meanwhile", `(() => {
			const t = new EventTarget(); let n = 0; const f = () => n++;
			t.addEventListener('x', () => { t.removeEventListener('x', f); t.addEventListener('x', f, true); }); t.addEventListener('x', f);
			t.dispatchEvent(new Event('x'));
			return n;
		})()`, int64(0)},
		{"once", `(() => { const t = new EventTarget(); let n = 0; t.addEventListener('x', () => n++, { once: true }); t.dispatchEvent(new Event('x')); t.dispatchEvent(new Event('x')); return n; })()`, int64(1)},
		{"canceled", `(() => { const t = new EventTarget(); t.addEventListener('x', (e) => e.preventDefault()); return t.dispatchEvent(new Event('x', { cancelable: true })); })()`, false},
		{"passive", `(() => { const t = new EventTarget(); t.addEventListener('x', (e) => e.preventDefault(), { passive: true }); return t.dispatchEvent(new Event('x', { cancelable: true })); })()`, true},
		{"stopped", `(() => { const t = new EventTarget(); let n = 0; t.addEventListener('x', (e) => e.stopImmediatePropagation()); t.addEventListener('x', () => n++); t.dispatchEvent(new Event('x')); return n; })()`, int64(0)},
		{"within itself", `(() => { const t = new EventTarget(); let r; t.addEventListener('x', (e) => { try { t.dispatchEvent(e); } catch (x) { r = x.name; } }); t.dispatchEvent(new Event('x')); return r; })()`, "InvalidStateError"},
		{"no event", `target.dispatchEvent({ type: 'x' })`, `TypeError: The "event" argument must be an instance of Event.`},
		{"no listener", `target.addEventListener('x', 5)`, `TypeError: The "listener" argument must be an instance of EventListener.`},
		{"null", `target.addEventListener('x', null) === undefined`, true},
		{"subclass", `(() => { class T extends EventTarget {} let n = 0; const t = new T(); t.addEventListener('x', () => n++); t.dispatchEvent(new CustomEvent('x')); return n; })()`, int64(1)},
	})
}

// What a listener throws is told to the log, and the next listener is called.
func TestListenerThrows(t *testing.T) {
	h := &host{}
	pool := newPool(t, h, `
		const t = new EventTarget();
		t.addEventListener('x', () => { throw new Error('boom'); });
		t.addEventListener('x', () => console.log('next'));
		export function run(again) { if (!again) console.log(t.dispatchEvent(new Event('x'))); }
	`)
	for _, again := range []bool{false, true} { // the second call begins when the first has said all
		_, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "run"}, Args: []js.Value{again}})
		if err != nil {
			t.Fatal(err)
		}
	}
	got := h.taken()
	if len(got) != 3 || got[0] != "7 next" || got[1] != "7 true" || !strings.Contains(got[2], "boom") {
		t.Errorf("logged %q", got)
	}
}

func TestPerformance(t *testing.T) {
	evaluate(t, &host{}, "const from = performance.now();", []check{
		{"goes on", `performance.now() >= from`, true},
		{"origin", `Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 60000`, true},
		{"JSON", `JSON.parse(JSON.stringify(performance)).timeOrigin === performance.timeOrigin`, true},
		{"module", `String(performance)`, "[object Performance]"},
	})
}
