package builtin_test

import "testing"

// What is expected is Node's answer.
func TestQuerystring(t *testing.T) {
	evaluate(t, &host{}, "import qs, { parse, stringify } from 'querystring'; import { escape } from 'node:querystring'; const p = (...a) => JSON.stringify(parse(...a)); const s = stringify;", []check{
		{"names", `parse === qs.decode && stringify === qs.encode && escape === qs.escape`, true},
		{"parse", `p('foo=bar&abc=xyz&abc=123')`, `{"foo":"bar","abc":["xyz","123"]}`},
		{"three", `p('a=1&a=2&a=3')`, `{"a":["1","2","3"]}`},
		{"encoded", `p('a%20b=c+d%2B&%E2%82%AC=%e2%82%ac')`, `{"a b":"c d+","€":"€"}`},
		{"malformed", `p('a=%zz&b=%e2%82&c=%')`, "{\"a\":\"%zz\",\"b\":\"\uFFFD\",\"c\":\"%\"}"},
		{"empty", `p('&&a&=b&c=&')`, `{"a":"","":"b","c":""}`},
		{"equals again", `p('a=b=c')`, `{"a":"b=c"}`},
		{"no text", `[p(''), p(5), p(null), p({})].join()`, "{},{},{},{}"},
		{"no prototype", `Object.getPrototypeOf(parse('a=b')) === null && p('__proto__=1&toString=2') === '{"__proto__":"1","toString":"2"}'`, true},
		{"separators", `p('a:b;c:d', ';', ':') + p('a=>b&&c=>d', '&&', '=>') + p('a=b', null, '')`, `{"a":"b","c":"d"}{"a":"b","c":"d"}{"a":"b"}`},
		{"maxKeys", `[p('a&b&c', null, null, { maxKeys: 2 }), p('a&b&c', null, null, { maxKeys: -1 }), p('a&b', null, null, { maxKeys: '1' })].join()`, `{"a":"","b":""},{"a":"","b":"","c":""},{"a":"","b":""}`},
		{"maxKeys", `Object.keys(parse('a&'.repeat(0) + Array.from({ length: 1500 }, (_, i) => 'k' + i).join('&'))).length + Object.keys(parse(Array.from({ length: 1500 }, (_, i) => 'k' + i).join('&'), '&', '=', { maxKeys: 0 })).length`, int64(2500)},
		{"decoder", `p('a+=%41', null, null, { decodeURIComponent: (s) => '<' + s + '>' })`, `{"<a%20>":"<%41>"}`},
		{"decoder throws", `p('a=%41', null, null, { decodeURIComponent() { throw new Error('x'); } })`, `{"a":"A"}`},

		{"stringify", `s({ foo: 'bar', baz: ['qux', 'quux'], corge: '' })`, "foo=bar&baz=qux&baz=quux&corge="},
		{"values", `s({ a: 1, b: true, c: null, d: undefined, e: NaN, f: {}, g: 10n, h: () => 1, i: [], j: [null, 2] })`, "a=1&b=true&c=&d=&e=&f=&g=10&h=&j=&j=2"},
		{"escapes", `s({ "a b&=": "é!'()*-._~" })`, "a%20b%26%3D=%C3%A9!'()*-._~"},
		{"separators", `s({ a: 1, b: [2, 3] }, ';', ':')`, "a:1;b:2;b:3"},
		{"encoder", `s({ a: 'é' }, null, null, { encodeURIComponent: (v) => '<' + v + '>' })`, "<a>=<é>"},
		{"no object", `[s(), s(null), s('a'), s(5), s(['x', 'y'])].join('|')`, "||||0=x&1=y"},
		{"escape", `[qs.escape({}), qs.escape(5), qs.escape(''), qs.escape('a b')].join()`, "%5Bobject%20Object%5D,5,,a%20b"},
		{"lone surrogate", `(() => { try { qs.escape('\ud800'); } catch (e) { return e.name; } })()`, "URIError"},
		{"unescape", `qs.unescape('a%20b%zz+')`, "a b%zz+"},
		{"replaced", `(() => { const was = qs.unescape; qs.unescape = () => 'x'; try { return p('a=b'); } finally { qs.unescape = was; } })()`, `{"x":"x"}`},
	})
}
