package weir_test

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weir/weirtest"
)

// What njs's documentation shows runs as it is: modules that export an object by
// default, callbacks, promises.
func TestExamplesOfNJS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"hello.js": `
			function hello(r) { r.return(200, "Hello world!\n"); }
			function version(r) { r.return(200, njs.version); }
			export default { hello, version };`,
		"link.js": `
			import cr from 'crypto';
			function sign(uri, secret) { return cr.createHash('md5').update(uri).update(secret).digest('base64url'); }
			function create(r) { return sign(r.uri.replace('/sign', ''), 'mykey'); }
			function check(r) {
				if (r.args.h !== sign(r.uri, 'mykey')) { r.return(403); return; }
				r.return(200, 'PASSED');
			}
			export default { create, check, show: (r) => r.return(200, r.variables.link) };`,
		"jwt.js": `
			const crypto = require('crypto');
			async function generate(claims, key, valid) {
				let header = { typ: 'JWT', alg: 'HS256' };
				let body = Object.assign(claims, { exp: 1700000000 + valid });
				let s = [header, body].map(JSON.stringify).map(v => Buffer.from(v).toString('base64url')).join('.');
				let wc_key = await globalThis.crypto.subtle.importKey('raw', Buffer.from(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
				let sign = await globalThis.crypto.subtle.sign({ name: 'HMAC' }, wc_key, Buffer.from(s));
				return s + '.' + Buffer.from(sign).toString('base64url');
			}
			function legacy(r) {
				let s = 'a.b', h = crypto.createHmac('sha256', 'foo');
				r.return(200, h.update(s).digest('base64url'));
			}
			async function jwt(r) { r.return(200, await generate({ iss: 'nginx', sub: 'alice', foo: 123 }, 'foo', 600)); }
			export default { jwt, legacy };`,
		"auth.js": `
			function authorize(r) {
				r.subrequest('/_auth', { method: 'POST', body: JSON.stringify({ token: r.headersIn['X-Token'] }) }, function (res) {
					if (res.status !== 200) { r.return(res.status); return; }
					r.internalRedirect('@secured');
				});
			}
			function backend(r) { let b = JSON.parse(r.requestText); r.return(b.token === 'good' ? 200 : 401); }
			function secured(r) { r.return(200, 'secured ' + r.uri + ' ' + r.internal); }
			export default { authorize, backend, secured };`,
		"body.js": `
			function test(r) {
				try { r.return(200, JSON.parse(r.requestText).name); } catch (e) { r.return(400, e.name); }
			}
			export default { test };`,
		"redirects.js": `
			function resolve(r) {
				let to = { '/old/a': '/new/a', '/old/b': 'http://other.example/b' }[r.uri];
				if (!to) { r.return(404); return; }
				r.return(301, to + (r.variables.is_args ?? '') + (r.variables.args ?? ''));
			}
			export default { resolve };`,
		"limit.js": `
			function limit(r) {
				let n = ngx.shared.hits.incr(r.remoteAddress, 1, 0);
				if (n > 2) { r.headersOut['Retry-After'] = 1; r.return(429, 'Too many requests'); return; }
				r.return(200, 'hit ' + n);
			}
			export default { limit };`,
		"keyval.js": `
			function set(r) {
				let { key, value } = JSON.parse(r.requestText);
				ngx.shared.words.set(key, value);
				r.return(201, ngx.shared.words.get(key));
			}
			function get(r) {
				let v = ngx.shared.words.get(r.args.key);
				if (v === undefined) { r.return(404, 'none'); return; }
				r.return(200, v);
			}
			export default { set, get };`,
		"file.js": `
			const fs = require('fs');
			const STORAGE = '` + filepath.Join(dir, "storage") + `';
			async function push(r) { await fs.promises.appendFile(STORAGE, r.requestText); r.return(200, 'ok'); }
			function read(r) { try { r.return(200, fs.readFileSync(STORAGE)); } catch (e) { r.return(404, e.code); } }
			function flush(r) { fs.writeFileSync(STORAGE, ''); r.return(200, 'flushed'); }
			export default { push, read, flush };`,
		"aes.js": `
			async function encrypt(r) {
				const iv = Buffer.from('000102030405060708090a0b', 'hex');
				const key = await crypto.subtle.importKey('raw', Buffer.from('feffe9928665731c6d6a8f9467308308', 'hex'), 'AES-GCM', true, ['encrypt', 'decrypt']);
				const out = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, Buffer.from(r.args.text));
				const back = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, out);
				r.return(200, Buffer.from(out).toString('base64') + ' ' + Buffer.from(back));
			}
			export default { encrypt };`,
		"fetches.js": `
			function parallel(r) {
				let urls = ['/hello', '/version'].map((u) => r.subrequest(u).then((s) => s.responseText.length));
				Promise.all(urls).then((l) => r.return(200, JSON.stringify(l))).catch((e) => r.return(500, e.message));
			}
			function refused(r) {
				ngx.fetch('http://127.0.0.1:1/').then((reply) => r.return(200, reply.status)).catch((e) => r.return(502, 'no'));
			}
			export default { parallel, refused };`,
	} {
		writeFile(t, filepath.Join(dir, name), text)
	}
	file := filepath.Join(dir, "srs.conf")
	weirtest.Write(t, file, `listen 1935;
		js_import hello.js; js_import link.js; js_import jwt.js; js_import auth.js; js_import body.js; js_import redirects.js; js_import limit.js;
		js_import keyval.js; js_import file.js; js_import aes.js; js_import fetches.js;
		js_shared_dict_zone zone=hits:1m type=number; js_shared_dict_zone zone=words:1m;
		js_permit fs write `+dir+`; js_permit fs read `+dir+`;
		js_set $link link.create;
		http_server { enabled on; listen 8080;
			location /hello { js_content hello.hello; } location /version { js_content hello.version; }
			location /secure { js_content link.check; } location /sign { js_content link.show; }
			location = /jwt { js_content jwt.jwt; } location = /legacy { js_content jwt.legacy; }
			location /secret { js_content auth.authorize; } location = /_auth { js_content auth.backend; } location @secured { js_content auth.secured; }
			location /body { js_content body.test; } location /old { js_content redirects.resolve; } location /limited { js_content limit.limit; }
			location = /set { js_content keyval.set; } location = /get { js_content keyval.get; }
			location = /push { js_content file.push; } location = /read { js_content file.read; } location = /flush { js_content file.flush; }
			location = /aes { js_content aes.encrypt; } location = /parallel { js_content fetches.parallel; } location = /refused { js_content fetches.refused; }
		}
		vhost __defaultVhost__ { }`)
	s := weirtest.Serve(t, file)
	bodyOf := func(text string) string { _, body, _ := strings.Cut(said(t, s, text), "\n\n"); return body }
	for _, tt := range []struct{ request, status, body string }{
		{get("/hello"), "200", "Hello world!\n"},
		{get("/secure/x?h=wrong"), "403", ""},
		{get("/secure/x?h=" + bodyOf(get("/sign/secure/x"))), "200", "PASSED"},
		{get("/jwt"), "200", "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJuZ2lueCIsInN1YiI6ImFsaWNlIiwiZm9vIjoxMjMsImV4cCI6MTcwMDAwMDYwMH0."},
		{get("/legacy"), "200", ""},
		{get("/secret/a", "X-Token: good"), "200", "secured /secret/a true"},
		{get("/secret/a", "X-Token: bad"), "401", ""},
		{request("POST", "/body", `{"name":"x"}`), "200", "x"},
		{request("POST", "/body", `{`), "400", "SyntaxError"},
		{get("/old/a?x=1"), "301 Moved Permanently\nContent-Length: 154\nContent-Type: text/html\nLocation: /new/a?x=1", ""},
		{get("/old/c"), "404", ""},
		{get("/limited"), "200", "hit 1"},
		{get("/limited"), "200", "hit 2"},
		{get("/limited"), "429", "Too many requests"},
		{request("POST", "/set", `{"key":"k","value":"v"}`), "201", "v"},
		{get("/get?key=k"), "200", "v"},
		{get("/get?key=x"), "404", "none"},
		{get("/read"), "404", "ENOENT"},
		{request("POST", "/push", "one "), "200", "ok"},
		{request("POST", "/push", "two"), "200", "ok"},
		{get("/read"), "200", "one two"},
		{get("/flush"), "200", "flushed"},
		{get("/read"), "200", ""},
		{get("/aes?text=hello"), "200", ""},
		{get("/parallel"), "200", ""},
		{get("/refused"), "502", "no"},
	} {
		got := said(t, s, tt.request)
		if !strings.HasPrefix(got, tt.status) || !strings.Contains(got, "\n\n"+tt.body) {
			t.Errorf("%s: %s\n, want %s with %q", tt.request, got, tt.status, tt.body)
		}
	}
	if got := bodyOf(get("/aes?text=hello")); !regexp.MustCompile(`^[A-Za-z0-9+/]{28} hello$`).MatchString(got) {
		t.Errorf("aes: %q", got)
	}
	var lengths []int
	if err := json.Unmarshal([]byte(bodyOf(get("/parallel"))), &lengths); err != nil || len(lengths) != 2 || lengths[0] != 13 {
		t.Errorf("parallel: %v, %v", lengths, err)
	}
}
