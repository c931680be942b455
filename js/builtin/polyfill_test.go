package builtin_test

import "testing"

const counted = `
const log = [];
const count = (n) => ({ i: 0, next() { log.push('n'); return { value: this.i, done: this.i++ >= n }; }, return() { log.push('r'); return {}; }, __proto__: Iterator.prototype });
const logged = (f) => { log.length = 0; let r; try { r = f(); } catch (e) { r = e.message; } return String(r) + ' ' + log.join(''); };
`

func TestPolyfills(t *testing.T) {
	evaluate(t, &host{}, counted, []check{
		{"groupBy", `JSON.stringify(Object.groupBy([1, 2, 3], (n, i) => n % 2 ? 'odd' : i))`, `{"1":[2],"odd":[1,3]}`},
		{"groupBy", `Object.getPrototypeOf(Object.groupBy([], () => 1))`, nil},
		{"groupBy", `[...Map.groupBy('aba', (c) => c)].join(';')`, "a,a,a;b,b"},
		{"withResolvers", `Object.keys(Promise.withResolvers()).join()`, "promise,resolve,reject"},
		{"try", `Promise.try(() => { throw 1; }).catch(() => {}) instanceof Promise`, true},
		{"hidden", `Object.keys(Object).length + Object.keys(Iterator.prototype).length + Object.keys(globalThis).includes('Iterator')`, int64(0)},
		{"isWellFormed", `['a\u{1F600}', '\uD800', 'a\uDC00b'].map((s) => s.isWellFormed()).join()`, "true,false,false"},
		{"toWellFormed", `'a\uD800b\u{1F600}'.toWellFormed() === 'a\uFFFDb\u{1F600}'`, true},
		{"escape", `RegExp.escape('foo.bar-1/\n')`, `\x66oo\.bar\x2d1\/\n`},
		{"transfer", `new ArrayBuffer(4).transfer(8).byteLength + new ArrayBuffer(4).transfer().byteLength`, int64(12)},
		{"WeakRef", `new WeakRef(log).deref() === log`, true},
		{"numbers", `[1234567.8916, -0.5, 12, 1e21, NaN, -Infinity, 999].map((n) => n.toLocaleString('de', {})).join(' ')`, "1,234,567.892 -0.5 12 1,000,000,000,000,000,000,000 NaN -∞ 999"},
		{"numbers", `(-1234567n).toLocaleString('en-US') + [1000, 2].toLocaleString()`, "-1,234,5671,000,2"},
		{"Iterator", `new Iterator()`, "TypeError: Iterator is abstract"},
		{"Iterator", `new (class extends Iterator {})() instanceof Iterator`, true},
		{"Iterator", `[].values() instanceof Iterator && (function* () {})() instanceof Iterator`, true},

		{"map", `[1, 2].values().map((v, i) => v * 10 + i).toArray().join()`, "10,21"},
		{"filter", `[1, 2, 3].values().filter((v) => v > 1).toArray().join()`, "2,3"},
		{"flatMap", `[1, 2].values().flatMap((v) => [v, v]).toArray().join()`, "1,1,2,2"},
		{"flatMap", `[1].values().flatMap(() => 'no').toArray()`, "TypeError: the callback gave no iterable"},
		{"reduce", `[1, 2, 3].values().reduce((a, b) => a + b)`, int64(6)},
		{"reduce", `[1].values().reduce((a, b, i) => a + i, 5)`, int64(5)},
		{"reduce", `[].values().reduce((a, b) => a)`, "TypeError: reduce of no values without an initial one"},
		{"some", `[1, 2].values().some((v) => v === 2)`, true},
		{"every", `[1, 2].values().every((v) => v === 2)`, false},
		{"find", `[1, 2].values().find((v) => v > 1)`, int64(2)},
		{"from", `Iterator.from({ next() { return { done: this.n > 1, value: this.n = (this.n ?? 0) + 1 }; } }).toArray().join()`, "1,2"},
		{"from", `Iterator.from('ab').map((c) => c + c).toArray().join()`, "aa,bb"},
		{"from", `Iterator.from(5)`, "TypeError: the value is not iterable"},

		{"take closes", `logged(() => count(9).take(2).toArray())`, "0,1 nnr"},
		{"take of none closes", `logged(() => count(9).take(0).toArray())`, " r"},
		{"drop", `logged(() => count(3).drop(1).toArray())`, "1,2 nnnn"},
		{"exhausted", `logged(() => count(1).map((v) => v).toArray())`, "0 nn"},
		{"callback throws", `logged(() => count(9).map(() => { throw Error('x'); }).toArray())`, "x nr"},
		{"closed before it began", `logged(() => JSON.stringify(count(9).map((v) => v).return()))`, `{"done":true} r`},
		{"closed", `logged(() => { const h = count(9).filter(() => true); h.next(); h.return(); return h.next().done; })`, "true nr"},
		{"some closes", `logged(() => count(9).some((v) => v === 1))`, "true nnr"},
		{"wrong count", `logged(() => count(9).take(-1))`, "-1 is not a count r"},
		{"wrong callback", `logged(() => count(9).map(1))`, "callback is not a function r"},
	})
}

func TestAsyncPolyfills(t *testing.T) {
	got := called(t, `
		async function* g() { try { yield 1; yield Promise.resolve(2); } finally { console.log('end'); } }
		Array.fromAsync(g(), (v) => v * 2).then((l) => console.log(l.join()));
		Array.fromAsync([Promise.resolve(1), 2]).then((l) => console.log(l.join()));
		Array.fromAsync({ length: 2, 0: 'a', 1: 'b' }).then((l) => console.log(l.join()));
		Promise.try((a) => a + 1, 1).then((v) => console.log(v));
		const { promise, resolve } = Promise.withResolvers();
		promise.then((v) => console.log(v));
		resolve('resolved');
		return (async () => { for await (const v of g()) if (v === 1) break; })();
	`)
	if want := 7; len(got) != want {
		t.Errorf("%d lines, want %d: %q", len(got), want, got)
	}
}
