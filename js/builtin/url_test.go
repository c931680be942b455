package builtin_test

import (
	"fmt"
	"strings"
	"testing"
)

// What is expected is what the URL Standard says, and browsers do.
func TestURLParses(t *testing.T) {
	const no = "TypeError: Invalid URL"
	tests := []struct{ name, input, base, want string }{
		{"absolute", "http://example.com:80/a?b#c", "", "http://example.com/a?b#c"},
		{"upper case", "HTTP://EXAMPLE.com/A", "", "http://example.com/A"},
		{"white space", "  http://a\t.b/\nc  ", "", "http://a.b/c"},
		{"credentials", "http://u:p@w@h:8080/", "", "http://u:p%40w@h:8080/"},
		{"empty password", "http://u:@h/", "", "http://u@h/"},
		{"empty user", "http://:p@h/", "", "http://:p@h/"},
		{"only at", "http://@h/", "", "http://h/"},
		{"at without host", "http://u@/", "", no},
		{"no host", "http://", "", no},
		{"slashes do not count", "http:\\\\x:1\\y", "", "http://x:1/y"},
		{"one slash", "http:/example.com/", "", "http://example.com/"},
		{"none", "https:example.com/", "", "https://example.com/"},
		{"dots", "http://h/a/./b/../c/%2e%2E/d/..", "", "http://h/a/"},
		{"dots above", "http://h/../../a", "", "http://h/a"},
		{"path set", "http://h/ \"<>`{}^|é'", "", "http://h/%20%22%3C%3E%60%7B%7D%5E|%C3%A9'"},
		{"query set", "http://h/?a b\"'<>`{}#f g`", "", "http://h/?a%20b%22%27%3C%3E`{}#f%20g%60"},
		{"query of others", "x://h/?'", "", "x://h/?'"},
		{"percent stays", "http://h/%zz%41", "", "http://h/%zz%41"},
		{"port", "http://h:00080/", "", "http://h/"},
		{"port", "http://h:65536/", "", no},
		{"port", "http://h:a/", "", no},
		{"port", "http://h:/", "", "http://h/"},
		{"rtmp", "rtmp://h:1935/live/a?b=c", "", "rtmp://h:1935/live/a?b=c"},
		{"rtmp host", "rtmp://EXAMPLE%41/", "", "rtmp://EXAMPLE%41/"},
		{"not special", "x:/a/../b", "", "x:/b"},
		{"not special", "x://", "", "x://"},
		{"not special", "x:///a", "", "x:///a"},
		{"two slashes", "x:/.//a", "", "x:/.//a"},
		{"opaque", "mailto:a b@c ?q", "", "mailto:a b@c%20?q"},
		{"opaque", "data:text/plain,é", "", "data:text/plain,%C3%A9"},
		{"opaque", "javascript:alert(1)#x y", "", "javascript:alert(1)#x%20y"},
		{"no scheme", "//h/a", "", no},
		{"no scheme", "1:a", "", no},
		{"empty", "", "", no},

		{"percent in host", "http://ex%41mple.com/", "", "http://example.com/"},
		{"forbidden", "http://a b/", "", no},
		{"forbidden", "http://a%23b/", "", no},
		{"forbidden", "http://a<b/", "", no},
		{"IDNA", "http://faß.ExAmPlE/", "", "http://xn--fa-hia.example/"},
		{"IDNA", "http://中国。cn/", "", "http://xn--fiqs8s.cn/"},
		{"IDNA", "http://☕.example", "", "http://xn--53h.example/"},
		{"IDNA", "http://ＧＯ.com", "", "http://go.com/"},
		{"IDNA", "http://xn--/", "", no},
		{"hyphens", "http://ab--c.-d/", "", "http://ab--c.-d/"},
		{"underscore", "http://a_b/", "", "http://a_b/"},
		{"trailing dot", "http://h./", "", "http://h./"},
		{"IPv4", "http://192.168.0.257/", "", no},
		{"IPv4", "http://0300.0xa8.1/", "", "http://192.168.0.1/"},
		{"IPv4", "http://4294967295/", "", "http://255.255.255.255/"},
		{"IPv4", "http://4294967296/", "", no},
		{"IPv4", "http://0x/", "", "http://0.0.0.0/"},
		{"IPv4", "http://1.2.3.4./", "", "http://1.2.3.4/"},
		{"IPv4", "http://1.2.3.08/", "", no},
		{"IPv4", "http://1.2.3.4.5/", "", no},
		{"IPv4", "http://a.1/", "", no},
		{"IPv4", "http://1.0x1g/", "", "http://1.0x1g/"},
		{"IPv4", "http://１２７.1/", "", "http://127.0.0.1/"},
		{"IPv6", "http://[1:0:0:2:0:0:0:3]:80/", "", "http://[1:0:0:2::3]/"},
		{"IPv6", "http://[::]/", "", "http://[::]/"},
		{"IPv6", "http://[1::]/", "", "http://[1::]/"},
		{"IPv6", "http://[::1]/", "", "http://[::1]/"},
		{"IPv6", "http://[1:0:2:3:4:5:6:7]/", "", "http://[1:0:2:3:4:5:6:7]/"},
		{"IPv6", "http://[::FFFF:192.168.0.1]/", "", "http://[::ffff:c0a8:1]/"},
		{"IPv6", "http://[1.2.3.4]/", "", no},
		{"IPv6", "http://[::1%25eth0]/", "", no},
		{"IPv6", "http://[1::2::3]/", "", no},
		{"IPv6", "http://[::1/", "", no},

		{"relative", "b", "http://h/a/c?d", "http://h/a/b"},
		{"relative", "../x?y", "http://h/a/b/c", "http://h/a/x?y"},
		{"relative", "/x", "http://u:p@h:8/a", "http://u:p@h:8/x"},
		{"relative", "//g/x", "https://h/a", "https://g/x"},
		{"relative", "?q", "http://h/a?b#c", "http://h/a?q"},
		{"relative", "#f", "http://h/a?b", "http://h/a?b#f"},
		{"relative", "", "http://h/a?b#c", "http://h/a?b"},
		{"relative", "http:x", "http://h/a/b", "http://h/a/x"},
		{"relative", "https:x", "http://h/a/b", "https://x/"},
		{"relative", "\\x", "http://h/a/b", "http://h/x"},
		{"relative", "\\x", "a://h/a/b", "a://h/a/\\x"},
		{"relative", "x", "mailto:a", no},
		{"relative", "#f", "mailto:a", "mailto:a#f"},
		{"relative", "x", "nonsense", no},
		{"relative", "..", "x:/a", "x:/"},

		{"file", "file:///a/b", "", "file:///a/b"},
		{"file", "file:", "", "file:///"},
		{"file", "file://localhost/a", "", "file:///a"},
		{"file", "file://h/a", "", "file://h/a"},
		{"file", "file:c|/x", "", "file:///c:/x"},
		{"file", "file:///C:/../..", "", "file:///C:/"},
		{"file", "x", "file:///C:/a/b", "file:///C:/a/x"},
		{"file", "/x", "file:///C:/a", "file:///C:/x"},
		{"file", "D:/x", "file:///C:/a", "d:/x"},
		{"file", "file:D|/x", "file:///C:/a", "file:///D:/x"},
		{"file", "?q", "file:///a", "file:///a?q"},
		{"file", "file://u@h/", "", no},
		{"file", "file:///C|a", "", "file:///C|a"},
	}
	var checks []check
	for _, tt := range tests {
		expr := fmt.Sprintf("new URL(%q).href", tt.input)
		if tt.base != "" {
			expr = fmt.Sprintf("new URL(%q, %q).href", tt.input, tt.base)
		}
		checks = append(checks, check{tt.name, expr, tt.want})
	}
	evaluate(t, &host{}, "", checks)
}

func TestURLMembers(t *testing.T) {
	evaluate(t, &host{}, "import url from 'node:url'; const u = new URL('https://u:p@example.com:8443/a/b?c=d&e=f#g');", []check{
		{
			"members", `[u.href, u.origin, u.protocol, u.username, u.password, u.host, u.hostname, u.port, u.pathname, u.search, u.hash].join(' ')`,
			"https://u:p@example.com:8443/a/b?c=d&e=f#g https://example.com:8443 https: u p example.com:8443 example.com 8443 /a/b ?c=d&e=f #g",
		},
		{"texts", `String(u) === u.href && JSON.stringify({ u }) === JSON.stringify({ u: u.href })`, true},
		{"tag", `Object.prototype.toString.call(u)`, "[object URL]"},
		{"module", `url.URL === URL && url.URLSearchParams === URLSearchParams`, true},
		{"empty search", `new URL('http://h/?#').search + new URL('http://h/?#').hash + new URL('http://h/?#').href`, "http://h/?#"},
		{"origins", `['rtmp://h/a', 'file:///a', 'data:x', 'blob:https://h:1/x', 'blob:x', 'ws://h/'].map((s) => new URL(s).origin).join()`, "null,null,null,https://h:1,null,ws://h"},
		{"canParse", `[URL.canParse('http://h'), URL.canParse('/a'), URL.canParse('/a', 'http://h'), URL.canParse('a', 'b')].join()`, "true,false,true,false"},
		{"parse", `[URL.parse('/a', 'http://h').href, URL.parse('/a')].join()`, "http://h/a,"},
		{"no argument", `new URL()`, `TypeError: The "url" argument must be specified`},
		{"error", `(() => { try { new URL('/x', 'y'); } catch (e) { return [e.code, e.input, e.base, e instanceof TypeError].join(); } })()`, "ERR_INVALID_URL,/x,y,true"},
		{"of a URL", `new URL(u).href === u.href && new URL('x', u).pathname`, "/a/x"},
		{
			"enumerable", `(() => { const l = []; for (const k in u) l.push(k); return l.sort().join(); })()`,
			"hash,host,hostname,href,origin,password,pathname,port,protocol,search,searchParams,toJSON,toString,username",
		},
		{"lone surrogate", `new URL('http://h/\ud800').pathname`, "/%EF%BF%BD"},
	})
}

func TestURLSetters(t *testing.T) {
	tests := []struct{ url, member, value, want string }{
		{"a://h/p", "protocol", "b", "b://h/p"},
		{"http://h:443/", "protocol", "https:foo", "https://h/"},
		{"http://h/", "protocol", "x", "http://h/"},
		{"x://h/", "protocol", "http", "x://h/"},
		{"http://u@h/", "protocol", "file", "http://u@h/"},
		{"http://h/", "protocol", "1x", "http://h/"},
		{"http://h/", "username", "a:b@é", "http://a%3Ab%40%C3%A9@h/"},
		{"http://u:p@h/", "username", "", "http://:p@h/"},
		{"http://h/", "password", "s c", "http://:s%20c@h/"},
		{"file:///a", "username", "x", "file:///a"},
		{"data:x", "password", "x", "data:x"},
		{"http://h:8/p", "host", "g:9/x", "http://g:9/p"},
		{"http://h:8/p", "host", "g", "http://g:8/p"},
		{"http://h/", "host", "", "http://h/"},
		{"x://h/", "host", "", "x:///"},
		{"http://h/", "host", "g:99999", "http://g/"},
		{"mailto:a", "host", "g", "mailto:a"},
		{"http://h:8/p", "hostname", "g", "http://g:8/p"},
		{"http://h:8/p", "hostname", "g:9", "http://h:8/p"},
		{"http://h/", "hostname", "a b", "http://h/"},
		{"http://h/", "hostname", "[::1]", "http://[::1]/"},
		{"file:///a", "hostname", "localhost", "file:///a"},
		{"http://h/", "port", "8080", "http://h:8080/"},
		{"http://h/", "port", "80abc", "http://h/"},
		{"http://h/", "port", "91abc", "http://h:91/"},
		{"http://h:8/", "port", "", "http://h/"},
		{"http://h:8/", "port", "x", "http://h:8/"},
		{"http://h:8/", "port", "65536", "http://h:8/"},
		{"file:///a", "port", "8", "file:///a"},
		{"http://h/a?q", "pathname", "b c?d#e", "http://h/b%20c%3Fd%23e?q"},
		{"http://h/a", "pathname", "", "http://h/"},
		{"x://h/a", "pathname", "", "x://h"},
		{"x:/a", "pathname", "//p", "x:/.//p"},
		{"mailto:a", "pathname", "b", "mailto:a"},
		{"http://h/a#f", "search", "?b c'", "http://h/a?b%20c%27#f"},
		{"http://h/a?q", "search", "", "http://h/a"},
		{"http://h/a", "search", "?", "http://h/a?"},
		{"http://h/a", "search", "??x#", "http://h/a??x%23"},
		{"http://h/a", "hash", "#x y", "http://h/a#x%20y"},
		{"http://h/a#b", "hash", "", "http://h/a"},
		{"http://h/a", "href", "x://y", "x://y"},
		{"http://h/a", "href", "nope", "TypeError: Invalid URL"},
	}
	var checks []check
	for _, tt := range tests {
		expr := fmt.Sprintf("(() => { const u = new URL(%q); u.%s = %q; return u.href; })()", tt.url, tt.member, tt.value)
		checks = append(checks, check{tt.member, expr, tt.want})
	}
	evaluate(t, &host{}, "", checks)
}

func TestURLSearchParams(t *testing.T) {
	const tuple = "TypeError: Each query pair must be an iterable [name, value] tuple"
	evaluate(t, &host{}, "const P = URLSearchParams;", []check{
		{"text", `String(new P('?a=1&b=2&a=%20x+y&c&&=d&e=f=g'))`, "a=1&b=2&a=+x+y&c=&=d&e=f%3Dg"},
		{"set of form", `String(new P([['a*-._ ', "!'()~é&="]]))`, "a*-._+=%21%27%28%29%7E%C3%A9%26%3D"},
		{"record", `String(new P({ a: 1, b: [2, 3], c: undefined }))`, "a=1&b=2%2C3&c=undefined"},
		{"pairs", `String(new P(new Map([['a', 'b'], ['c', 'd']])))`, "a=b&c=d"},
		{"params", `String(new P(new P('a=b')))`, "a=b"},
		{"none", `[new P(), new P(null), new P(undefined), new P('?')].map(String).join('|')`, "|null=||"},
		{"tuples", `new P([['a']])`, tuple},
		{"tuples", `new P([['a', 'b', 'c']])`, tuple},
		{"tuples", `new P([1])`, tuple},
		{"malformed", `new P('a=%zz%e2%82').get('a')`, "%zz\uFFFD"},
		{"BOM", `new P('\ufefftest=\ufeff').toString()`, "%EF%BB%BFtest=%EF%BB%BF"},
		{"lone surrogate", `new P({ a: '\ud800' }).get('a')`, "\uFFFD"},

		{
			"get", `(() => { const p = new P('a=1&a=2&b='); return JSON.stringify([p.get('a'), p.get('b'), p.get('c'), p.getAll('a'), p.getAll('c'), p.has('a'), p.has('a', 2), p.has('a', '3'), p.has('a', undefined), p.size]); })()`,
			`["1","",null,["1","2"],[],true,true,false,true,3]`,
		},
		{"append", `(() => { const p = new P('a=1'); p.append('a', null); return String(p); })()`, "a=1&a=null"},
		{"set", `(() => { const p = new P('a=1&b=2&a=3'); p.set('a', 4); p.set('c', 5); return String(p); })()`, "a=4&b=2&c=5"},
		{"delete", `(() => { const p = new P('a=1&b=2&a=3&b=4'); p.delete('a'); p.delete('b', '4'); return String(p); })()`, "b=2"},
		{"sort", `(() => { const p = new P('z=b&a=b&z=a&a=a&ﬃ=1&🌈=2'); p.sort(); return [...p.keys()].join() + p.getAll('z'); })()`, "a,a,z,z,🌈,ﬃb,a"},
		{
			"iterates", `(() => { const p = new P('a=1&b=2'); const l = [[...p], [...p.keys()], [...p.values()], [...p.entries()]]; p.forEach((v, k, o) => l.push(k, v, o === p)); return JSON.stringify(l); })()`,
			`[[["a","1"],["b","2"]],["a","b"],["1","2"],[["a","1"],["b","2"]],"a","1",true,"b","2",true]`,
		},
		{"live", `(() => { const p = new P('a=1&b=2&c=3'); const seen = []; for (const [k] of p) { seen.push(k); p.delete(k); } return seen.join(); })()`, "a,c"},
		{"iterator", `P.prototype[Symbol.iterator] === P.prototype.entries`, true},
		{"no arguments", `new P().append('a')`, `TypeError: The "name" and "value" arguments must be specified`},
		{"no arguments", `new P().get()`, `TypeError: The "name" argument must be specified`},
		{"forEach", `new P().forEach(5)`, `TypeError: The "callback" argument must be of type function. Received type number (5)`},
		{"tag", `Object.prototype.toString.call(new P())`, "[object URLSearchParams]"},

		{"of a URL", `(() => { const u = new URL('http://h/?a=1#f'); const p = u.searchParams; p.append('b', 'x y'); p.set('a', '~'); return [u.href, u.searchParams === p].join(); })()`, "http://h/?a=%7E&b=x+y#f,true"},
		{"of a URL", `(() => { const u = new URL('http://h/?a=1'); u.searchParams.delete('a'); return u.href; })()`, "http://h/"},
		{"of a URL", `(() => { const u = new URL('http://h/?a=1'); const p = u.searchParams; u.search = '?b=2'; const first = String(p); u.href = 'x:y?c'; return first + p; })()`, "b=2c="},
		{"of a URL", `(() => { const u = new URL('http://h/?a=b c'); const q = u.search; u.searchParams.sort(); return q + u.search; })()`, "?a=b%20c?a=b+c"},
	})
}

func TestConsoleShowsURLs(t *testing.T) {
	got := called(t, `console.log(new URL('http://h/a?b=c')); console.log([new URLSearchParams('a=1&b=2')]); console.log(new URLSearchParams());`)
	want := []string{
		"7 URL { href: 'http://h/a?b=c', origin: 'http://h', protocol: 'http:', username: '', password: '', host: 'h', hostname: 'h', port: '', pathname: '/a', search: '?b=c', searchParams: URLSearchParams { 'b' => 'c' }, hash: '' }",
		"7 [ URLSearchParams { 'a' => '1', 'b' => '2' } ]",
		"7 URLSearchParams {}",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("logged\n%s", strings.Join(got, "\n"))
	}
}
