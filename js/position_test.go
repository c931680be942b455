package js_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

func TestExceptionsOfInlineBlocks(t *testing.T) {
	tests := []struct {
		name, body string
		want       js.Error
	}{
		{"on the directive's line", "null.x", js.Error{
			Line: 3, Col: 15, Message: "TypeError: Cannot read property 'x' of undefined",
			Stack: "at srs.conf:3:15",
		}},
		{"on a later line", "\n  const f = () => {\n    throw new Error('ä');\n  };\n  f();", js.Error{
			Line: 5, Col: 11, Message: "Error: ä",
			Stack: "at f (srs.conf:5:11)\nat srs.conf:7:4",
		}},
		{"column in runes", "const s2 = 'кам'; oops()", js.Error{Line: 3, Col: 32, Message: "ReferenceError: oops is not defined", Stack: "at srs.conf:3:32"}},
		{"after an await", "\nawait null;\n throw new RangeError('late')", js.Error{Line: 5, Col: 8, Message: "RangeError: late", Stack: "at srs.conf:5:8"}},
		{"through awaits", "\nconst f = async () => { await null; throw new Error('deep') };\nawait f();", js.Error{
			Line: 4, Col: 43, Message: "Error: deep",
			Stack: "at f (srs.conf:4:43)\nat srs.conf:5:8",
		}},
		{"no Error", "throw 'text'", js.Error{Line: 3, Col: 10, Message: `uncaught "text"`, Stack: "at srs.conf:3:10"}},
		{"no Error, after an await", "await 1; throw 'text'", js.Error{Line: 3, Col: 10, Message: `uncaught "text"`}},
		{"null", "throw null", js.Error{Line: 3, Col: 10, Message: "uncaught null", Stack: "at srs.conf:3:10"}},
		{"undefined", "return Promise.reject()", js.Error{Line: 3, Col: 10, Message: "uncaught undefined"}},
		{"symbol", "throw Symbol('s')", js.Error{Line: 3, Col: 10, Message: "uncaught Symbol(s)", Stack: "at srs.conf:3:10"}},
		{"no text", "'' + Object.create(null)", js.Error{Line: 3, Col: 10, Message: "TypeError: Cannot convert object to primitive value", Stack: "at srs.conf:3:10"}},
		{"toString throws", "throw { toString() { throw 1 } }", js.Error{Line: 3, Col: 10, Message: "an exception without a text", Stack: "at srs.conf:3:10"}},
		{"subclass", "class Denied extends Error { name = 'Denied' }\nthrow new Denied('no')", js.Error{Line: 4, Col: 7, Message: "Denied: no", Stack: "at srs.conf:4:7"}},
		{"recursion", "const f = () => f() + 1; f()", js.Error{Line: 3, Col: 27, Message: "RangeError: Maximum call stack size exceeded"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := pool(t, compile(t, nil, inline(tt.body)), js.Options{})
			_, err := p.Call(t.Context(), block())
			var got *js.Error
			if !errors.As(err, &got) {
				t.Fatalf("Call: %v, want an Error", err)
			}
			tt.want.File = "srs.conf"
			if tt.name == "recursion" {
				got.Stack = ""
			}
			if diff := cmp.Diff(&tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestExceptionsOfModules(t *testing.T) {
	modules := files("js/hooks.ts", `#!/usr/bin/env node
import { check } from '../lib/check.js';
interface Session { app: string }
export function direct(s: Session): void {
	const x: any = undefined; x.y;
}
export async function nested(s: Session) {
	await null;
	await check(s as any);
}
export const text = () => { try { nested.call.x.y } catch (e: any) { return e.stack } };
`, "lib/check.js", `export async function check(s) {
	const кам = 1; await s; throw new TypeError('bad');
}`)
	s := js.Source{Unit: "v", Imports: []js.Import{{Name: "hooks", File: "hooks.ts", Dirs: []string{"js", "."}}}}
	p := pool(t, compile(t, modules, s), js.Options{})
	tests := []struct {
		name string
		want js.Error
	}{
		{"direct", js.Error{File: "js/hooks.ts", Line: 5, Col: 30, Message: "TypeError: Cannot read property 'y' of undefined", Stack: "at direct (js/hooks.ts:5:30)"}},
		{"nested", js.Error{File: "lib/check.js", Line: 2, Col: 32, Message: "TypeError: bad", Stack: "at check (lib/check.js:2:32)\nat nested (js/hooks.ts:9:8)"}},
	}
	for _, tt := range tests {
		_, err := p.Call(t.Context(), export(tt.name))
		var got *js.Error
		if !errors.As(err, &got) {
			t.Fatalf("Call: %v, want an Error", err)
		}
		if diff := cmp.Diff(&tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	r, err := p.Call(t.Context(), export("text"))
	if err != nil {
		t.Fatal(err)
	}
	if stack, _ := r.Value.(string); !strings.Contains(stack, "(js/hooks.ts:11:49(") {
		t.Errorf("stack that script sees = %q, want it to name js/hooks.ts:11:49", stack)
	}
}
