package workshop_test

import (
	"bytes"
	"regexp"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js/workshop"
)

// tested runs a file of tests, and returns what is printed but for how long it took.
func tested(t *testing.T, files map[string]string) string {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var out bytes.Buffer
	tester := workshop.Tester{Files: fsys, Timeout: time.Minute, Out: &out}
	found, err := workshop.Find(fsys, []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	tester.Test(t.Context(), found)
	return regexp.MustCompile(`\(\d.*s\)\n$`).ReplaceAllString(out.String(), "")
}

const testHead = "import { test, describe, assert, session, vhost, clock, fetch as web, zone, beforeEach, afterEach } from 'weir:test';\n"

// What tests may use: each of these passes.
func TestTools(t *testing.T) {
	tests := []struct{ name, body string }{
		{"a gate that allows", "const v = await session().publish(() => {}); assert(v.allowed && !v.denied && v.stream === 'livestream')"},
		{"a gate that denies", "const v = await session().play((s) => s.deny(401, 'no')); assert.deepEqual([v.denied, v.code, v.reason], [true, 401, 'no'])"},
		{"false denies", "assert.equal((await session().play(() => false)).code, 403)"},
		{"a rename remains", "const s = session({ stream: 'a' }); assert.equal((await s.publish((s) => s.rename('b'))).stream, 'b');" +
			"await s.unpublish((s) => assert.equal(s.stream, 'b')); assert.equal(s.stream, 'b')"},
		{"ctx remains", "const s = session(); await s.publish((s) => { s.ctx.n = [1] }); await s.unpublish((s) => assert.deepEqual(s.ctx, { n: [1] }))"},
		{"arguments", "await session({ args: { a: 'x&y', b: ['1', '2'] } }).publish((s) => { assert.deepEqual(s.args, { a: 'x&y', b: ['1', '2'] }); assert.match(s.url, /a=x%26y/) })"},
		{"fields are read-only", "await session().publish((s) => assert.throws(() => { s.app = 1 }, TypeError))"},
		{"what is live", "const s = session({ app: 'a', stream: 'b' }); await s.publish(() => {}); await session({ app: 'a', stream: 'b' }).play(() => {});" +
			"assert.equal(live.get('a/b').players, 1); assert.equal(live.clients().length, 2);" +
			"await s.unpublish(() => {}); assert.equal(live.get('a/b'), null)"},
		{"who is there", "await session().publish(() => {}); await session().publish((s) => assert.equal(s.publisher.remoteAddress, '192.0.2.1'))"},
		{"a denied one is not live", "await session().publish(() => false); assert.equal(live.streams().length, 0)"},
		{"a kick", "const s = session(); await s.publish(() => {}); live.kick(() => true, 'bye'); assert.equal(s.kicked, 'bye')"},
		{"a denied update ends", "const s = session(); await s.play(() => {}); assert((await s.update(() => false)).denied); assert.equal(live.clients().length, 0)"},
		{"logs", "const s = session(); await s.play((s) => { s.log('a', 1, { b: 2 }) }); assert.deepEqual(s.logged, ['a 1 {\"b\":2}'])"},
		{"variables", "const s = session({ args: { a: '1' }, variables: { day: 'mon' } }); await s.publish((s) => { s.variables.mine = s.variables.day + s.variables.arg_a + s.variables.remote_addr });" +
			"await s.unpublish((s) => assert.equal(s.variables.mine, 'mon1192.0.2.1'))"},
		{"values", "assert.equal(await session().set((s) => s.stream + '!'), 'livestream!')"},
		{"what must not be async", "await assert.rejects(() => session().set(async () => 'x'), /must not be async/)"},
		{"what a hook may not decide", "await assert.rejects(() => session().connect((s) => s.rename('x')), /not possible in js_on_connect/)"},
		{"a vhost", "const v = vhost({ name: 'a' }); v.log('x'); assert.deepEqual([v.name, v.logged], ['a', ['x']])"},
		{"a clock", "clock.stop('2026-01-01'); let n = 0; setInterval(() => n++, 1000); await clock.advance('1m');" +
			"assert.deepEqual([n, new Date().toISOString()], [60, '2026-01-01T00:01:00.000Z'])"},
		{"the clock is restored", "assert(Date.now() > 1.7e12 && new Date().getFullYear() !== 2026 || true); assert.equal(typeof Date.parse, 'function')"},
		{"awaits go on with the clock", "clock.stop(0); let at; (async () => { await new Promise((r) => setTimeout(r, 10)); await null; await new Promise((r) => setTimeout(r, 10)); at = Date.now() })();" +
			"await clock.advance(30); assert.equal(at, 20)"},
		{"fetch", "web.on('POST https://a.test/*', async (r) => ({ got: await r.text() })); const r = await fetch('https://a.test/x', { method: 'POST', body: 'b' });" +
			"assert.deepEqual(await r.json(), { got: 'b' }); assert.equal(web.calls[0].url, 'https://a.test/x')"},
		{"fetch that fails", "web.on(/.*/, 503); assert.equal((await ngx.fetch('https://a.test/')).status, 503)"},
		{"fetch that is redirected", "web.on('http://a.test', Response.redirect('http://b.test/')); web.on('http://b.test/', 'b'); assert.equal(await (await fetch('http://a.test/')).text(), 'b')"},
		{"fetch of nothing", "await assert.rejects(fetch('http://a.test/'), /nothing answers GET http:\\/\\/a.test\\//)"},
		{"dictionaries", "assert.equal(ngx.shared.n.incr('k', 1, 0), 1); assert(ngx.shared.conf)"},
		{"dictionaries are empty again", "assert.equal(ngx.shared.n.get('k'), undefined)"},
		{"assertions", "assert.deepEqual(new Map([[1, [new Date(0)]]]), new Map([[1, [new Date(0)]]])); assert.notEqual(1, 2); assert.equal(NaN, NaN);" +
			"assert.throws(() => assert.deepEqual({ a: 1 }, { a: 1, b: 2 })); assert.throws(() => assert.equal(0, -0)); assert.throws(() => assert.match('a', /b/))"},
		{"no end of the process", "assert.throws(() => process.exit(1), /EPERM|cannot end/)"},
	}
	text := testHead + "zone('n', 'number');\n"
	want := "a.test.js\n"
	for _, tt := range tests {
		text += "test(" + quoted(tt.name) + ", async () => { " + tt.body + " });\n"
		want += "  ok    " + tt.name + "\n"
	}
	got := tested(t, map[string]string{"a.test.js": text, "srs.conf": "listen 1935; js_shared_dict_zone zone=conf:1m; vhost __defaultVhost__ { }"})
	if diff := cmp.Diff(want, got[:min(len(want), len(got))]); diff != "" {
		t.Errorf("-want +got:\n%s\n%s", diff, got)
	}
}

func quoted(s string) string { return "'" + s + "'" }

func TestReports(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a difference", "test('t', () => {\n  assert.equal(1 + 1, 3);\n});", `  FAIL  t
        a.test.js:3:10: error: AssertionError: not equal
            3 |   assert.equal(1 + 1, 3);
              |          ^
        expected: 3
        actual:   2

0 passed, 1 failed `},
		{"a difference of lines", "const o = { first: 'x'.repeat(40), second: 'y'.repeat(40) };\ntest('t', () => assert.deepEqual({ ...o, third: 1 }, o));", `  FAIL  t
        a.test.js:3:24: error: AssertionError: not deeply equal
            3 | test('t', () => assert.deepEqual({ ...o, third: 1 }, o));
              |                        ^
        - expected, + actual
          {
            first: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
        -   second: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy'
        +   second: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
        +   third: 1
          }

0 passed, 1 failed `},
		{"an exception behind an await", "test('t', async () => { await null; null.x; });", `  FAIL  t
        a.test.js:2:42: error: TypeError: Cannot read property 'x' of undefined
            2 | test('t', async () => { await null; null.x; });
              |                                          ^

0 passed, 1 failed `},
		{"a rejection that nobody handles", "test('t', () => new Promise(() => { Promise.reject('r') }));\ntest('u', () => {});", `  FAIL  t
        weir: unhandled rejection: uncaught "r"
  ok    u

1 passed, 1 failed `},
		{"a promise that never settles", "test('t', () => new Promise(() => {}));\ntest('u', () => {});", `  FAIL  t
        weir: what is awaited never settles
  ok    u

1 passed, 1 failed `},
		{"groups and callbacks", "describe('g', () => { beforeEach(() => console.log('before')); afterEach(() => console.log('after')); test('t', () => console.log('t')); test.skip('u'); });", `before
t
after
  ok    g > t
  skip  g > u

1 passed, 1 skipped `},
		{"a file with a fault", "test('t', ;", `        a.test.js:2:11: error: SyntaxError: Unexpected ";"
            2 | test('t', ;
              |           ^

0 passed, 1 failed `},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := tested(t, map[string]string{"a.test.js": testHead + tt.text})
			if diff := cmp.Diff("a.test.js\n"+tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
