package builtin_test

import "testing"

// Interfaces of the Web look as Web IDL says, 3.7.
func TestInterfaces(t *testing.T) {
	settle(t, `
		const lengths = (o) => Object.entries(Object.getOwnPropertyDescriptors(o)).filter(([k, d]) => typeof d.value === 'function' && k !== 'constructor').map(([k, d]) => k + d.value.length).sort().join();
		const hidden = (o) => Object.getOwnPropertyNames(o).filter((k) => !Object.getOwnPropertyDescriptor(o, k).enumerable).sort().join();
		const classes = [AbortController, AbortSignal, Crypto, CryptoKey, Headers, Request, Response, SubtleCrypto];
	`, []check{
		{"constructors", `classes.map((c) => c.name + c.length).join()`, "AbortController0,AbortSignal0,Crypto0,CryptoKey0,Headers0,Request1,Response0,SubtleCrypto0"},
		{"members are seen", `classes.map((c) => hidden(c.prototype)).every((names) => names === 'constructor')`, true},
		{"static members are seen", `[AbortSignal, Response].map(hidden).join()`, "length,name,prototype,length,name,prototype"},
		{"tags", `classes.every((c) => c.prototype[Symbol.toStringTag] === c.name)`, true},
		{"AbortController", `lengths(AbortController.prototype)`, "abort0"},
		{"AbortSignal", `lengths(AbortSignal)`, "abort0,any1,timeout1"},
		{"Headers", `lengths(Headers.prototype)`, "append2,delete1,entries0,forEach1,get1,getAll1,getSetCookie0,has1,keys0,set2,values0"},
		{"Response", `lengths(Response)`, "error0,json1,redirect1"},
		{"EventTarget", `lengths(EventTarget.prototype)`, "addEventListener2,dispatchEvent1,removeEventListener2"},
		{"fetch", `fetch.name + fetch.length`, "fetch1"},
		{"no setters", `(() => { const r = new Response(); try { r.status = 5; } catch (e) { return e.name + r.status; } })()`, "TypeError200"},
		{"iterators", `['entries', 'keys', 'values', Symbol.iterator].map((m) => String(new Headers()[m]())).join()`, "[object Headers Iterator],[object Headers Iterator],[object Headers Iterator],[object Headers Iterator]"},
		{"this", `Headers.prototype.keys.call({})`, `TypeError: "this" is not a Headers object`},
		{"this", `Response.prototype.text.call({}).catch((e) => e.name)`, "TypeError"},
		{"this", `Object.getOwnPropertyDescriptor(CryptoKey.prototype, 'type').get.call({})`, "TypeError: Cannot read private member #type from an object whose class did not declare it"},
	})
}
