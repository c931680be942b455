package confparse

import "testing"

func TestScanScriptEnd(t *testing.T) {
	// The script ends at the last '}' of each text.
	for _, text := range []string{
		`{}`,
		`{a/b/c}`,
		"{`${`${1}`}`}",
		"{`}`}",
		"{`\\`}${ {a: '}'}.a }`}",
		`{if(x)/}/.test(y)}`,
		`{x={}/2;y='}'/1}`,
		"{//}\n}",
		"{//}\r}",
		"{//}\u2028}",
		`{/* } */}`,
		`{a=b?{c:1}/2:/}/}`,
		`{a = b ? /}/ : c}`,
		`{"}"; '}'; '\'}'}`,
		"{'a\\\n}'}",
		"{'a\\\r\n}'}",
		`{return /}/}`,
		`{return{a:1}/2/'}'.length}`,
		`{x.return /2; '}'/1}`,
		`{x?.return /2; '}'/1}`,
		`{x = a++ / 2; '}' / 1}`,
		`{/[/}]/.test(s)}`,
		`{/[^\]}]\/}/u.test(s)}`,
		`{x = y / 2; /}/g}`,
		`{for (const m of /}/[Symbol.split](s)) {}}`,
		`{const of = 4; of / 2; '}' / 1}`,
		`{for await (const x of y) /}/.test(x)}`,
		`{while (x) /}/.exec(x)}`,
		`{f(x) / 2; '}' / 1}`,
		`{else /}/}`,
		`{x => /}/}`,
		`{x => {} /}/}`,
		`{switch (x) { case /}/: {} /}/ ; default: {} /}/ }}`,
		`{label: {} /}/}`,
		`{({a: {} / 2, b: '}' / 1})}`,
		`{[{} / 2, '}' / 1]}`,
		`{f({} / 2, '}' / 1)}`,
		`{class A extends B { #x = /}/; static { /}/ } get y() { return this.#x / 2 } }}`,
		`{1 / 2; '}' / .5; '}' / 1.e3; '}' / 2n}`,
		`{\u{61} / 2; '}' / 1}`,
		"{return\u00a0/}/}",
		"{x = tag`}` / 2; '}' / 1}",
		`{x ?? /}/; x?.5:/}/}`,
		`{[.../}/.exec(s)]}`,
		`{const {a, b: {c}} = x; f(async ({d}) => { await /}/ })}`,
		`{x = é / 2; '}' / 1}`,
	} {
		end, fault := scanScript(text, 0, 1)
		if fault != nil {
			t.Errorf("scanScript(%q): %s at %d", text, fault.message, fault.at)
		} else if end != len(text) {
			t.Errorf("scanScript(%q) = %d, want %d", text, end, len(text))
		}
	}
}

func TestScanScriptFaults(t *testing.T) {
	tests := []struct {
		text, message string
		at            int
	}{
		{`{`, "'{' is never closed", 0},
		{`{ if (x) {`, "'{' is never closed", 9},
		{`{ f(1 }`, "'(' is not closed before a '}'", 3},
		{`{ a[1) }`, "'[' is not closed before a ')'", 3},
		{`{ a) }`, "this ')' closes nothing", 3},
		{"{ 'a\n' }", "the string is not closed on its line", 2},
		{`{ "a`, "the string is never closed", 2},
		{`{ "a\`, "the string is never closed", 2},
		{"{ `a}", "the template literal is never closed", 2},
		{"{ `a${ b }", "the template literal is never closed", 2},
		{"{ `a${ b ", "'${' is never closed", 2},
		{"{ `\\", "the template literal is never closed", 2},
		{`{ /* }`, "the comment is never closed", 2},
		{`{ \`, "'{' is never closed", 0},
		{`{ \u`, "'{' is never closed", 0},
	}
	for _, tt := range tests {
		_, fault := scanScript(tt.text, 0, 1)
		if fault == nil {
			t.Errorf("scanScript(%q): no fault, want %s", tt.text, tt.message)
		} else if fault.message != tt.message || fault.at != tt.at {
			t.Errorf("scanScript(%q): %s at %d, want %s at %d", tt.text, fault.message, fault.at, tt.message, tt.at)
		}
	}
}
