package weir_test

import (
	"encoding/base64"
	"path/filepath"
	"strings"
	"testing"

	"weir/weirtest"
)

// What njs's documentation shows of variables, of several subrequests, of headers
// and of the log, runs as it is, too.
func TestExamplesOfNJSWithVariables(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"decode.js": `
			function foo(r) { return decodeURIComponent(r.args.foo); }
			function show(r) { r.return(200, r.variables.arg_foo + ' ' + r.variables.dec_foo); }
			export default { foo, show };`,
		"claims.js": `
			function read(token) {
				var parts = token.split('.').slice(0, 2).map(v => Buffer.from(v, 'base64url').toString()).map(JSON.parse);
				return { headers: parts[0], payload: parts[1] };
			}
			function sub(r) { return read(r.headersIn.Authorization.slice(7)).payload.sub; }
			export default { sub, show: (r) => r.return(200, r.variables.jwt_payload_sub) };`,
		"join.js": `
			async function join(r) {
				join_subrequests(r, ['/foo', '/bar']);
			}
			function join_subrequests(r, subs) {
				var parts = [];
				function done(reply) {
					parts.push({ uri: reply.uri, code: reply.status, body: reply.responseText });
					if (parts.length == subs.length) { r.return(200, JSON.stringify(parts.sort((a, b) => a.uri < b.uri ? -1 : 1))); }
				}
				for (var i in subs) { r.subrequest(subs[i], done); }
			}
			export default { join };`,
		"chain.js": `
			function process(r) {
				r.subrequest('/issue')
				.then(reply => JSON.parse(reply.responseText))
				.then(response => {
					if (!response['token']) { throw new Error("token is not available"); }
					return response['token'];
				})
				.then(token => { r.subrequest('/backend', ` + "`token=${token}`" + `).then(reply => r.return(reply.status, reply.responseText)); })
				.catch(e => r.return(500, e.message));
			}
			function issue(r) { r.return(200, JSON.stringify(r.headersIn.Authorization ? { status: 'OK', token: 42 } : { status: 'denied' })); }
			function backend(r) { r.return(200, 'Token is ' + r.args.token); }
			export default { process, issue, backend };`,
		"cookies.js": `
			function cookies_filter(r) {
				var cookies = r.headersOut['Set-Cookie'];
				r.headersOut['Set-Cookie'] = cookies.filter(v => v.length > Number(r.args.len));
			}
			function set(r) { r.headersOut['Set-Cookie'] = ['a=1', 'long=1234567890']; r.return(200, 'ok'); }
			export default { cookies_filter, set };`,
		"inject.js": `
			function filter(r) {
				delete r.headersOut['X-Powered-By'];
				r.headersOut['X-Served'] = njs.engine ? r.variables.host : '';
				r.headersOut.Foo = r.headersIn.foo || 'none';
			}
			export default { filter, plain: (r) => { r.headersOut['X-Powered-By'] = 'x'; r.return(200, 'plain'); } };`,
		"count.js": `
			function num_requests(r) { return ngx.shared.num_requests.incr(r.remoteAddress, 1, 0); }
			function hello(r) { r.return(200, 'counted'); }
			export default { num_requests, hello };`,
		"moved.js": `
			import fs from 'fs';
			let map;
			function resolve(r) {
				map = map || JSON.parse(fs.readFileSync('` + filepath.Join(dir, "moved.json") + `'));
				let to = map[r.uri];
				return to ? to : '';
			}
			function redirect(r) {
				let to = r.variables.route;
				if (to === '') { r.return(404); } else if (to[0] === '@') { r.internalRedirect(to); } else { r.return(302, to + r.variables.is_args + r.variables.args); }
			}
			export default { resolve, redirect };`,
		"access.js": `
			async function check(r) {
				let reply = await r.subrequest('/issue');
				let body = JSON.parse(reply.responseText);
				if (body.status !== 'OK') { r.return(401); return; }
				r.variables.token = body.token;
			}
			export default { check, show: (r) => r.return(200, 'token ' + r.variables.token) };`,
		"moved.json": `{ "/moved/a": "/foo", "/moved/b": "@found" }`,
	} {
		writeFile(t, filepath.Join(dir, name), text)
	}
	file := filepath.Join(dir, "srs.conf")
	log := filepath.Join(dir, "access.log")
	weirtest.Write(t, file, `listen 1935;
		js_import decode.js; js_import claims.js; js_import join.js; js_import chain.js; js_import cookies.js; js_import inject.js; js_import count.js; js_import moved.js; js_import access.js;
		js_set $dec_foo decode.foo; js_set $jwt_payload_sub claims.sub; js_set $num_requests count.num_requests; js_set $route moved.resolve;
		js_var $token; js_shared_dict_zone zone=num_requests:32k type=number; js_permit fs read `+dir+`;
		log_format counted '$remote_addr $request_method $uri $status "$sent_http_foo" $num_requests'; access_log `+log+` counted;
		http_server { enabled on; listen 8080;
			location /decode { js_content decode.show; } location = /sub { js_content claims.show; }
			location = /join { js_content join.join; } location = /foo { js_content inject.plain; } location = /bar { js_content count.hello; }
			location = /start { js_content chain.process; } location = /issue { js_content chain.issue; } location = /backend { js_content chain.backend; }
			location /cookies { js_content cookies.set; js_header_filter cookies.cookies_filter; }
			location /inject { js_content inject.plain; js_header_filter inject.filter; }
			location /moved { js_content moved.redirect; } location @found { js_content count.hello; }
			location /closed { js_access access.check; js_content access.show; }
		}
		vhost __defaultVhost__ { }`)
	s := weirtest.Serve(t, file)
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	for _, tt := range []struct {
		request, status, body string
		rest                  []string
	}{
		{get("/decode?foo=a%20b%E2%82%AC"), "200", "a%20b%E2%82%AC a b€", nil},
		{get("/sub", "Authorization: Bearer "+part(`{"alg":"HS256"}`)+"."+part(`{"sub":"alice"}`)+".x"), "200", "alice", nil},
		{get("/join"), "200", `[{"uri":"/bar","code":200,"body":"counted"},{"uri":"/foo","code":200,"body":"plain"}]`, nil},
		{get("/start"), "500", "token is not available", nil},
		{get("/start", "Authorization: secret"), "200", "Token is 42", nil},
		{get("/cookies?len=5"), "200", "ok", []string{"\nSet-Cookie: long=1234567890\n"}},
		{get("/inject", "Foo: bar"), "200", "plain", []string{"\nX-Served: a.example\n", "\nFoo: bar\n"}},
		{get("/moved/a?x=1"), "302", "", []string{"\nLocation: /foo?x=1\n"}},
		{get("/moved/b"), "200", "counted", nil},
		{get("/moved/c"), "404", "", nil},
		{get("/closed"), "401", "", nil},
		{get("/closed", "Authorization: secret"), "200", "token 42", nil},
	} {
		got := said(t, s, tt.request)
		if !strings.HasPrefix(got, tt.status) || !strings.Contains(got, "\n\n"+tt.body) {
			t.Errorf("%s: %s\n, want %s with %q", tt.request, got, tt.status, tt.body)
		}
		for _, r := range tt.rest {
			if !strings.Contains(got, r) {
				t.Errorf("%s: there is no %q in:\n%s", tt.request, r, got)
			}
		}
		if strings.Contains(got, "Set-Cookie: a=1") || strings.Contains(got, "X-Powered-By") && strings.Contains(got, "X-Served") {
			t.Errorf("%s: a header has come through:\n%s", tt.request, got)
		}
	}
	logged(t, log, `^127\.0\.0\.1 GET /inject 200 "bar" \d+$`)
	logged(t, log, `^127\.0\.0\.1 GET /closed 200 "-" 12$`)
}

// A location that fetches itself comes to an end, and the server serves on.
func TestLocationThatFetchesItself(t *testing.T) {
	t.Parallel()
	s := located(t, "max_connections 40; js_permit all; js_timeout 2s;", `
		location /loop { js_content { const reply = await ngx.fetch('http://' + r.headersIn.host + '/loop'); r.return(reply.status, await reply.text()); } }
		location /hello { js_content { r.return(200, 'hello'); } }`)
	got := said(t, s, "GET /loop HTTP/1.1\r\nHost: "+s.HTTP+"\r\n\r\n")
	has(t, "loop", got, "500 Internal Server Error", got[strings.Index(got, "\n\n")+2:])
	has(t, "afterwards", said(t, s, get("/hello")), "200 OK", "hello")
}
