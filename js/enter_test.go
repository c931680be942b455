package js

import "testing"

// What is typed is compiled or refused, whatever it is.
func FuzzEnter(f *testing.F) {
	for _, seed := range []string{
		"1 + 1", "await f()", "let { a, b: [c] } = await 1, d", "import x, { y as z } from 'm'", "} async function x() {", "{ a: 1 }", "f(`",
		"for await (const v of x) v", `'\u{10FFFF}'`, "(await a).b", "class K {} await 0", "return await 1",
	} {
		f.Add(seed)
	}
	s, err := NewShell(Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(s.Close)
	s.Load(nil, nil)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			t.Skip()
		}
		run, more, err := s.entered(text)
		if more && err == nil || (run == nil) == (err == nil) {
			t.Errorf("%q: run %t, more %v, %v", text, run != nil, more, err)
		}
	})
}
