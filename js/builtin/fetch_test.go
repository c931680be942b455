package builtin_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/js/builtin"
	jshost "weir/js/host"
)

// fetchHost is a server that fetches for scripts.
type fetchHost struct {
	jshost.Host

	mu     sync.Mutex
	logged []string
}

func (h *fetchHost) Log(_ js.Origin, _ js.Level, message string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.logged = append(h.logged, message)
}

// newFetchHost permits all that a line of js_permit says.
func newFetchHost(t *testing.T, line string, f jshost.FetchSettings) *fetchHost {
	t.Helper()
	p, err := jshost.ParsePermit(strings.Fields(line))
	if err != nil {
		t.Fatal(err)
	}
	h := &fetchHost{}
	settings := &jshost.Settings{Permit: p, Fetch: f}
	h.Settings = func(string) *jshost.Settings { return settings }
	t.Cleanup(h.Close)
	return h
}

// step is the body of an async function, or an expression, and the JSON of its
// value; of what it throws it is "TypeError: message".
type step struct{ body, want string }

// runSteps runs each step with the server's URL as base.
func runSteps(t *testing.T, h js.Host, base string, steps []step) {
	t.Helper()
	var module strings.Builder
	fmt.Fprintf(&module, `const base = %q;
		const tried = (f) => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
		const all = [`, base)
	for _, s := range steps {
		body := s.body
		if !strings.Contains(body, "return") || strings.HasPrefix(body, "tried") {
			body = "return (" + body + ");"
		}
		fmt.Fprintf(&module, "async () => { %s },\n", body)
	}
	module.WriteString(`];
		export async function run(i) {
			try { return JSON.stringify(await all[i]()) ?? 'undefined'; } catch (e) { return e?.name ? e.name + ': ' + e.message : 'thrown ' + String(e); }
		}`)
	fsys := fstest.MapFS{"m.js": &fstest.MapFile{Data: []byte(module.String())}}
	o := js.Options{Modules: builtin.Modules(builtin.Server{}), Host: h, Budget: js.Budget{Wall: time.Minute, CPU: time.Minute}}
	p, err := js.Compile(fsys, []js.Source{{Unit: "v", Imports: []js.Import{{Name: "m", File: "m.js", Dirs: []string{"."}}}}}, o)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := js.NewPool(p, o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := pool.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	for i, s := range steps {
		r, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "run"}, Args: []js.Value{int64(i)}, Origin: js.Origin{VHost: "v"}})
		if err != nil {
			t.Errorf("%s: %v", s.body, err)
			continue
		}
		if diff := cmp.Diff(strings.ReplaceAll(s.want, "BASE", base), r.Value); diff != "" {
			t.Errorf("%s (-want +got):\n%s", s.body, diff)
		}
	}
}

func TestHeaders(t *testing.T) {
	runSteps(t, &host{}, "", []step{
		{`String(new Headers())`, `"[object Headers]"`},
		{`[...new Headers({ b: 'Z', A: ' X ' })]`, `[["a","X"],["b","Z"]]`},
		{`[...new Headers([['b', 'Z'], ['a', 'X'], ['A', 'Y']])]`, `[["a","X, Y"],["b","Z"]]`},
		{`[...new Headers(new Map([['a', 'b']]))]`, `[["a","b"]]`},
		{`[...new Headers(new Headers({ a: 1 }))]`, `[["a","1"]]`},
		{`[...new Headers(undefined).keys()]`, `[]`},
		{`new Headers(null)`, `TypeError: Headers is not an object`},
		{`new Headers('a')`, `TypeError: Headers is not an object`},
		{`new Headers(['a'])`, `TypeError: header does not contain exactly two items`},
		{`new Headers([['a']])`, `TypeError: header does not contain exactly two items`},
		{`new Headers([['a', 'b', 'c']])`, `TypeError: header does not contain exactly two items`},
		{`new Headers({ '': 'X' })`, `TypeError: invalid header name`},
		{`new Headers({ 'a b': 'X' })`, `TypeError: invalid header name`},
		{`new Headers({ 'a\r\nb': 'X' })`, `TypeError: invalid header name`},
		{`new Headers({ 'ä': 'X' })`, `TypeError: invalid header name`},
		{`new Headers({ a: 'X\0' })`, `TypeError: invalid header value`},
		{`new Headers({ a: 'X\r\nb: c' })`, `TypeError: invalid header value`},
		{`new Headers({ a: 'X\nb: c' })`, `TypeError: invalid header value`},
		{`new Headers({ a: '\u0100' })`, `TypeError: invalid header value`},
		{`new Headers({ a: '\r\n\tX \n' }).get('a')`, `"X"`},
		{`Headers()`, `TypeError: Class constructor cannot be invoked without 'new'`},
		{`const h = new Headers({ a: 'X' }); h.append('A', 'Y'); h.append('b', 1); return [h.get('a'), h.get('b'), h.get('c'), h.has('B'), h.has('c')]`, `["X, Y","1",null,true,false]`},
		{`const h = new Headers({ a: 'X' }); h.set('A', 'Y'); h.set('b', 'Z'); return [...h]`, `[["a","Y"],["b","Z"]]`},
		{`const h = new Headers({ a: 'X', b: 'Y' }); h.delete('A'); h.delete('c'); return [...h.values()]`, `["Y"]`},
		{`const h = new Headers([['a', 'X'], ['a', 'Y']]); return [h.getAll('A'), h.getAll('b')]`, `[["X","Y"],[]]`},
		{
			`const h = new Headers([['set-cookie', 'a=1'], ['b', 'c'], ['Set-Cookie', 'd=2']]); return [h.getSetCookie(), h.get('set-cookie'), [...h], new Headers(h).getSetCookie(), new Headers().getSetCookie()]`,
			`[["a=1","d=2"],"a=1, d=2",[["b","c"],["set-cookie","a=1"],["set-cookie","d=2"]],["a=1","d=2"],[]]`,
		},
		{`const l = []; const h = new Headers({ b: 'Y', a: 'X' }); h.forEach(function (k, v, o) { l.push(k + v + (o === h) + this); }, 't'); return l`, `["aXtruet","bYtruet"]`},
		{`new Headers().forEach(1)`, `TypeError: "callback" is not a function`},
		{`new Headers().forEach()`, `TypeError: 1st argument is required`},
		{`new Headers().append('a')`, `TypeError: 2 arguments are required`},
		{`new Headers().get()`, `TypeError: 1st argument is required`},
		{`new Headers().get('')`, `TypeError: invalid header name`},
		{`Headers.prototype.get.call({}, 'a')`, `TypeError: "this" is not a Headers object`},
		{
			`const h = new Headers({ b: 'Y', 'Content-Type': 'X' }); return [h['content-type'], h['Content-Type'], h.b, h.c, Object.keys(h), 'B' in h, 'c' in h, JSON.stringify(h)]`,
			`["X","X","Y",null,["b","content-type"],true,false,"{\"b\":\"Y\",\"content-type\":\"X\"}"]`,
		},
		{
			`const h = new Headers({ get: 'X', constructor: 'Y', then: 'Z' }); const l = []; for (const k in h) l.push(k); return [typeof h.get, h.constructor === Headers, h.then, h.get('get'), l.includes('then')]`,
			`["function",true,"Z","X",true]`,
		},
		{`class H extends Headers { first() { return [...this][0]; } }; const h = new H({ a: 1 }); return [h.first(), h instanceof Headers, new Headers(h).get('a')]`, `[["a","1"],true,"1"]`},
		{`new Headers()[Symbol.iterator] === Headers.prototype.entries`, `true`},
		{`const h = new Headers({ a: 1, b: 2, c: 3 }); const l = []; for (const [k] of h) { l.push(k); h.delete('b'); } return l`, `["a","c"]`},
		{`const h = new Headers({ a: 1 }); const l = []; h.forEach((k) => { l.push(k); if (l.length < 3) h.append('z' + l.length, 'x'); }); return l`, `["a","z1","z2"]`},
		{`new Headers({ a: Symbol() })`, `TypeError: Cannot convert a Symbol value to a string`},
		{`const h = new Headers(); h.__proto__; h.append('__proto__', 'x'); return [h.get('__proto__'), h instanceof Headers]`, `["x",true]`},
	})
}

func TestRequest(t *testing.T) {
	runSteps(t, &host{}, "", []step{
		{`new Request()`, `TypeError: 1st argument is required`},
		{`new Request(null)`, `TypeError: input is not string or a Request object`},
		{`new Request(1)`, `TypeError: input is not string or a Request object`},
		{`new Request({})`, `TypeError: input is not string or a Request object`},
		{`new Request('/a')`, `TypeError: unsupported URL schema (only http or https are supported)`},
		{`new Request('ftp://a')`, `TypeError: unsupported URL schema (only http or https are supported)`},
		{`new Request('http://')`, `TypeError: invalid url`},
		{`new Request('http://a:b@c/')`, `TypeError: invalid url`},
		{`String(new Request('http://a'))`, `"[object Request]"`},
		{
			`const r = new Request('http://nginx.org'); return [r.url, r.method, r.cache, r.credentials, r.mode, r.redirect, r.bodyUsed, r.body, r.signal.aborted]`,
			`["http://nginx.org","GET","default","same-origin","no-cors","follow",false,null,false]`,
		},
		{`new Request(' \n\thttp://nginx.org\0 ').url`, `"http://nginx.org"`},
		{`new Request(new URL('http://a/b')).url`, `"http://a/b"`},
		{`const r = new Request('http://a', { method: 'post', headers: { a: 'X' }, cache: 'No-Cache', credentials: 'include', mode: 'cors', redirect: 'error' });
			return [r.method, r.headers.get('a'), r.cache, r.credentials, r.mode, r.redirect]`, `["POST","X","no-cache","include","cors","error"]`},
		{`['get', 'patch', 'PATCH', 'x'].map((method) => new Request('http://a', { method }).method)`, `["GET","patch","PATCH","x"]`},
		{`new Request('http://a', { method: 'connect' })`, `TypeError: forbidden method: CONNECT`},
		{`new Request('http://a', { method: '' })`, `TypeError: invalid Request method`},
		{`new Request('http://a', { method: 'A B' })`, `TypeError: invalid Request method`},
		{`new Request('http://a', { cache: 'X' })`, `TypeError: unknown cache type: X`},
		{`new Request('http://a', { credentials: 'X' })`, `TypeError: unknown credentials type: X`},
		{`new Request('http://a', { mode: 'X' })`, `TypeError: unknown mode type: X`},
		{`new Request('http://a', { redirect: 'X' })`, `TypeError: unknown redirect type: X`},
		{`new Request('http://a', { headers: 'X' })`, `TypeError: Headers is not an object`},
		{`new Request('http://a', { signal: 'X' })`, `TypeError: the signal is not an AbortSignal`},
		{`new Request('http://a', 'X')`, `TypeError: the options are not an object`},
		{`const r = new Request('http://a', { method: 'POST', body: 'é' }); return [r.headers.get('content-type'), await r.text(), r.bodyUsed]`, `["text/plain;charset=UTF-8","é",true]`},
		{`new Request('http://a', { method: 'POST', body: 'x', headers: { 'Content-Type': 'y' } }).headers.getAll('content-type')`, `["y"]`},
		{
			`const r = new Request('http://a', { method: 'POST', body: new URLSearchParams({ a: 'b c' }) }); return [r.headers.get('content-type'), await r.text()]`,
			`["application/x-www-form-urlencoded;charset=UTF-8","a=b+c"]`,
		},
		{`const r = new Request('http://a', { method: 'POST', body: new Uint8Array([104, 105]).subarray(1) }); return [r.headers.get('content-type'), await r.text()]`, `[null,"i"]`},
		{`await new Request('http://a', { body: '{"a":[1]}' }).json()`, `{"a":[1]}`},
		{`const b = await new Request('http://a', { body: 'é' }).arrayBuffer(); return [b instanceof ArrayBuffer, [...new Uint8Array(b)]]`, `[true,[195,169]]`},
		{`const r = new Request('http://a', { body: 'x' }); await r.text(); return await r.text()`, `TypeError: body stream already read`},
		{`const r = new Request('http://a'); return [await r.text(), r.bodyUsed, await r.text(), (await r.arrayBuffer()).byteLength]`, `["",false,"",0]`},
		{`const r = new Request('http://a', { method: 'PUT', headers: { a: 'X' }, body: 'b', cache: 'reload' }); const s = new Request(r, { headers: { b: 'Y' } });
			return [s.method, [...s.headers], s.cache, await s.text(), r.bodyUsed]`, `["PUT",[["b","Y"]],"reload","b",true]`},
		{
			`const r = new Request('http://a', { method: 'PUT', body: 'b' }); const s = r.clone(); return [await s.text(), await r.text(), s.method, s.headers.get('content-type')]`,
			`["b","b","PUT","text/plain;charset=UTF-8"]`,
		},
		{
			`const r = new Request('http://a', { body: 'b' }); await r.text(); return tried(() => r.clone()) + tried(() => new Request(r))`,
			`"TypeError: body stream already readTypeError: body stream already read"`,
		},
		{`const r = new Request('http://a'); r.headers.append('a', 'b'); r.headers.append('a', 'c'); return r.headers.get('a')`, `"b, c"`},
	})
}

func TestResponse(t *testing.T) {
	runSteps(t, &host{}, "", []step{
		{`String(new Response())`, `"[object Response]"`},
		{`const r = new Response(); return [r.url, r.status, r.statusText, r.ok, r.type, r.redirected, r.bodyUsed, r.body, await r.text()]`, `["",200,"",true,"basic",false,false,null,""]`},
		{
			`const r = new Response('{"a":1}', { status: '404', statusText: 'Not', headers: { a: 'b' } }); return [r.status, r.statusText, r.ok, [...r.headers], await r.json()]`,
			`[404,"Not",false,[["a","b"],["content-type","text/plain;charset=UTF-8"]],{"a":1}]`,
		},
		{`new Response('', { status: 199 })`, `RangeError: status provided (199) is outside of [200, 599] range`},
		{`new Response('', { status: 600 })`, `RangeError: status provided (600) is outside of [200, 599] range`},
		{`new Response('', { status: 'x' })`, `RangeError: status provided (0) is outside of [200, 599] range`},
		{`new Response('', { statusText: 'a\n' })`, `TypeError: invalid Response statusText`},
		{`new Response('', { statusText: '\u2603' })`, `TypeError: invalid Response statusText`},
		{`new Response('', { statusText: '\u00e9\t!' }).statusText`, `"é\t!"`},
		{`new Response('', { headers: 1 })`, `TypeError: Headers is not an object`},
		{`new Response('x', { status: 204 })`, `TypeError: Response with null body status cannot have body`},
		{`new Response(null, { status: 204 }).status`, `204`},
		{`const r = new Response('x'); await r.text(); return await r.json()`, `TypeError: body stream already read`},
		{`await new Response('{').json()`, `SyntaxError: Unexpected end of JSON input (EOF)`},
		{`await new Response(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff])).text()`, "\"a\ufffd\""},
		{`[...await new Response(new Uint8Array([1, 2])).bytes()]`, `[1,2]`},
		{`const b = new Uint8Array([1]); const r = new Response(b); b[0] = 2; return [...await r.bytes()]`, `[1]`},
		{`const r = new Response(new ArrayBuffer(2)); const s = r.clone(); new Uint8Array(await r.arrayBuffer())[0] = 1; return [...await s.bytes()]`, `[0,0]`},
		{`const r = Response.error(); return [r.type, r.status, tried(() => r.headers.set('a', 'b'))]`, `["error",0,"TypeError: cannot set in immutable object"]`},
		{`const r = Response.json({ a: [1] }, { status: 201 }); return [r.status, r.headers.get('content-type'), await r.text()]`, `[201,"application/json","{\"a\":[1]}"]`},
		{`Response.json({}, { headers: { 'Content-Type': 'a/b' } }).headers.getAll('content-type')`, `["a/b"]`},
		{`Response.json(() => 1)`, `TypeError: the data is not JSON serializable`},
		{`const r = Response.redirect('http://a/b', 308); return [r.status, r.headers.get('location')]`, `[308,"http://a/b"]`},
		{`Response.redirect('http://a', 200)`, `RangeError: 200 is no status of a redirect`},
	})
}

func TestAbort(t *testing.T) {
	runSteps(t, &host{}, "", []step{
		{`new AbortSignal()`, `TypeError: Illegal constructor`},
		{
			`const c = new AbortController(); return [String(c), String(c.signal), c.signal === c.signal, c.signal instanceof EventTarget, c.signal.aborted, c.signal.reason ?? 'none', c.signal.onabort]`,
			`["[object AbortController]","[object AbortSignal]",true,true,false,"none",null]`,
		},
		{
			`const c = new AbortController(); const l = []; c.signal.onabort = (e) => l.push(e.type, e.target === c.signal); c.signal.addEventListener('abort', () => l.push('second'));
			c.abort(); c.abort('again'); const r = c.signal.reason; return [l, r.name, r.message, r instanceof DOMException, r.code, tried(() => c.signal.throwIfAborted())]`,
			`[["abort",true,"second"],"AbortError","This operation was aborted",true,20,"AbortError: This operation was aborted"]`,
		},
		{`const c = new AbortController(); c.abort(0); return [c.signal.aborted, c.signal.reason]`, `[true,0]`},
		{`const s = AbortSignal.abort('why'); return [s.aborted, s.reason]`, `[true,"why"]`},
		{
			`const s = AbortSignal.timeout(1); await new Promise((f) => s.addEventListener('abort', f)); return [s.reason.name, s.reason.message, s.reason.code]`,
			`["TimeoutError","The operation was aborted due to timeout",23]`,
		},
		{`AbortSignal.timeout(-1)`, `TypeError: The "delay" argument is out of range`},
		{`AbortSignal.timeout()`, `TypeError: The "delay" argument is out of range`},
		{`const [a, b] = [new AbortController(), new AbortController()]; const s = AbortSignal.any([a.signal, b.signal, a.signal]); const l = []; s.onabort = () => l.push(s.reason);
			b.abort('b'); a.abort('a'); return [l, s.aborted, s.reason]`, `[["b"],true,"b"]`},
		{`AbortSignal.any([new AbortController().signal, AbortSignal.abort('x')]).reason`, `"x"`},
		{`AbortSignal.any([]).aborted`, `false`},
		{`AbortSignal.any([1])`, `TypeError: The "signals" argument must be a sequence of AbortSignal`},
	})
}

// site is a server that shows what it was asked.
func site(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch r.URL.Path {
		case "/redirect":
			http.Redirect(w, r, "/echo", http.StatusFound)
		case "/large":
			io.WriteString(w, strings.Repeat("x", 2<<20))
		case "/never":
			<-r.Context().Done()
		default:
			w.Header().Add("Set-Cookie", "a=1")
			w.Header().Add("Set-Cookie", "b=2")
			w.Header().Set("Foo", "Bar")
			h := r.Header
			json.NewEncoder(w).Encode([]string{r.Method, r.RequestURI, h.Get("Content-Type"), h.Get("User-Agent"), h.Get("X"), string(body)})
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func TestFetch(t *testing.T) {
	s := site(t)
	h := newFetchHost(t, "fetch 127.0.0.1", jshost.FetchSettings{})
	runSteps(t, h, s.URL, []step{
		{`await (await fetch(base + '/a?b#c')).json()`, `["GET","/a?b","","weir","",""]`},
		{
			`await (await fetch(base, { method: 'POST', body: 'é', headers: { x: 'é', 'User-Agent': 'me' } })).json()`,
			"[\"POST\",\"/\",\"text/plain;charset=UTF-8\",\"me\",\"\ufffd\",\"é\"]",
		},
		{
			`await (await fetch(new Request(base, { method: 'PUT', body: new Uint8Array([97]) }), { headers: { x: '1' } })).json()`,
			`["PUT","/","","weir","1","a"]`,
		},
		{
			`const r = await fetch(base + '/a#b'); return [r.url, r.status, r.statusText, r.ok, r.type, r.redirected, r.headers.get('foo'), r.headers.Foo, r.headers.getSetCookie(), tried(() => r.headers.append('a', 'b'))]`,
			`["BASE/a",200,"OK",true,"basic",false,"Bar","Bar",["a=1","b=2"],"TypeError: cannot append to immutable object"]`,
		},
		{`const r = await fetch(base + '/redirect'); return [r.status, r.redirected, r.url]`, `[200,true,"BASE/echo"]`},
		{`const r = await fetch(base + '/redirect', { redirect: 'manual' }); return [r.status, r.redirected, r.headers.get('location')]`, `[302,false,"/echo"]`},
		{`await fetch(base + '/redirect', { redirect: 'error' })`, `TypeError: unexpected redirect`},
		{`await fetch(base, { body: 'x' })`, `TypeError: Request with GET/HEAD method cannot have body`},
		{`await fetch('http://users.internal:8080/a')`, `TypeError: fetch of users.internal:8080 is not permitted: add "js_permit fetch users.internal:8080;"`},
		{`await fetch('http://users.internal/').catch((e) => [e instanceof TypeError, e.code])`, `[true,"EACCES"]`},
		{`await fetch(base + '/large')`, `TypeError: fetch of ` + strings.TrimPrefix(s.URL, "http://") + `: http response body is too large`},
		{`fetch('nonsense').catch((e) => e.message)`, `"unsupported URL schema (only http or https are supported)"`},
		{`const r = await fetch(base, { method: 'HEAD' }); return [r.status, await r.text()]`, `[200,""]`},
		{`const c = new AbortController(); const p = fetch(base + '/never', { signal: c.signal }); setTimeout(() => c.abort(), 10); return p`, `AbortError: This operation was aborted`},
		{`fetch(base + '/never', { signal: AbortSignal.timeout(10) })`, `TimeoutError: The operation was aborted due to timeout`},
		{`fetch(base, { signal: AbortSignal.abort('before') })`, `thrown before`},
		{`const c = new AbortController(); const p = fetch(new Request(base + '/never', { signal: c.signal })); c.abort('at once'); return p`, `thrown at once`},
		{`const c = new AbortController(); const r = await fetch(base, { signal: c.signal }); c.abort(); return (await r.text()).length > 0`, `true`},
		{
			`(await Promise.all(Array.from({ length: 20 }, (_, i) => fetch(base + '/' + i).then((r) => r.json())))).map((a) => a[1]).join('')`,
			`"/0/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19"`,
		},

		{
			`await (await ngx.fetch(base + '/a', { body: 'x', method: 'POST', headers: { x: 1 }, buffer_size: 4096 })).json()`,
			`["POST","/a","text/plain;charset=UTF-8","weir","1","x"]`,
		},
		{`const r = await ngx.fetch(base + '/redirect'); return [r.status, r.redirected, r.url]`, `[302,false,"BASE/redirect"]`},
		{`(await ngx.fetch(base + '/redirect', { redirect: 'follow' })).status`, `200`},
		{`(await (await ngx.fetch(base + '/large', { max_response_body_size: 3e6 })).text()).length`, `2097152`},
		{`await ngx.fetch(base, { max_response_body_size: 10 })`, `TypeError: fetch of ` + strings.TrimPrefix(s.URL, "http://") + `: http content length is too large`},
		{`await ngx.fetch(base + '/', { body: 'x' }).then((r) => r.status)`, `200`},
	})
	if c := h.FetchCounts()["v"]; c.Active != 0 || c.Aborted < 2 {
		t.Errorf("counts %+v, want aborts", c)
	}
}

// The server's own requests end when the script aborts its fetch.
func TestAbortReachesTheServer(t *testing.T) {
	released := make(chan struct{})
	begun := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/begun" {
			<-begun
			return
		}
		close(begun)
		<-r.Context().Done()
		close(released)
	}))
	t.Cleanup(s.Close)
	runSteps(t, newFetchHost(t, "all", jshost.FetchSettings{}), s.URL, []step{
		{`const c = new AbortController(); const p = fetch(base, { signal: c.signal }); await fetch(base + '/begun'); c.abort('enough'); return p`, `thrown enough`},
	})
	<-released
}

// A failure has the place of the fetch, also where nobody awaits it.
func TestFailedFetchHasAPlace(t *testing.T) {
	h := newFetchHost(t, "all", jshost.FetchSettings{})
	runSteps(t, h, "http://127.0.0.1:1", []step{
		{
			`fetch(base).catch((e) => [e.code, e.stack.split('\n')[0], e.stack.includes('m.js')])`,
			`["ECONNREFUSED","TypeError: fetch of 127.0.0.1:1: connect failed: connection refused",true]`,
		},
	})
}
