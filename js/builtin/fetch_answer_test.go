package builtin_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	jshost "weir/js/host"
)

// answers are what a server writes for a path, as it is.
var answers = map[string]string{
	"/204":     "HTTP/1.1 204 No Content\r\n\r\n",
	"/304":     "HTTP/1.1 304 Not Modified\r\n\r\n",
	"/404":     "HTTP/1.1 404 Nope\r\nContent-Length: 4\r\n\r\nnope",
	"/599":     "HTTP/1.1 599 Odd\r\nContent-Length: 0\r\n\r\n",
	"/reason":  "HTTP/1.1 200 \r\nContent-Length: 1\r\n\r\na",
	"/1.0":     "HTTP/1.0 200 Fine\r\n\r\nuntil the end",
	"/open":    "HTTP/1.1 200 OK\r\nFoo: bar\r\nfOO-bAR: x\r\n\r\nuntil the end",
	"/chunked": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
	"/100":     "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na",
	"/bytes":   "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\xff\xfe\x00\x80",
	"/json":    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\":[1]}",
	"/half":    "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{\"a\"",
	"/several": "HTTP/1.1 200 OK\r\nA: 1\r\nb: x\r\na: 2\r\nSet-Cookie: c=1\r\nset-cookie: d=2\r\nContent-Length: 0\r\n\r\n",
	"/short":   "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
	"/garbage": "GARBAGE\r\n\r\n",
	"/lengths": "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
	"/nothing": "",
}

func TestFetchOfAnswers(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/asked" {
			body, _ := io.ReadAll(r.Body)
			fmt.Fprintf(w, "%s %d %s %s", r.Method, r.ContentLength, r.Header["X-A"], body)
			return
		}
		c, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		io.WriteString(rw, answers[r.URL.Path])
		rw.Flush()
		c.Close()
	}))
	t.Cleanup(s.Close)
	host := strings.TrimPrefix(s.URL, "http://")
	broken := `TypeError: fetch of ` + host + `: `
	get := func(path, then string) string {
		return fmt.Sprintf("const r = await fetch(base + '%s'); return %s", path, then)
	}
	runSteps(t, newFetchHost(t, "all", jshost.FetchSettings{}), s.URL, []step{
		{get("/204", "[r.status, r.statusText, r.ok, await r.text(), r.bodyUsed]"), `[204,"No Content",true,"",false]`},
		{get("/304", "[r.status, r.statusText, r.ok, (await r.arrayBuffer()).byteLength]"), `[304,"Not Modified",false,0]`},
		{get("/404", "[r.status, r.statusText, r.ok, await r.text(), r.bodyUsed]"), `[404,"Nope",false,"nope",true]`},
		{get("/599", "[r.status, r.statusText, await r.text(), await r.text().catch((e) => e.message)]"), `[599,"Odd","","body stream already read"]`},
		{get("/reason", "[r.status, r.statusText, await r.text()]"), `[200,"","a"]`},
		{get("/1.0", "[r.statusText, await r.text()]"), `["Fine","until the end"]`},
		{get("/open", "[[...r.headers], await r.text(), r.headers.get('FOO-BAR'), r.headers['Foo-Bar']]"), `[[["foo","bar"],["foo-bar","x"]],"until the end","x","x"]`},
		{get("/chunked", "await r.text()"), `"hello"`},
		{get("/100", "[r.status, await r.text()]"), `[200,"a"]`},
		{get("/bytes", "[...new Uint8Array(await r.arrayBuffer())]"), `[255,254,0,128]`},
		{get("/bytes", "[...await r.clone().bytes(), await r.text()]"), "[255,254,0,128,\"\ufffd\ufffd\\u0000\ufffd\"]"},
		{get("/json", "(await r.json()).a[0]"), `1`},
		{get("/half", "await r.json()"), `SyntaxError: Unexpected end of JSON input (EOF)`},
		{get("/several", "[r.headers.get('a'), r.headers.getAll('A'), r.headers.getSetCookie(), [...r.headers.keys()]]"), `["1, 2",["1","2"],["c=1","d=2"],["a","b","content-length","set-cookie","set-cookie"]]`},
		{get("/short", "await r.text()"), broken + `prematurely closed connection`},
		{get("/nothing", "r.status"), broken + `prematurely closed connection`},
		{`(await fetch(base + '/garbage').catch((e) => e.name))`, `"TypeError"`},
		{`(await fetch(base + '/lengths').catch((e) => e.name))`, `"TypeError"`},

		{`const text = async (init) => (await fetch(base + '/asked', init)).text(); return [await text({ method: 'post', body: 'x' }), await text({ method: 'POST' }), await text({ method: 'PUT', body: '' }), await text({ method: 'DELETE' }), await text({ method: 'x-y', body: new Uint8Array([97]) })]`, `["POST 1 [] x","POST 0 [] ","PUT 0 [] ","DELETE 0 [] ","x-y 1 [] a"]`},
		{`const text = async (headers) => (await fetch(base + '/asked', { headers })).text(); return [await text({ 'X-A': 1 }), await text([['x-a', '1'], ['X-A', ' 2 ']]), await text(new Headers({ 'x-a': '' }))]`, `["GET 0 [1] ","GET 0 [1 2] ","GET 0 [] "]`},
	})
}
