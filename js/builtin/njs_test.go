package builtin_test

import "testing"

func TestNjs(t *testing.T) {
	evaluate(t, &host{}, "", []check{
		{"version", `[njs.version, njs.version_number.toString(16), njs.engine].join()`, "1.0.0,10000,goja"},
		{"memory", `njs.memoryStats.size > 0`, true},
		{"dump", `njs.dump({ a: 1, b: ['x', { 'c-d': null }], f() {}, e: [], o: {} })`, `{a:1,b:['x',{'c-d':null}],f:[Function: f],e:[],o:{}}`},
		{"dump", `njs.dump({ a: [1, { b: 2 }] }, 1)`, "{\n a: [\n  1,\n  {\n   b: 2\n  }\n ]\n}"},
		{"dump", `njs.dump([1], '\t')`, "[\n\t1\n]"},
		{"dump", `[njs.dump('a'), njs.dump(undefined), njs.dump(new Date(0)), njs.dump(Symbol('s')), njs.dump({ get a() { throw 1; } })].join()`, "'a',undefined,1970-01-01T00:00:00.000Z,Symbol(s),{a:[Getter]}"},
		{"dump", `(() => { const o = { a: 1 }; o.o = o; return njs.dump(o); })()`, "{a:1,o:[Circular]}"},
		{"dump", `njs.dump(new Map([[1, 2]]))`, "Map(1) { 1 => 2 }"},
		{"dump", `njs.dump([1, , new Uint8Array([2]), new (class P { x = 1; })(), new TypeError('m'), new Headers({ a: 'b' })])`, "[1,<empty>,Uint8Array [2],P {x:1},TypeError: m,Headers {a:'b'}]"},
		{"dump", `njs.dump(Buffer.from('a')) + njs.dump(Math) + njs.dump(Object.create(null))`, "Buffer [97]Math {}{}"},
		{"dump", `njs.dump({ r: AbortSignal.abort() }) + njs.dump(new URL('http://a/')).slice(0, 5) + njs.dump(new Response('')).slice(0, 47)`, `{r:AbortSignal {aborted:true}}URL {Response {status:200,statusText:'',headers:Head`},
		{"on", `njs.on('start', () => {})`, `TypeError: unknown event "start"`},
		{"on", `njs.on('exit', 5)`, `TypeError: The "callback" argument must be of type function. Received type number (5)`},
		{"on", `njs.on('exit', () => {}) === undefined`, true},
	})
}
