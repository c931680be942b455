package confparse

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// fuzzTexts are texts to begin with.
func fuzzTexts(f *testing.F) []string {
	f.Helper()
	names, err := filepath.Glob("testdata/*.conf")
	if err != nil {
		f.Fatal(err)
	}
	texts := []string{
		benchVHost, "a{b c}", "a#b c;#d\re;", "a 1;;", "a{};\"\" {", "\ufeffa b;\r\n", "a ${x}$;", "a \"b\n;", "a \"\\\"",
		"vhost a {\n hls {\n}\nb 1;\n", "js_x { a(`${`", "js_x ｛ a; }", "a\u00a0b；", "js_x {\n(\n}\n}", "\xff\xfe",
		"a #b\n #c\n {d #e\n f;#g\n;}#h", "a { b; c; } js_x #d\n{\n\t}e{}",
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	return texts
}

// FuzzParse looks for texts on which the parser panics, puts a span out of place,
// repairs without a word, or reads its own output differently.
func FuzzParse(f *testing.F) {
	for _, text := range fuzzTexts(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, found := Parse("f", text)
		for _, d := range found {
			if d.Code == "E100" {
				t.Fatalf("the repair has a hole: %s", d.Message)
			}
			checkSpan(t, text, d.Span)
			for _, n := range d.Notes {
				checkSpan(t, text, n.Span)
			}
		}
		if err := found.WriteText(io.Discard, file); err != nil {
			t.Fatal(err)
		}
		checkTree(t, text, file.Directives, 0, len(text))
		if found.HasErrors() {
			return
		}
		again, found := Parse("g", printed(file.Directives))
		if len(found) > 0 {
			t.Fatalf("%q is printed as %q: %v", text, printed(file.Directives), found)
		}
		if diff := cmp.Diff(outline(file.Directives), outline(again.Directives)); diff != "" {
			t.Fatalf("%q is printed as %q (-want +got):\n%s", text, printed(file.Directives), diff)
		}
	})
}

// checkTree checks that the directives follow each other between two offsets, and
// that their parts do so within them.
func checkTree(t *testing.T, text string, list []*Directive, from, to int) {
	t.Helper()
	within := func(s Span, from, to int) int {
		checkSpan(t, text, s)
		if s.Start.Offset < from || s.End.Offset > to {
			t.Fatalf("%v is not within %d and %d", s, from, to)
		}
		return s.End.Offset
	}
	for _, d := range list {
		end := d.Span.End.Offset
		next := within(d.Span, from, to)
		at := within(d.Name.Span, d.Span.Start.Offset, end)
		for _, w := range d.Args {
			at = within(w.Span, at, end)
			if got := text[w.Span.Start.Offset:w.Span.End.Offset]; !w.Quoted && w.Value != got {
				t.Fatalf("the word %q stands at %q", w.Value, got)
			}
		}
		if s := d.Script; s != nil {
			within(s.Span, at, end)
			if got := text[s.Span.Start.Offset:s.Span.End.Offset]; s.Body != got {
				t.Fatalf("the script %q stands at %q", s.Body, got)
			}
		}
		checkTree(t, text, d.Block, at, end)
		from = next
	}
}

// checkSpan checks that a span's lines and columns are those of its offsets.
func checkSpan(t *testing.T, text string, s Span) {
	t.Helper()
	if s.Start.Offset > s.End.Offset || s.End.Offset > len(text) {
		t.Fatalf("span %v in a text of %d bytes", s, len(text))
	}
	for _, p := range []Pos{s.Start, s.End} {
		before := strings.TrimPrefix(text[:p.Offset], "\ufeff")
		want := Pos{File: "f", Offset: p.Offset, Line: 1 + strings.Count(before, "\n")}
		want.Col = 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
		if diff := cmp.Diff(want, p); diff != "" {
			t.Fatalf("position in %q (-want +got):\n%s", text, diff)
		}
	}
}

// printed writes directives as a file that holds them.
func printed(list []*Directive) string {
	var b strings.Builder
	for _, d := range list {
		b.WriteString(spelled(d.Name))
		for _, a := range d.Args {
			b.WriteString(" " + spelled(a))
		}
		switch {
		case d.Script != nil:
			fmt.Fprintf(&b, " {%s}\n", d.Script.Body)
		case d.HasBlock():
			fmt.Fprintf(&b, " {\n%s}\n", printed(d.Block))
		default:
			b.WriteString(";\n")
		}
	}
	return b.String()
}

// spelled writes a word such that it is read as the same.
func spelled(w Word) string {
	if !w.Quoted {
		return w.Value
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`).Replace(w.Value) + `"`
}

// FuzzScript looks for texts on which the scanner panics or ends out of place.
func FuzzScript(f *testing.F) {
	for _, text := range []string{
		"}", "a/b/c}", "`${`${1}`}`}", "if(x)/}/.y}", "x={}/2}", "//}\n}", "a=b?{c:1}/2:/}/}", "'\\\r\n}'}", "\\u{", "/[", "for await(",
		"/*", "`\\", "\"\\", "\u2028/", "x\u00a0/}/", "1..e", "#a in b}", "...", "a?.b??c}",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end, fault := scanScript("{"+text, 0, 1)
		if fault == nil {
			if end < 2 || end > len(text)+1 || text[end-2] != '}' {
				t.Fatalf("scanScript({%q) = %d", text, end)
			}
			return
		}
		if fault.at < 0 || fault.at > len(text) || fault.read <= 0 || fault.read > len(text)+1 {
			t.Fatalf("scanScript({%q) = %+v", text, *fault)
		}
	})
}
