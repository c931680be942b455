package confparse

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outline prints directives in one line: quoted words, "{…}" for a block, "<…>" for a script.
func outline(list []*Directive) string {
	var b strings.Builder
	for i, d := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%q", d.Name.Value)
		for _, a := range d.Args {
			fmt.Fprintf(&b, ",%q", a.Value)
		}
		if d.Script != nil {
			fmt.Fprintf(&b, "<%s>", d.Script.Body)
		}
		if d.HasBlock() {
			fmt.Fprintf(&b, "{%s}", outline(d.Block))
		}
	}
	return b.String()
}

func TestParse(t *testing.T) {
	tests := []struct{ rule, text, want string }{
		{"empty", "", ``},
		{"white space", " \t\r\na\tb \r\n;", `"a","b"`},
		{"CRLF", "a b;\r\nc d;\r\n", `"a","b" "c","d"`},
		{"byte order mark", "\ufeffa b;", `"a","b"`},
		{"block", "a b { c d; e { } }", `"a","b"{"c","d" "e"{}}`},
		{"comment", "a b; # c d;\n# e;\nf;", `"a","b" "f"`},
		{"comment ends at a lone CR", "# c\ra b;", `"a","b"`},
		{"comment before EOF", "a b; # c", `"a","b"`},
		{"comment not UTF-8", "# \xd7\xa2\xca\xcd\na;", `"a"`},
		{"# in a word", "a#b c#;", `"a#b","c#"`},
		{"continued line", "a b\n c\n\td;", `"a","b","c","d"`},
		{"brace on the next line", "a\n{\nb\n;}", `"a"{"b"}`},
		{"continued after a comment", "a b # c\n  d;", `"a","b","d"`},
		{"single quotes", `a 'b "c" ; { # d';`, `"a","b \"c\" ; { # d"`},
		{"double quotes", `a "b 'c'";`, `"a","b 'c'"`},
		{"empty string", `a "" '';`, `"a","",""`},
		{"quote in a word", `a b"c d'e;`, `"a","b\"c","d'e"`},
		{"escapes in quotes", `a "\"\'\\\t\r\n\;\x";`, `"a","\"'\\\t\r\n\\;\\x"`},
		{"backslash without quotes", `a b\nc\;`, `"a","b\\nc\\"`},
		{"parenthesis after a quote", `if ("a" = "b") { c; }`, `"if","(\"a\"","=","b",")"{"c"}`},
		{"quoted name", `"a b" c;`, `"a b","c"`},
		{"brace ends a word", "a { b c; }d;", `"a"{"b","c"} "d"`},
		{"variable", "a $b $c{ d; }", `"a","$b","$c"{"d"}`},
		{"variable in braces", "a ${b} x${c}y;", `"a","${b}","x${c}y"`},
		{"path template", "a ./[vhost]/[app]/[2006].flv;", `"a","./[vhost]/[app]/[2006].flv"`},
		{"full width in quotes", `a "；“”　";`, `"a","；“”\u3000"`},
		{"script", "js_on_play { if (a) { return '}' } }", `"js_on_play"< if (a) { return '}' } >`},
		{"script after options", "js_periodic interval=5s\n{ /}/ } a;", `"js_periodic","interval=5s"< /}/ > "a"`},
		{"js_ without a script", "js_import a from b;", `"js_import","a","from","b"`},
		{"braces of no script", "ajs_x { b; }", `"ajs_x"{"b"}`},
		{"include is a directive", "include a;", `"include","a"`},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			f, found := Parse("f.conf", tt.text)
			if len(found) > 0 {
				t.Errorf("Parse(%q) found %v", tt.text, found)
			}
			if diff := cmp.Diff(tt.want, outline(f.Directives)); diff != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

// What is faulty is repaired as its author most likely meant it.
func TestParseRepairs(t *testing.T) {
	tests := []struct{ code, text, want string }{
		{"E101", "a b\nc d;", `"a","b" "c","d"`},
		{"E101", "a { b c }", `"a"{"b","c"}`},
		{"E101", "a b", `"a","b"`},
		{"W102", "a;; b {};", `"a" "b"{}`},
		{"E103", "{ a; } b;", `""{"a"} "b"`},
		{"E105", "a; } b;", `"a" "b"`},
		{"E106", "a \xff;", `"a","\xff"`},
		{"E107", "a b\x00c;", `"a","b\x00c"`},
		{"E107", "a\u00a0b；c ｛｝", `"a","b" "c"{}`},
		{"E107", "js_x ｛ y }", `"js_x"< y >`},
		{"E108", "a \"b;\nc;", `"a","b" "c"`},
		{"E108", "a { \"b\\\" }", `"a"{"b\""}`},
		{"E109", `a "b"c;`, `"a","b","c"`},
		{"E110", "js_x { ( }\na;", `"js_x"<> "a"`},
		{"E110", "js_x {\n if {\n}\na;", `"js_x"<> "a"`},
		{"E110", "js_x {\n `\n}\njs_x {\n 1\n}\na;", `"js_x"<> "js_x"<` + "\n 1\n" + `> "a"`},
		{"E111", "a { b { c;", `"a"{"b"{"c"}}`},
		{"E112", `"" a;`, `"","a"`},
	}
	for _, tt := range tests {
		f, found := Parse("f.conf", tt.text)
		if len(found) == 0 || found[0].Code != tt.code {
			t.Errorf("Parse(%q) found %v, want %s", tt.text, found, tt.code)
		}
		if diff := cmp.Diff(tt.want, outline(f.Directives)); diff != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestParseSpans(t *testing.T) {
	f, _ := Parse("f.conf", "\ufeffé \"ü\" x\n  {\n\tjs_y z {\n a } }")
	at := func(offset, line, col int) Pos { return Pos{"f.conf", offset, line, col} }
	block := f.Directives[0]
	script := block.Block[0]
	want := map[string]Span{
		"name":   {at(3, 1, 1), at(5, 1, 2)},
		"quoted": {at(6, 1, 3), at(10, 1, 6)},
		"word":   {at(11, 1, 7), at(12, 1, 8)},
		"block":  {at(3, 1, 1), at(33, 4, 7)},
		"js":     {at(18, 3, 2), at(31, 4, 5)},
		"body":   {at(26, 3, 10), at(30, 4, 4)},
	}
	got := map[string]Span{
		"name":   block.Name.Span,
		"quoted": block.Args[0].Span,
		"word":   block.Args[1].Span,
		"block":  block.Span,
		"js":     script.Span,
		"body":   script.Script.Span,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
}

// What a hostile file costs is linear in its size: each of these would take
// minutes if it were not.
func TestParseHostile(t *testing.T) {
	const size = 256 << 10
	for _, piece := range []string{
		"{", "}", ";", "a{", "a}", "a;", "a ", "\"", "'\\", "${", "\x00", "\u00a0", "；",
		"js_a{", "js_a {/*\n}\n", "js_a {`\n}\n", "js_a {[\n}\n", "js_a {(\n",
	} {
		f, _ := Parse("f.conf", strings.Repeat(piece, size/len(piece)))
		if f == nil {
			t.Errorf("Parse(%q…) = nil", piece)
		}
	}
	for _, piece := range []string{"(", "`${", "/[", "+/\"[\"", "/\\", "{", "=>{", "a?", "\\u{", "x=/a/;", "é"} {
		Parse("f.conf", "js_a {"+strings.Repeat(piece, size/len(piece)))
	}
	_, found := Parse("f.conf", strings.Repeat("a {\n", 10_000)+strings.Repeat("}\n", 10_000))
	if len(found) != 1 || found[0].Code != "E104" {
		t.Errorf("10000 nested blocks: found %v, want E104 alone", found)
	}
}
