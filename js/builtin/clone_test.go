package builtin_test

import "testing"

func TestStructuredClone(t *testing.T) {
	evaluate(t, &host{}, "const c = structuredClone;", []check{
		{"primitives", `[c(1), c('a'), c(true), c(null), c(undefined), c(10n), Object.is(c(-0), -0)].join()`, "1,a,true,,,10,true"},
		{"objects", `JSON.stringify(c({ a: [1, { b: 2 }], __proto__: { no: 1 } }))`, `{"a":[1,{"b":2}]}`},
		{"own __proto__", `(() => { const o = c(JSON.parse('{"__proto__":{"a":1}}')); return [Object.keys(o), Object.getPrototypeOf(o) === Object.prototype].join(); })()`, "__proto__,true"},
		{"cycles", `(() => { const a = { x: [] }; a.x.push(a); const b = c(a); return b !== a && b.x[0] === b; })()`, true},
		{"same twice", `(() => { const o = {}; const [a, b] = c([o, o]); return a === b && a !== o; })()`, true},
		{"deep", `(() => { let o = {}; for (let i = 0; i < 5000; i++) o = { o }; let n = 0; for (let p = c(o); p.o; p = p.o) n++; return n; })()`, int64(5000)},
		{"sparse", `(() => { const a = [1, , 3]; a.x = 1; const b = c(a); return [b.length, 1 in b, b.x].join(); })()`, "3,false,1"},
		{"getters", `c({ get a() { return 5; } }).a`, int64(5)},
		{"classes", `(() => { class A { b = 1; } const a = c(new A()); return a.constructor === Object && a.b === 1; })()`, true},
		{"dates", `[c(new Date(5)).getTime(), c(new Date(NaN)).getTime()].join()`, "5,NaN"},
		{"patterns", `(() => { const r = /a/gi; r.lastIndex = 3; const s = c(r); return [String(s), s.lastIndex].join(); })()`, "/a/gi,0"},
		{"boxed", `[c(new Number(1)), c(new String('a')), c(new Boolean(false)), c(Object(2n))].map((o) => typeof o + o.valueOf()).join()`, "object1,objecta,objectfalse,object2"},
		{"maps", `(() => { const k = {}; const m = c(new Map([[k, new Set([k])]])); const [[key, set]] = m; return key !== k && set.has(key); })()`, true},
		{"no map", `Object.keys(c(Object.create(Map.prototype))).length`, int64(0)},
		{"buffers", `(() => { const a = new Uint8Array([1, 2, 3]); const { x, y } = c({ x: a.subarray(1), y: new DataView(a.buffer, 1, 2) }); a[1] = 9; return [x.join(), x.byteOffset, x.buffer === y.buffer, y.getInt8(0)].join(); })()`, "2,3,1,true,2"},
		{"Buffer", `c(Buffer.from('a')).constructor === Uint8Array`, true},
		{"errors", `(() => { const e = new RangeError('r', { cause: { a: 1 } }); e.x = 1; const d = c(e); return [d instanceof RangeError, d.name, d.message, d.cause.a, d.x, d.stack === e.stack].join(); })()`, "true,RangeError,r,1,,true"},
		{"errors of others", `(() => { class E extends Error { name = 'E'; } const d = c(new E('m')); return [d.constructor === Error, d.name, d.message].join(); })()`, "true,Error,m"},
		{"DOMException", `(() => { const d = c(new DOMException('m', 'AbortError')); return [d instanceof DOMException, d.name, d.message].join(); })()`, "true,AbortError,m"},
		{"functions", `c({ f: () => 1 })`, "DataCloneError: () => 1 could not be cloned."},
		{"symbols", `c(Symbol('s'))`, "DataCloneError: Symbol(s) could not be cloned."},
		{"promises", `c([Promise.resolve()])`, "DataCloneError: #<Promise> could not be cloned."},
		{"weak", `c(new WeakMap())`, "DataCloneError: #<WeakMap> could not be cloned."},
		{"error", `(() => { try { c(() => {}); } catch (e) { return [e instanceof DOMException, e.code].join(); } })()`, "true,25"},
		{"no argument", `c()`, `TypeError: The "value" argument must be specified`},
		{"transfer", `c({ a: 1 }, { transfer: [{}] })`, "DataCloneError: Value not transferable"},
		{"transfer", `(() => { const b = new ArrayBuffer(3); return c(b, { transfer: [b] }).byteLength; })()`, int64(3)},
	})
}
