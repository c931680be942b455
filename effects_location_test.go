package weir_test

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/weirtest"
)

// located serves http_server with the directives, and others at the top level.
func located(t testing.TB, top, locations string) *weirtest.Server {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file.txt"), []byte("a file"), 0o600); err != nil {
		t.Fatal(err)
	}
	return weirtest.Up(t, "listen 1935; "+top+"\nhttp_server { enabled on; listen 8080; dir "+dir+"; "+locations+"}\n"+
		"vhost __defaultVhost__ { hls { enabled on; } http_remux { enabled on; } }\n")
}

// said sends a request as it is written, and returns the answer: its status, its
// headers and its body.
func said(t testing.TB, s *weirtest.Server, text string) string {
	t.Helper()
	c, err := net.Dial("tcp", s.HTTP)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, text)
	return answer(t, bufio.NewReader(c), text)
}

func answer(t testing.TB, from *bufio.Reader, to string) string {
	t.Helper()
	method, _, _ := strings.Cut(to, " ")
	resp, err := http.ReadResponse(from, &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%q: %v", to, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("%q: %v", to, err)
	}
	resp.Header.Del("Date")
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", resp.Status)
	resp.Header.Write(&b)
	return strings.ReplaceAll(fmt.Sprintf("%s\n%s", b.String(), body), "\r\n", "\n")
}

// head is the beginning of an answer that may have no end.
func head(t testing.TB, s *weirtest.Server, path string) string {
	t.Helper()
	resp, err := http.Get("http://" + s.HTTP + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", resp.Status)
	resp.Header.Write(&b)
	return strings.ReplaceAll(b.String(), "\r\n", "\n")
}

// get is a request for a path; more are headers.
func get(path string, more ...string) string { return request("GET", path, "", more...) }

func request(method, path, body string, more ...string) string {
	text := method + " " + path + " HTTP/1.1\r\nHost: a.example\r\n"
	for _, m := range more {
		text += m + "\r\n"
	}
	if body != "" {
		text += fmt.Sprintf("Content-Length: %d\r\n", len(body))
	}
	return text + "\r\n" + body
}

// has checks that an answer begins with the status, ends with the body, and has the
// rest somewhere.
func has(t *testing.T, what, got, status, body string, rest ...string) {
	t.Helper()
	if !strings.HasPrefix(got, status) || !strings.HasSuffix(got, "\n\n"+body) {
		t.Errorf("%s: %s\n, want %s with %q", what, got, status, body)
	}
	for _, r := range rest {
		if !strings.Contains(got, r) {
			t.Errorf("%s: there is no %q in:\n%s", what, r, got)
		}
	}
}

func TestContentDirective(t *testing.T) {
	t.Parallel()
	s := located(t, "", `
		location /hello { js_content { r.return(200, 'Hello ' + r.args.name); } }
		location /hello/deep { js_content { r.return(200, 'deep'); } }
		location = /exact { js_content { r.return(200, 'exact'); } }
		location ~ \.php$ { js_content { r.return(200, 'expression of ' + r.uri); } }
		location ~* \.PNG$ { js_content { r.return(200, 'folded'); } }
		location ^~ /first/ { js_content { r.return(200, 'first'); } }
		location /facts { js_content { r.return(200, [r.method, r.uri, r.httpVersion, r.requestLine, r.remoteAddress, r.internal, typeof r.parent].join('|')); } }`)
	for _, tt := range []struct{ path, status, body string }{
		{"/hello?name=w%20x", "200 OK", "Hello w x"},
		{"/hello/deep", "200 OK", "deep"},
		{"/hello//de%65p/../deep?a", "200 OK", "deep"},
		{"/exact", "200 OK", "exact"},
		{"/exact/", "404", "404 page not found\n"},
		{"/hello/x.php", "200 OK", "expression of /hello/x.php"},
		{"/a.pNg", "200 OK", "folded"},
		{"/first/x.php", "200 OK", "first"},
		{"/file.txt", "200 OK", "a file"},
		{"/facts/%41?x=%20", "200 OK", "GET|/facts/A|1.1|GET /facts/%41?x=%20 HTTP/1.1|127.0.0.1|false|undefined"},
	} {
		has(t, tt.path, said(t, s, get(tt.path)), tt.status, tt.body)
	}
}

// What njs's reference says of r, with real requests.
func TestRequestObject(t *testing.T) {
	t.Parallel()
	page := func(status string) string {
		return "<html>\n<head><title>" + status + "</title></head>\n<body>\n<center><h1>" + status + "</h1></center>\n<hr><center>weir</center>\n</body>\n</html>\n"
	}
	machine, _ := os.Hostname()
	machine = strings.ToLower(machine)
	cases := map[string]struct {
		body, request, status, want string
		rest                        []string
	}{
		"args":                               {body: `r.return(200, JSON.stringify(r.args))`, request: get("/x?a=1&b=%2B+x&a=2&A&=e"), status: "200 OK", want: `{"a":["1","2"],"b":"+ x","A":"","":"e"}`},
		"headers, any case":                  {body: `r.return(200, r.headersIn.FOO + r.headersIn['x-y'] + r.headersIn.none)`, request: get("/x", "foo: 1", "X-Y: 2"), status: "200", want: "12undefined"},
		"headers, several":                   {body: `r.return(200, [r.headersIn.cookie, r.headersIn.foo, r.headersIn.etag].join('|'))`, request: get("/x", "Cookie: a", "Cookie: b", "foo: 1", "foo: 2", "ETag: x", "ETag: y"), status: "200", want: "a; b|1, 2|x"},
		"headers, listed":                    {body: `r.return(200, Object.keys(r.headersIn).sort().join() + ' ' + JSON.stringify(r.rawHeadersIn))`, request: get("/x", "b: 1", "b: 2"), status: "200", want: `B,Host [["B","1"],["B","2"],["Host","a.example"]]`},
		"headers are the peer's":             {body: `try { r.headersIn.foo = 1; } catch (e) { r.return(200, e.name) }`, request: get("/x"), status: "200", want: "TypeError"},
		"headers out":                        {body: `r.headersOut.foo = ['a', 'b']; r.headersOut['X-N'] = 7; r.headersOut.gone = 1; delete r.headersOut.gone; r.headersOut.empty = ''; r.return(200, r.headersOut.FOO + Object.keys(r.headersOut))`, request: get("/x"), status: "200", want: "a, bfoo,X-N", rest: []string{"Foo: a\nFoo: b\n", "X-N: 7\n"}},
		"cookies":                            {body: `r.headersOut['Set-Cookie'] = ['a', '', null, 'b']; const c = r.headersOut['set-cookie']; r.return(200, c.join() + Array.isArray(c))`, request: get("/x"), status: "200", want: "a,btrue", rest: []string{"Set-Cookie: a\nSet-Cookie: b\n"}},
		"content type":                       {body: `r.headersOut['Content-Type'] = ['text/xml', 'text/html; charset=utf-8']; r.return(200, '')`, request: get("/x"), status: "200", rest: []string{"Content-Type: text/html; charset=utf-8\n", "Content-Length: 0\n"}},
		"default type":                       {body: `r.return(200, 'x')`, request: get("/x"), status: "200", want: "x", rest: []string{"Content-Type: text/plain\n"}},
		"hostile value":                      {body: `try { r.headersOut.foo = 'a\r\nSet-Cookie: x'; } catch (e) { r.return(200, e.name + JSON.stringify(r.headersOut)) }`, request: get("/x"), status: "200", want: "TypeError{}"},
		"hostile name":                       {body: `try { r.headersOut['a b:'] = 'a'; } catch (e) { r.return(200, e.name) }`, request: get("/x"), status: "200", want: "TypeError"},
		"length is the server's":             {body: `r.headersOut['Content-Length'] = 3; r.headersOut['Transfer-Encoding'] = 'chunked'; r.return(200, 'longer')`, request: get("/x"), status: "200", want: "longer", rest: []string{"Content-Length: 6\n"}},
		"bad length":                         {body: `try { r.headersOut['Content-Length'] = 'x' } catch (e) { r.return(200, e.name + ': ' + e.message) }`, request: get("/x"), status: "200", want: "TypeError: failed converting argument to positive integer"},
		"parts":                              {body: `r.status = 201; r.headersOut.a = 'b'; r.sendHeader(); r.headersOut.late = 'x'; r.send('one '); r.send(Buffer.from('two ')); r.send(3); r.finish()`, request: get("/x"), status: "201 Created", want: "one two 3", rest: []string{"A: b\n"}},
		"bytes":                              {body: `r.return(200, new Uint8Array([104, 105]))`, request: get("/x"), status: "200", want: "hi"},
		"no body":                            {body: `r.return(204, 'x')`, request: get("/x"), status: "204 No Content"},
		"no content":                         {body: `r.status = 204; r.sendHeader(); r.finish()`, request: get("/x"), status: "204 No Content"},
		"an error's page":                    {body: `r.return(404)`, request: get("/x"), status: "404 Not Found", want: page("404 Not Found")},
		"an error's body":                    {body: `r.return(403, 'go away')`, request: get("/x"), status: "403 Forbidden", want: "go away"},
		"redirect":                           {body: `r.return(302, '/there?x=' + r.args.x)`, request: get("/x?x=1"), status: "302 Found", want: page("302 Found"), rest: []string{"Location: /there?x=1\n"}},
		"hostile redirect":                   {body: `r.return(302, '/a\r\nX-Evil: 1')`, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"bad status":                         {body: `r.return('inv')`, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"informational status":               {body: `r.return(101)`, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"json":                               {body: `r.json(201, { a: [1] })`, request: get("/x"), status: "201", want: `{"a":[1]}`, rest: []string{"Content-Type: application/json\n"}},
		"nothing":                            {body: ``, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"headers alone":                      {body: `r.sendHeader()`, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"exception":                          {body: `throw new Error('broken')`, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"rejection":                          {body: `await null; throw new Error('broken')`, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"late":                               {body: `setTimeout(() => r.return(200, 'late'), 10)`, request: get("/x"), status: "200", want: "late"},
		"promise":                            {body: `Promise.resolve(1).then((n) => r.return(200, String(n)))`, request: get("/x"), status: "200", want: "1"},
		"a promise of nothing":               {body: `Promise.resolve(1).then((n) => {})`, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"twice":                              {body: `r.return(200, 'first'); r.return(500, 'second')`, request: get("/x"), status: "200", want: "first"},
		"exception afterwards":               {body: `r.return(200, 'first'); throw new Error('late')`, request: get("/x"), status: "200", want: "first"},
		"HEAD":                               {body: `r.return(200, 'hidden')`, request: request("HEAD", "/x", ""), status: "200", rest: []string{"Content-Length: 6\n"}},
		"decline":                            {body: `r.decline()`, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"body as text":                       {body: `r.return(200, r.requestText + Buffer.isBuffer(r.requestBuffer))`, request: request("POST", "/x", "REQ-BODY"), status: "200", want: "REQ-BODYtrue"},
		"no body of a GET":                   {body: `r.return(200, typeof r.requestText + (await r.readRequestText()).length)`, request: get("/x"), status: "200", want: "undefined0"},
		"large body":                         {body: `const b = await r.readRequestArrayBuffer(); r.return(200, b.byteLength + r.requestText.slice(-3))`, request: request("POST", "/x", strings.Repeat("0123456789", 20_000)+"end"), status: "200", want: "200003end"},
		"too large a body":                   {body: `r.return(200)`, request: request("POST", "/x", strings.Repeat("x", 300_000)), status: "413", want: page("413 Request Entity Too Large")},
		"chunked body":                       {body: `r.return(200, r.requestText)`, request: get("/x", "Transfer-Encoding: chunked") + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", status: "200", want: "abcde"},
		"JSON body":                          {body: `const o = await r.readRequestJSON(); r.return(200, o.a + (await r.readRequestText()).length)`, request: request("POST", "/x", `{"a":"b"}`), status: "200", want: "b9"},
		"bad JSON":                           {body: `try { await r.readRequestJSON() } catch (e) { r.return(400, e.name) }`, request: request("POST", "/x", `{`), status: "400", want: "SyntaxError"},
		"form":                               {body: `const f = await r.readRequestForm(); r.return(200, f.get('a') + f.getAll('a') + f.has('b') + f.get('none'))`, request: request("POST", "/x", "a=1&b=+%41&a=2", "Content-Type: APPLICATION/X-WWW-FORM-URLENCODED"), status: "200", want: "11,2truenull"},
		"form's type":                        {body: `try { await r.readRequestForm() } catch (e) { r.return(200, e.name + ': ' + e.message) }`, request: request("POST", "/x", "a=1", "Content-Type: text/plain"), status: "200", want: "TypeError: unsupported content type"},
		"variables":                          {body: `r.return(200, ['remote_addr', 'host', 'uri', 'args', 'arg_a', 'request_method', 'http_x_y', 'cookie_c', 'server_protocol', 'scheme', 'request'].map((n) => r.variables[n]).join('|') + typeof r.variables.nope + Buffer.isBuffer(r.rawVariables.host))`, request: get("/x?a=1", "X-Y: z", "Cookie: b=1; c=2"), status: "200", want: "127.0.0.1|a.example|/x|a=1|1|GET|z|2|HTTP/1.1|http|GET /x?a=1 HTTP/1.1undefinedtrue"},
		"variables of the machine":           {body: `const v = r.variables; r.return(200, [v.hostname === '` + machine + `', Number(v.pid) === process.pid, r.rawVariables.binary_remote_addr.toString('hex')].join())`, request: get("/x"), status: "200", want: "true,true,7f000001"},
		"variables of the answer":            {body: `r.status = 201; r.headersOut['X-A'] = ['b', 'c']; r.headersOut['Set-Cookie'] = ['d', 'e']; const { status, sent_http_x_a, sent_http_set_cookie, sent_http_constructor, sent_http_none } = r.variables; r.return(200, JSON.stringify([status, sent_http_x_a, sent_http_set_cookie, sent_http_constructor, sent_http_none]))`, request: get("/x"), status: "200", want: `["201","b, c","d, e",null,null]`},
		"variables are read":                 {body: `try { r.variables.host = 'x' } catch (e) { r.return(200, e.message) }`, request: get("/x"), status: "200", want: `variable "host" is not writable`},
		"js_var":                             {body: `r.variables.tier += '!'; r.return(200, r.variables.tier + r.jsVarNames())`, request: get("/x"), status: "200", want: "free!tier"},
		"js_set":                             {body: `r.return(200, r.variables.set + r.variables.set + r.variables.fresh + r.variables.fresh)`, request: get("/x"), status: "200", want: "/x1/x134"},
		"js_set that throws":                 {body: `r.return(200, '<' + r.variables.thrower + '>')`, request: get("/x"), status: "200", want: "<>"},
		"to another location":                {body: `r.internalRedirect('/other?q=' + r.args.q)`, request: get("/x?q=1"), status: "200", want: `{"internal":true,"uri":"/other","q":"1"}`},
		"to a named location":                {body: `r.variables.tier = 'gold'; r.internalRedirect('@named')`, request: get("/x"), status: "200", want: "named gold /x"},
		"to a name of none":                  {body: `r.internalRedirect('@none')`, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"to a file":                          {body: `r.internalRedirect('/file.txt')`, request: get("/x"), status: "200", want: "a file"},
		"in circles":                         {body: `r.internalRedirect('/x')`, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"upwards":                            {body: `r.internalRedirect('/../etc/passwd')`, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"subrequest":                         {body: `const s = await r.subrequest('/other', 'q=5'); r.return(s.status, [s.responseText, s.uri, s.headersOut['Content-Type'], s.parent === r, s.internal, Buffer.isBuffer(s.responseBuffer)].join(' '))`, request: get("/x"), status: "200", want: `{"internal":true,"uri":"/other","q":"5"} /other application/json true true true`},
		"subrequest's options":               {body: `r.subrequest('/echo', { method: 'PUT', body: 'sent', args: 'a=b' }, (s) => s.parent.return(200, s.responseText))`, request: get("/x"), status: "200", want: "PUT a=b sent"},
		"subrequest's body is the request's": {body: `r.subrequest('/echo', { method: 'POST' }).then((s) => r.return(200, s.responseText))`, request: request("POST", "/x", "mine"), status: "200", want: "POST  mine"},
		"subrequest of a file":               {body: `const s = await r.subrequest('/file.txt'); r.return(200, s.responseText + s.status)`, request: get("/x"), status: "200", want: "a file200"},
		"subrequest by HEAD":                 {body: `const s = await r.subrequest('/other', { method: 'HEAD' }); r.return(200, [s.status, s.responseText, s.headersOut['Content-Type']].join())`, request: get("/x"), status: "200", want: "200,,application/json"},
		"subrequest of nothing":              {body: `const s = await r.subrequest('/none'); r.return(200, s.status + s.responseText)`, request: get("/x"), status: "200", want: "404404 page not found\n"},
		"subrequests at once":                {body: `const l = await Promise.all(['/echo?1', '/slow', '/file.txt'].map((u) => r.subrequest(u))); r.return(200, l.map((s) => s.responseText).join())`, request: get("/x"), status: "200", want: "GET 1 ,slow,a file"},
		"subrequest without access":          {body: `const s = await r.subrequest('/denied'); r.return(200, s.responseText)`, request: get("/x"), status: "200", want: "within"},
		"subrequest of a subrequest":         {body: `const s = await r.subrequest('/file.txt'); try { s.subrequest('/x') } catch (e) { r.return(200, e.message) }`, request: get("/x"), status: "200", want: "subrequest can only be created for the primary request"},
		"subrequest upwards":                 {body: `r.subrequest('../dir'); r.return(200)`, request: get("/x"), status: "500", want: page("500 Internal Server Error")},
		"bad callback":                       {body: `try { r.subrequest('/x', 'a', 'b') } catch (e) { r.return(200, e.message) }`, request: get("/x"), status: "200", want: "callback is not a function"},
		"detached":                           {body: `const v = r.subrequest('/slow', { detached: true }); r.return(200, typeof v)`, request: get("/x"), status: "200", want: "undefined"},
		"a live stream":                      {body: `const s = await r.subrequest('/live/none.flv'); r.return(200, String(s.status))`, request: get("/x"), status: "200", want: "404"},
		"too large an answer":                {body: `try { await r.subrequest('/huge') } catch (e) { r.return(200, e.message) }`, request: get("/x"), status: "200", want: "too big subrequest response"},
		"gate of the sandbox":                {body: `r.return(200, String(Object.keys(r)) + JSON.stringify(Object.getOwnPropertyNames(r)))`, request: get("/x"), status: "200", want: "[]"},
		"as JSON":                            {body: `r.headersOut.a = 'b'; r.log(r); r.return(200, JSON.stringify(r))`, request: get("/x?c=d"), status: "200", want: `{"method":"GET","uri":"/x","args":{"c":"d"},"httpVersion":"1.1","remoteAddress":"127.0.0.1","internal":false,"headersIn":{"Host":"a.example"},"status":0,"headersOut":{"a":"b"}}`},
		"a subrequest as JSON":               {body: `r.return(200, JSON.stringify(await r.subrequest('/echo', { method: 'PUT' })))`, request: get("/x"), status: "200", want: `{"method":"PUT","uri":"/echo","args":{},"httpVersion":"1.1","remoteAddress":"127.0.0.1","internal":true,"headersIn":{"Host":"a.example"},"status":200,"headersOut":{"Content-Length":"5","Content-Type":"text/plain"},"responseText":"PUT  "}`},
		"dumped":                             {body: `r.return(200, njs.dump(r))`, request: get("/x"), status: "200", want: `HTTPRequest {method:'GET',uri:'/x',args:{},httpVersion:'1.1',remoteAddress:'127.0.0.1',internal:false,headersIn:{Host:'a.example'},status:0,headersOut:{}}`},
		"status of headers that were sent":   {body: `r.status = 202; r.sendHeader(); r.status = 500; r.send('a'); r.finish()`, request: get("/x"), status: "202", want: "a"},
		"a symbol":                           {body: `try { r.return(200, Symbol('x')) } catch (e) { r.return(200, e.name) }`, request: get("/x"), status: "200", want: "TypeError"},
	}
	var locations strings.Builder
	for i, name := range slices.Sorted(maps.Keys(cases)) {
		tt := cases[name] // each has a path of its own for /x
		for _, text := range []*string{&tt.body, &tt.request, &tt.want} {
			*text = strings.ReplaceAll(*text, "/x", fmt.Sprintf("/x%03d", i))
		}
		cases[name] = tt
		fmt.Fprintf(&locations, "location /x%03d { js_content {%s} }\n", i, tt.body)
	}
	s := located(t, `js_var $tier free; js_set $set { globalThis.n = (globalThis.n ?? 0) + 1; return s.uri + n; }
		js_set $fresh nocache { globalThis.m = (globalThis.m ?? 2) + 1; return m; } js_set $thrower { throw new Error('thrown'); }`, locations.String()+`
		client_max_body_size 256k;
		location /other { js_content { r.json(200, { internal: r.internal, uri: r.uri, q: r.args.q }); } }
		location /echo { js_content { r.return(200, [r.method, r.variables.args, r.requestText ?? ''].join(' ')); } }
		location /slow { js_content { setTimeout(() => r.return(200, 'slow'), 20); } }
		location /huge { js_content { r.return(200, 'x'.repeat(2 << 20)); } }
		location /denied { js_access { r.return(403); } js_content { r.return(200, 'within'); } }
		location @named { js_content { r.return(200, 'named ' + r.variables.tier + ' ' + r.uri); } }`)
	for name, tt := range cases {
		has(t, name, said(t, s, tt.request), tt.status, tt.want, tt.rest...)
	}
	waitLog(t, s, 1, "script failed", "directive=js_content", "Error: broken", "srs.conf:")
	waitLog(t, s, 1, "Error: thrown")
	waitLog(t, s, 1, "HTTPRequest { method: 'GET', uri: ")
	waitLog(t, s, 3, "script failed", "directive=js_content", "srs.conf:", "the request was not answered")
}

func TestAccessDirective(t *testing.T) {
	t.Parallel()
	s := located(t, "js_var $who nobody;", `
		location /open/ { js_access { } }
		location /declined/ { js_access { r.decline(); } }
		location /denied/ { js_access { r.return(403, 'not you'); } }
		location /login/ { js_access { r.headersOut['WWW-Authenticate'] = 'Basic'; r.return(401); } }
		location /file.txt { js_access { if (r.args.token !== 'good') r.return(403); r.headersOut['X-Let'] = 'in'; } }
		location ~ \.m3u8$ { js_access { await new Promise((go) => setTimeout(go, 5)); r.return(402, 'pay'); } }
		location /broken { js_access { throw new Error('broken'); } }
		location /body { js_access { r.variables.who = (await r.readRequestJSON()).who; } js_content { r.return(200, r.variables.who + r.requestText.length); } }
		location /sub { js_access { const s = await r.subrequest('/check?' + r.variables.args); if (s.status !== 200) return r.return(s.status); r.variables.who = s.responseText; }
			js_content { r.return(200, r.variables.who); } }
		location /check { js_content { if (r.args.t) r.return(200, 'user ' + r.args.t); else r.return(401); } }
		location /away { js_access { r.internalRedirect('/check?t=1'); } }`)
	for _, tt := range []struct{ request, status, body string }{
		{get("/open/x"), "404", "404 page not found\n"},
		{get("/declined/x"), "404", "404 page not found\n"},
		{get("/denied/x"), "403 Forbidden", "not you"},
		{get("/login/x"), "401 Unauthorized", "Unauthorized</h1></center>\n<hr><center>weir</center>\n</body>\n</html>\n"},
		{get("/file.txt"), "403", ""},
		{get("/file.txt?token=good"), "200 OK", "a file"},
		{get("//file.txt"), "403", ""},
		{get("/x/../file.txt"), "403", ""},
		{get("/%66ile.txt"), "403", ""},
		{get("/live/a.m3u8"), "402 Payment Required", "pay"},
		{get("/broken"), "403 Forbidden", ""},
		{request("POST", "/body", `{"who":"me"}`), "200", "me12"},
		{get("/sub?t=7"), "200", "user 7"},
		{get("/sub"), "401", ""},
		{get("/away"), "200", "user 1"},
	} {
		got := said(t, s, tt.request)
		if !strings.HasPrefix(got, tt.status) || !strings.HasSuffix(got, tt.body) {
			t.Errorf("%s: %s\n, want %s with %q", tt.request, got, tt.status, tt.body)
		}
	}
	waitLog(t, s, 1, "script failed", "directive=js_access", "srs.conf:", "Error: broken")
	open := located(t, "js_fail open;", `location /file.txt { js_access { throw new Error('broken'); } }`)
	has(t, "js_fail open", said(t, open, get("/file.txt")), "200 OK", "a file")
}

func TestHeaderFilterDirective(t *testing.T) {
	t.Parallel()
	s := located(t, "", `
		location /file.txt { js_header_filter { r.headersOut['X-Was'] = r.headersOut['Content-Type'] + r.status; delete r.headersOut['Accept-Ranges']; r.headersOut['Cache-Control'] = 'no-cache'; } }
		location /hello { js_content { r.headersOut.a = '1'; r.return(200, 'hello'); } js_header_filter { r.headersOut.a += '2'; r.headersOut['Content-Length'] = '1'; } }
		location /status { js_content { r.return(200, 'x'); } js_header_filter { r.status = 202; } }
		location /broken { js_content { r.headersOut.a = '1'; r.return(200, 'hello'); } js_header_filter { r.headersOut.a = '2'; throw new Error('broken'); } }
		location /return { js_content { r.return(200, 'hello'); } js_header_filter { r.return(500); } }
		location /live/ { js_access { r.headersOut['Content-Length'] = 3; r.headersOut['Transfer-Encoding'] = 'chunked'; r.headersOut['Connection'] = 'keep-alive'; }
			js_header_filter { r.headersOut['X-Stream'] = 'yes'; r.headersOut['Content-Length'] = 5; r.headersOut['Transfer-Encoding'] = 'chunked'; r.headersOut['Connection'] = 'keep-alive'; } }`)
	got := said(t, s, get("/file.txt"))
	has(t, "file", got, "200 OK", "a file", "X-Was: text/plain; charset=utf-8200\n", "Cache-Control: no-cache\n")
	if strings.Contains(got, "Accept-Ranges") {
		t.Errorf("a header stays: %s", got)
	}
	has(t, "content", said(t, s, get("/hello")), "200 OK", "hello", "A: 12\n", "Content-Length: 5\n")
	has(t, "status", said(t, s, get("/status")), "202 Accepted", "x")
	has(t, "broken", said(t, s, get("/broken")), "200 OK", "hello", "A: 1\n")
	has(t, "return", said(t, s, get("/return")), "200 OK", "hello")
	publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	for path, status := range map[string]string{"/live/none-0.ts": "403", "/live/none.flv": "404", "/live/a.flv": "200"} {
		if got := head(t, s, path); !strings.HasPrefix(got, status) || !strings.Contains(got, "X-Stream: yes\n") {
			t.Errorf("%s: %s", path, got)
		}
	}
	p := play(t, s, "flv", "live/a")
	waitFrames(t, p, 5)
	p.Stop()
	waitLog(t, s, 1, "script failed", "directive=js_header_filter", "Error: broken")
}

// Requests of one connection are answered one after the other, whatever each comes
// to.
func TestContentKeepsConnections(t *testing.T) {
	t.Parallel()
	s := located(t, "js_timeout 300ms;", `
		location /echo { js_content { r.return(200, r.args.n + r.requestText); } }
		location /throw { js_content { throw new Error('x'); } }
		location /hang { js_content { await new Promise(() => {}); } }`)
	c, err := net.Dial("tcp", s.HTTP)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	from := bufio.NewReader(c)
	for i := range 5 {
		for _, path := range []string{"/echo", "/throw", "/hang"} {
			fmt.Fprint(c, request("POST", fmt.Sprintf("%s?n=%d", path, i), "body"))
			got := answer(t, from, "POST")
			if path == "/echo" && !strings.HasSuffix(got, fmt.Sprintf("\n\n%dbody", i)) || path != "/echo" && !strings.HasPrefix(got, "500 ") {
				t.Errorf("%s: %s", path, got)
			}
		}
	}
	waitLog(t, s, 5, "script failed", "longer than its time limit")
}

// What js_hide hides does not show in requests, by whatever way.
func TestHiddenFieldsOfRequests(t *testing.T) {
	t.Parallel()
	s := located(t, "js_hide args.token headersIn.cookie headersIn.authorization remoteAddress;", `
		location /x { js_content { r.return(200, [r.args.token, r.args.a, r.headersIn.Cookie, JSON.stringify(r.rawHeadersIn), r.requestLine, r.remoteAddress,
			r.variables.arg_token, r.variables.args, r.variables.http_cookie, r.variables.cookie_c, r.variables.remote_addr, r.variables.remote_user, r.variables.request_uri].join(' ')); } }
		location /y { js_content { const s = await r.subrequest('/x', 'token=secret&a=1'); r.return(200, s.responseText + s.requestLine); } }`)
	for _, path := range []string{"/x?token=secret&a=1", "/y?token=secret&a=1"} {
		got := said(t, s, get(path, "Cookie: c=secret", "Authorization: Basic c2VjcmV0OnNlY3JldA=="))
		for _, secret := range []string{"secret", "c2VjcmV0", "127.0.0.1"} {
			if strings.Contains(got, secret) {
				t.Errorf("%s: %s", path, got)
			}
		}
		if !strings.HasPrefix(got, "200") || !strings.Contains(got, "*** 1 ***") {
			t.Errorf("%s: %s", path, got)
		}
	}
}

// A client that does not wait takes nothing with it.
func TestContentWithoutItsClient(t *testing.T) {
	t.Parallel()
	s := located(t, "", `
		location /slow { js_content { r.log('begun'); await new Promise((go) => setTimeout(go, 100)); r.log('ended'); r.return(200, 'late'); } }
		location /hello { js_content { r.return(200, 'hello'); } }`)
	c, err := net.Dial("tcp", s.HTTP)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(c, get("/slow"))
	waitLog(t, s, 1, "begun")
	c.Close()
	waitLog(t, s, 1, "ended")
	has(t, "afterwards", said(t, s, get("/hello")), "200 OK", "hello")
	if n := s.Log.Count("script failed"); n > 0 {
		t.Errorf("%d failures are logged", n)
	}
}

// A reload changes what locations do, and no request is lost to it.
func TestLocationsAreReloaded(t *testing.T) {
	t.Parallel()
	text := func(n int) string {
		return fmt.Sprintf("listen 1935; http_server { enabled on; listen 8080;\n%slocation /n { js_content { r.return(200, 'n%d'); } } }\nvhost __defaultVhost__ { }\n", strings.Repeat("\n", n), n)
	}
	s := weirtest.Up(t, text(0))
	stop := make(chan struct{})
	asked := make(chan string)
	go func() {
		defer close(asked)
		for {
			select {
			case <-stop:
				return
			default:
			}
			resp, err := http.Get("http://" + s.HTTP + "/n")
			if err != nil {
				asked <- err.Error()
				return
			}
			if resp.StatusCode != 200 {
				asked <- resp.Status
			}
			io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	}()
	for n := 1; n <= 3; n++ {
		weirtest.Write(t, s.Conf, text(n))
		deadline := time.Now().Add(weirtest.Patience)
		for !strings.HasSuffix(said(t, s, get("/n")), fmt.Sprintf("n%d", n)) {
			if time.Now().After(deadline) {
				t.Fatal("the new location does not answer")
			}
		}
	}
	close(stop)
	for a := range asked {
		t.Error(a)
	}
}
