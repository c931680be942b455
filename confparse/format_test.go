package confparse

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFormat(t *testing.T) {
	tests := []struct{ rule, text, want string }{
		{"empty", "", ""},
		{"nothing but space", " \r\n\n", ""},
		{"one space", "listen              1935 \t 1936 ;", "listen 1935 1936;\n"},
		{"a directive a line", "a; b 1; c {} d;", "a;\nb 1;\nc {}\nd;\n"},
		{"four spaces a level", "a {\n\tb {\n c;\n}\n}", "a {\n    b {\n        c;\n    }\n}\n"},
		{"brace on the name's line", "a\n{\nb\n  c\n;\n}", "a {\n    b c;\n}\n"},
		{"continued line", "a b\n  c\n  d;", "a b c d;\n"},
		{"one blank line", "\n\na;\n\n\n\nb;\n\n", "a;\n\nb;\n"},
		{"none at a block's ends", "a {\n\n\nb;\n\n\n}\n\n\nc;", "a {\n    b;\n}\n\nc;\n"},
		{"none after a block's comment", "a { # c\n\n  b;\n}", "a { # c\n    b;\n}\n"},
		{"block of one line", "a {b;  c 1 ;}", "a { b; c 1; }\n"},
		{"block of one line, brace on the next", "a\n{ b; }", "a { b; }\n"},
		{"three are too many", "a { b; c; d; }", "a {\n    b;\n    c;\n    d;\n}\n"},
		{"so is a block", "a { b { c; } }", "a {\n    b { c; }\n}\n"},
		{"so is a script", "a { js_b { c; } }", "a {\n    js_b { c; }\n}\n"},
		{"several lines remain", "a {\nb;\n}", "a {\n    b;\n}\n"},
		{"empty block", "a { }b {\n\n}", "a {}\nb {\n}\n"},
		{"behind a block of one line", "a { b; } # c\nd { e; }", "a { b; } # c\nd { e; }\n"},
		{"comment of its own line", "# a\na;\n  # b\n\n\n# c\nb;", "# a\na;\n# b\n\n# c\nb;\n"},
		{"comment in a block", "a {\n# b\nb;\n# c\n}", "a {\n    # b\n    b;\n    # c\n}\n"},
		{"comment alone in a block", "a { # b\n}", "a { # b\n}\n"},
		{"comment behind", "a;# b \nc {#d\ne;}#f", "a; # b\nc { #d\n    e;\n} #f\n"},
		{"behind two directives", "a; b; # c", "a;\nb; # c\n"},
		{"comment before a ';'", "a # b\n # c\n;d;", "a; # b\n# c\nd;\n"},
		{"comment on both sides of a ';'", "a # b\n; # c", "a; # b\n# c\n"},
		{"comment before a brace", "a # b\n# c\n{\nd;}", "a { # b\n    # c\n    d;\n}\n"},
		{"comment between words", "a { b # c\n\n  # d\n\n   e; }", "a {\n    b # c\n        # d\n        e;\n}\n"},
		{"comment before a script", "a {\njs_b # c\n{ d }\n}", "a {\n    js_b # c\n    { d }\n}\n"},
		{"comment not UTF-8", "a; #  \xd7\xa2\xca\xcd \n", "a; #  \xd7\xa2\xca\xcd\n"},
		{"quotes as they are", `a 'b' "c;" d"e "\"";`, `a 'b' "c;" d"e "\"";` + "\n"},
		{"parenthesis behind a quote", `if ("a"  = "b") { c; }`, `if ("a" = "b") { c; }` + "\n"},
		{"variable", "a ${b}$ {c;}", "a ${b}$ { c; }\n"},
		{"script as it is", "js_a   x\n{ \n\t  a ( )  \n  }b;", "js_a x { \n\t  a ( )  \n  }\nb;\n"},
		{"stray ';'", "a;;\n;b {};", "a;\nb {}\n"},
		{"byte order mark", "\ufeffa;", "a;\n"},
		{"CRLF", "a;\r\nb {\r\n\r\nc; # d\r\n}", "a;\r\nb {\r\n    c; # d\r\n}\r\n"},
		{"lines end as the first does", "a;\nb;\r\n", "a;\nb;\n"},
		{"those of scripts do not count", "js_a {\n}\r\nb;\n", "js_a {\n}\r\nb;\r\n"},
		{"lone CR", "# a\rb\rc;", "# a\nb c;\n"},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			got, found := Format("f.conf", tt.text)
			if found.HasErrors() {
				t.Errorf("found %v", found)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Format(%q) (-want +got):\n%s", tt.text, diff)
			}
			checkFormat(t, tt.text)
		})
	}
}

func TestFormatRefuses(t *testing.T) {
	const text = "a  b\nc;"
	got, found := Format("f.conf", text)
	if got != text || !found.HasErrors() {
		t.Errorf("Format(%q) = %q, %v; want the text and an error", text, got, found)
	}
}

// checkFormat checks that Format keeps the meaning of a text, its comments and
// every other character, and that it is content with its own work.
func checkFormat(t *testing.T, text string) {
	t.Helper()
	got, found := Format("f", text)
	if found.HasErrors() {
		if got != text {
			t.Fatalf("Format(%q) = %q, though it has errors", text, got)
		}
		return
	}
	before, _ := Parse("f", text)
	after, found := Parse("f", got)
	if len(found) > 0 {
		t.Fatalf("Format(%q) = %q, which has %v", text, got, found)
	}
	if diff := cmp.Diff(outline(before.Directives), outline(after.Directives)); diff != "" {
		t.Fatalf("Format(%q) = %q (-want +got):\n%s", text, got, diff)
	}
	if diff := cmp.Diff(remarks(text), remarks(got)); diff != "" {
		t.Fatalf("comments of Format(%q) (-want +got):\n%s", text, diff)
	}
	if diff := cmp.Diff(ink(text), ink(got)); diff != "" {
		t.Fatalf("characters of Format(%q) (-want +got):\n%s", text, diff)
	}
	if again, _ := Format("f", got); again != got {
		t.Fatalf("Format(Format(%q)) (-once +twice):\n%s", text, cmp.Diff(got, again))
	}
}

func remarks(text string) (list []string) {
	for _, x := range lexemes("f", text) {
		for _, c := range x.comments {
			list = append(list, c.text)
		}
	}
	return list
}

// ink are the characters of a text that are not white space, sorted. The ';' are
// left out: there may be some that end nothing.
func ink(text string) string {
	b := []byte(strings.TrimPrefix(text, "\ufeff"))
	b = slices.DeleteFunc(b, func(c byte) bool { return strings.IndexByte(" \t\r\n;", c) >= 0 })
	slices.Sort(b)
	return string(b)
}

// FuzzFormat looks for texts that lose something when they are formatted.
func FuzzFormat(f *testing.F) {
	for _, text := range fuzzTexts(f) {
		f.Add(text)
	}
	f.Fuzz(checkFormat)
}
