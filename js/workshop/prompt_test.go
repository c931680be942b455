package workshop_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"weir/js/host"
	"weir/js/workshop"
)

func prompted(t *testing.T, typed string, interactive bool) (code int, out string) {
	t.Helper()
	var b bytes.Buffer
	r := workshop.Runner{
		Files:  fstest.MapFS{"m.ts": {Data: []byte("export default (n: number) => n + 1;\nexport const five = 5;\nexport function bad() { throw new RangeError('bad') }")}},
		Permit: host.Permit{All: true}, Out: &b, Err: &b,
	}
	code = r.Prompt(t.Context(), strings.NewReader(typed), interactive)
	return code, b.String()
}

func TestPrompt(t *testing.T) {
	tests := []struct{ name, typed, want string }{
		{"values", "1 + 1\n'a'\n({ b: [1] })\nundefined", "2\n'a'\n{ b: [ 1 ] }\nundefined\n"},
		{"an object", "{ a: 1, b: 2 }", "{ a: 1, b: 2 }\n"},
		{"a block", "{ let a = 1; a }", "1\n"},
		{"variables stay", "let a = 1\nconst b = a + 1\na = b * 2; a", "undefined\nundefined\n4\n"},
		{"lines that go on", "function f() {\n  return `x\ny`;\n}\nf()", "undefined\n'x\\ny'\n"},
		{"comments that go on", "1 /* one\n*/ + 1", "2\n"},
		{"await", "await Promise.resolve(3)", "3\n"},
		{"what is awaited goes on in time", "await new Promise((ok) => setTimeout(ok, 1, 'late'))", "'late'\n"},
		{"variables behind an await stay", "const { a, b: [c], ...d } = await { a: 1, b: [2], e: 3 }, f = 4\n[a, c, d, f]", "undefined\n[ 1, 2, { e: 3 }, 4 ]\n"},
		{"functions and classes beside an await", "function g() { return 6 } class K {} await 0\ng() + typeof K", "0\n'6function'\n"},
		{"what the engine lacks", "Object.groupBy([1], () => 'a').a\nBuffer.from([7]).readUInt8(0)", "[ 1 ]\n7\n"},
		{"a name that is no await", "var await1 = 5; await1", "5\n"},
		{"promises are shown", "typeof Promise.resolve(1)\nPromise.resolve(1) instanceof Promise", "'object'\ntrue\n"},
		{"import", "import plus, { five as n, bad } from './m.ts'\nplus(n)", "undefined\n6\n"},
		{"import of all", "import * as m from './m.ts'\nm.five", "undefined\n5\n"},
		{"import of a built-in module", "import qs from 'querystring'\nqs.stringify({ a: 1 })", "undefined\n'a=1'\n"},
		{"import()", "(await import('./m.ts')).five", "5\n"},
		{"a module is one instance", "(await import('./m.ts')) === (await import('./m.ts')) || (await import('./m.ts')).bad === (await import('./m.ts')).bad", "true\n"},
		{"require", "require('querystring').stringify({ a: 1 })", "'a=1'\n"},
		{"TypeScript", "const n: number = 4\nn", "undefined\n4\n"},
		{"async generators", "async function* g() { yield 1 }\nfor await (const v of g()) print(v)", "undefined\n1\nundefined\n"},
		{"sloppy", "x = 010; this.x", "8\n"},
		{"exceptions", "(void 0).x\nthrow new Error('e')\nthrow 5\n1", "Uncaught TypeError: Cannot read property 'x' of undefined\nUncaught Error: e\nUncaught 5\n1\n"},
		{"exceptions of a module", "import { bad } from './m.ts'\nbad()", "undefined\nUncaught RangeError: bad\n    at bad (m.ts:3:31)\n"},
		{"rejections", "await Promise.reject(new Error('e'))\nPromise.reject(1); 2", "Uncaught Error: e\nUncaught 1\n"},
		{"a syntax error", "let = = 1\n2", "Uncaught SyntaxError: Unexpected \"=\"\n2\n"},
		{"what is not all there", "f(", "Uncaught SyntaxError: Unexpected \"}\"\n"},
		{"a module that is not there", "import './no.js'", "Uncaught Error: module \"./no.js\" is not available\n"},
		{"the end is told", "njs.on('exit', () => print('bye'))", "undefined\nbye\n"},
		{"timers run at the end", "setTimeout(() => print('late'), 1) && 0", "0\nlate\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, got := prompted(t, tt.typed, false)
			if diff := cmp.Diff(tt.want, got); diff != "" || code != 0 {
				t.Errorf("code %d, -want +got:\n%s", code, diff)
			}
		})
	}
}

func TestPromptAsks(t *testing.T) {
	_, got := prompted(t, "1 +\n2\n.help\n.exit\n3\n", true)
	if want := "> ... 3\n> Type JavaScript"; !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "too\n> ") {
		t.Errorf("got %q, want %q...", got, want)
	}
}

func TestPromptEndsWithACode(t *testing.T) {
	code, out := prompted(t, "process.exit(7)\n1\n", false)
	if code != 7 || out != "" {
		t.Errorf("code %d, %q", code, out)
	}
}
