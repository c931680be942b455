package builtin_test

import "testing"

// Timers as HTML (8.7) and Node.js have them.
func TestTimers(t *testing.T) {
	settle(t, `
		const wait = (ms) => new Promise((f) => setTimeout(f, ms));
		// order runs f, whose calls of its argument tell the order of things.
		const order = async (f) => { const l = []; await f((x) => { l.push(x); }); await wait(20); return l.join(); };
	`, []check{
		{"jobs go first", `order((l) => { setTimeout(() => l('t'), 0); setImmediate(() => l('i')); queueMicrotask(() => l('q')); Promise.resolve().then(() => l('p')); l('s'); })`, "s,q,p,i,t"},
		{"by their times", `order((l) => { setTimeout(() => l('c'), 10); setTimeout(() => l('a'), 4); setTimeout(() => l('d'), 10); setTimeout(() => l('b'), 7); })`, "a,b,c,d"},
		{"jobs of one before the next", `order((l) => { setImmediate(() => { l(1); Promise.resolve().then(() => l(2)); setImmediate(() => l(4)); }); setImmediate(() => l(3)); })`, "1,2,3,4"},
		{"nested", `order((l) => { setTimeout(() => { l(1); setTimeout(() => l(3), 0); l(2); }, 0); })`, "1,2,3"},
		{"cleared", `order((l) => { clearTimeout(setTimeout(() => l(1), 1)); clearImmediate(setImmediate(() => l(2))); clearInterval(setInterval(() => l(3), 1)); clearTimeout(String(setTimeout(() => l(4), 1))); })`, ""},
		{"an interval", `order((l) => { let n = 0; const id = setInterval(() => { l(++n); if (n === 3) clearTimeout(id); }, 1); })`, "1,2,3"},
		{"arguments", `new Promise((f) => setTimeout((...a) => f(a.join()), 1, 1, 'b', 3))`, "1,b,3"},
		{"arguments", `new Promise((f) => setImmediate((...a) => f(a.join()), 1, 2))`, "1,2"},
		{"no arguments", `new Promise((f) => setTimeout((...a) => f(a.length)))`, int64(0)},
		{"delays that are none", `(async () => { const from = Date.now(); for (const ms of [undefined, null, NaN, -5, '', {}, [], 'x', true, Infinity, 2 ** 31, -Infinity]) await wait(ms); return Date.now() - from < 2000; })()`, true},
		{"a delay of text", `(async () => { const from = Date.now(); await wait('20'); return Date.now() - from >= 19; })()`, true},
		{"what is no timer is cleared", `[undefined, null, NaN, '', 'x', {}, [], Symbol(), 1n, 1e9, -1, { valueOf() { throw 1; } }].map(clearTimeout).every((v) => v === undefined)`, true},
		{"no function", `setTimeout('1', 1)`, "TypeError: callback is not a function"},
		{"no function", `setImmediate()`, "TypeError: callback is not a function"},
		{"no function", `queueMicrotask({})`, "TypeError: callback is not a function"},
		{"numbers", `typeof setTimeout(() => {}) + typeof setInterval(() => {}, 1e6) + typeof setImmediate(() => {})`, "numbernumbernumber"},
	})
}
