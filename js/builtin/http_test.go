package builtin_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"weir/js"
	"weir/js/builtin"
	"weir/js/hook"
)

// ofRequest runs the body as js_content, for a request.
func ofRequest(t testing.TB, r *hook.Request, body string) (hook.Response, js.Result, error) {
	t.Helper()
	o := js.Options{
		Classes: hook.Classes(), Modules: builtin.Modules(builtin.Server{}), Host: &host{}, Encode: true,
		Budget: js.Budget{Wall: time.Minute, CPU: time.Minute}, // timing decides nothing here
	}
	p, err := js.Compile(fstest.MapFS{}, []js.Source{{Inline: []js.Inline{
		{ID: "b", Params: []string{"r"}, Body: body, At: js.Place{File: "srs.conf", Line: 1, Col: 1}},
	}}}, o)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := js.NewPool(p, o)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing runs any more
	result, err := pool.Call(t.Context(), js.Call{Func: js.Func{Inline: "b"}, Args: []js.Value{r.Object()}})
	if err != nil {
		return hook.Response{}, result, err
	}
	a, err := hook.ReadResponse(result)
	return a, result, err
}

const part = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"

func disposition(value string) string {
	return "--X\r\nContent-Disposition: " + value + "\r\n\r\ndata\r\n--X--"
}

// Forms, as njs's own tests have them: all fields as a query, or what is wrong.
func TestRequestForm(t *testing.T) {
	const (
		encoded   = "application/x-www-form-urlencoded"
		multipart = "multipart/form-data; boundary=X"
	)
	for _, tt := range []struct{ name, contentType, body, want string }{
		{"fields", encoded, "a=1&a=2&empty=&=blank&space=one+two", "a=1&a=2&empty=&=blank&space=one two"},
		{"none", encoded, "", ""},
		{"empty ones", encoded, "&baz=fuz&&muz=tax&", "baz=fuz&muz=tax"},
		{"without equals", encoded, "freespace&name&value=12", "freespace=&name=&value=12"},
		{"the first equals", encoded, "==fu=z&baz=bar", "==fu=z&baz=bar"},
		{"plus", encoded, "ba+z=f+uz", "ba z=f uz"},
		{"escapes", encoded, "a=%41%2a%5F%7e", "a=A*_~"},
		{"parameters", encoded + " ; charset=utf-8", "a=1", "a=1"},
		{"case", "Application/X-WWW-Form-URLencoded", "a=1", "a=1"},
		{"half an escape", encoded, "a=%", "Error: malformed percent escape"},
		{"less than an escape", encoded, "a=%4", "Error: malformed percent escape"},
		{"no escape", encoded, "%Z=1", "Error: malformed percent escape"},
		{"too many", encoded, "1&2&3&4&5&6&7&8&9", "Error: maxKeys limit exceeded"},
		{"another type", "text/plain", "a=1", "TypeError: unsupported content type"},
		{"no type", ";boundary=X", "", "TypeError: unsupported content type"},
		{"bad parameter", encoded + "; =x", "a=1", "Error: malformed parameter"},
		{"no boundary", "multipart/form-data", "a=1", "TypeError: multipart boundary is required"},
		{"empty boundary", `multipart/form-data; boundary=""`, "", "Error: invalid multipart boundary"},
		{"long boundary", "multipart/form-data; boundary=" + strings.Repeat("x", 201), "", "Error: invalid multipart boundary"},
		{"two boundaries", multipart + "; boundary=Y", "--X--", "Error: duplicate boundary parameter"},
		{"rest of the type", multipart + " junk", "--X--", "Error: malformed parameter"},
		{"parts", multipart, part + part + "--X--", "a=1&a=1"},
		{"no part", multipart, "--X--", ""},
		{"file", multipart, "--X\r\nContent-Disposition: form-data; name=f; filename=\"\xe6\x97\xa5.txt\"\r\nContent-Type: x\r\n\r\nAAA\r\n--X--", "f=[日.txt]"},
		{"quotes", multipart, disposition(`form-data; name="a\"b"  `), `a"b=data`},
		{"boundary within", multipart, "--X\r\nContent-Disposition: form-data; name=x\r\n\r\npayload\r\n--FAKE\r\n\r\nContent-Disposition: form-data\r\n--X--", "x=payload\r\n--FAKE\r\n\r\nContent-Disposition: form-data"},
		{"empty value", multipart, "--X\r\nContent-Disposition: form-data; name=e\r\n\r\n\r\n--X--", "e="},
		{"opening", multipart, "--Xjunk", "Error: malformed multipart boundary"},
		{"short", multipart, "-", "Error: malformed multipart body"},
		{"no header's end", multipart, "--X\r\nContent-Disposition: form-data; name=a", "Error: missing multipart header separator"},
		{"large headers", multipart, "--X\r\nX: " + strings.Repeat("a", 17000) + "\r\n\r\ndata\r\n--X--", "Error: multipart headers are too large"},
		{"long line", multipart, "--X\r\nX: " + strings.Repeat("a", 4100) + "\r\n\r\ndata\r\n--X--", "Error: multipart header line is too long"},
		{"many headers", multipart, "--X\r\n" + strings.Repeat("X: v\r\n", 33) + "\r\ndata\r\n--X--", "Error: too many multipart headers"},
		{"no disposition", multipart, "--X\r\nX: foo\r\n\r\ndata\r\n--X--", "Error: missing Content-Disposition header"},
		{"two dispositions", multipart, disposition("form-data; name=a\r\nContent-Disposition: form-data; name=b"), "Error: duplicate Content-Disposition header"},
		{"another disposition", multipart, disposition("attachment; name=a"), "Error: unsupported disposition type"},
		{"no name", multipart, disposition("form-data"), "Error: multipart field name is required"},
		{"rest of it", multipart, disposition(`form-data; name="a" junk`), "Error: malformed Content-Disposition header"},
		{"two names", multipart, disposition("form-data; name=a; name=b"), "Error: duplicate name parameter"},
		{"two file names", multipart, disposition("form-data; name=a; filename=x; filename=y"), "Error: duplicate filename parameter"},
		{"a parameter's name", multipart, disposition("form-data; name"), "Error: malformed parameter"},
		{"an empty parameter", multipart, disposition("form-data; name="), "Error: empty parameter value"},
		{"a quote's end", multipart, disposition(`form-data; name="a"; filename="x\"`), "Error: unterminated quoted parameter"},
		{"no colon", multipart, "--X\r\nNoColon\r\nContent-Disposition: form-data; name=a\r\n\r\ndata\r\n--X--", "Error: malformed multipart header"},
		{"closing", multipart, part + "--Xjunk", "Error: malformed multipart boundary"},
		{"another's body", multipart, "no boundary at all", "Error: malformed multipart body"},
		{"truncated", multipart, "--X\r\nContent-Disposition: form-data; name=a\r\n\r\nvalue without an end", "Error: truncated multipart body"},
		{"too many parts", multipart, strings.Repeat(part, 9) + "--X--", "Error: maxKeys limit exceeded"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := &hook.Request{ID: "r", Phase: hook.ForContent, Header: http.Header{"Content-Type": {tt.contentType}}, Body: []byte(tt.body), BodyRead: true, BodySize: len(tt.body)}
			a, _, err := ofRequest(t, r, `
				try {
					const l = [], f = await r.readRequestForm({ maxKeys: 8 });
					f.forEach((v, k) => l.push(k + '=' + (typeof v === 'string' ? v : '[' + v.name + ']')));
					if (f.hasFiles() !== l.some((x) => x.endsWith(']'))) throw new Error('hasFiles is ' + f.hasFiles());
					if (f !== await r.readRequestForm({ maxKeys: 1 })) throw new Error('not the same');
					r.return(200, l.join('&'));
				} catch (e) { r.return(500, e.name + ': ' + e.message); }`)
			if err != nil || string(a.Body) != tt.want {
				t.Errorf("%q, %v, want %q", a.Body, err, tt.want)
			}
		})
	}
	a, _, err := ofRequest(t, &hook.Request{Phase: hook.ForContent, BodyRead: true}, `try { await r.readRequestForm() } catch (e) { r.return(500, e.name + ': ' + e.message); }`)
	if want := "TypeError: request content type is required"; err != nil || string(a.Body) != want {
		t.Errorf("%q, %v, want %q", a.Body, err, want)
	}
}

// A script that meddles with the language fails itself alone.
func TestRequestOfAMeddler(t *testing.T) {
	for name, body := range map[string]string{
		"Map":    `Map.prototype.get = () => ({ name: 'x\r\ny', values: ['a\r\nb'] }); r.headersOut.foo = 'x'; r.return(200, 'a')`,
		"RegExp": `RegExp.prototype.test = () => false; r.headersOut.foo = 'a\r\nb'; r.return(200, 'a')`,
		"token":  `RegExp.prototype.test = function () { return this.source.startsWith('^') }; r.headersOut['a\r\nb'] = 'a'; r.return(200, 'a')`,
		"URL":    `RegExp.prototype.test = () => false; r.internalRedirect('\r\n')`,
	} {
		a, result, err := ofRequest(t, &hook.Request{Phase: hook.ForContent}, body)
		for _, c := range a.Headers {
			if strings.ContainsAny(c.Name+strings.Join(c.Values, ""), "\r\n") {
				t.Errorf("%s: %+v, %+v, %v", name, a, result, err)
			}
		}
		if strings.ContainsAny(a.URI, "\r\n") {
			t.Errorf("%s: %q", name, a.URI)
		}
	}
}

// BenchmarkRequest is a content handler's call, without HTTP and its own process.
func BenchmarkRequest(b *testing.B) {
	for _, bb := range []struct{ name, body string }{
		{"does=hello", "r.return(200, 'Hello world!');"},
		{"does=headers", "r.headersOut['X-Host'] = r.headersIn.host; r.return(200, r.args.a);"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			o := js.Options{Classes: hook.Classes(), Modules: builtin.Modules(builtin.Server{}), Host: &host{}, Encode: true}
			p, err := js.Compile(fstest.MapFS{}, []js.Source{{Inline: []js.Inline{{ID: "b", Params: []string{"r"}, Body: bb.body}}}}, o)
			if err != nil {
				b.Fatal(err)
			}
			pool, err := js.NewPool(p, o)
			if err != nil {
				b.Fatal(err)
			}
			defer pool.Close(context.WithoutCancel(b.Context())) //nolint:errcheck // nothing runs any more
			r := &hook.Request{ID: "r", Phase: hook.ForContent, Method: "GET", Query: "a=1", Header: http.Header{"Host": {"a"}, "User-Agent": {"b"}, "Accept": {"*/*"}}}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := pool.Call(b.Context(), js.Call{Func: js.Func{Inline: "b"}, Args: []js.Value{r.Object()}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
