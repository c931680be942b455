package confparse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWriteText(t *testing.T) {
	at := func(line, col int) Pos { return Pos{File: "srs.conf", Line: line, Col: col} }
	long := strings.Repeat("x", 200)
	tests := []struct {
		rule, text string
		finding    Diagnostic
		want       string
	}{
		{
			"hint", "vhost a {\r\n  hls_fragmnet 10;\r\n}",
			Diagnostic{Severity: Error, Code: "E201", Span: Span{at(2, 3), at(2, 15)}, Message: "unknown directive", Hint: `did you mean "hls_fragment"?`},
			`srs.conf:2:3: error: unknown directive [E201]
    2 |   hls_fragmnet 10;
      |   ^^^^^^^^^^^^
hint: did you mean "hls_fragment"?
`,
		},
		{
			"tabs", "\ta\tbc;",
			Diagnostic{Severity: Warning, Code: "W1", Span: Span{at(1, 4), at(1, 6)}, Message: "m"},
			`srs.conf:1:4: warning: m [W1]
    1 |     a   bc;
      |         ^^
`,
		},
		{
			"columns are runes", "é\x1b ü;",
			Diagnostic{Severity: Error, Code: "E1", Span: Span{at(1, 4), at(1, 5)}, Message: "m"},
			`srs.conf:1:4: error: m [E1]
    1 | é? ü;
      |    ^
`,
		},
		{
			"end of the line", "ab",
			Diagnostic{Severity: Error, Code: "E1", Span: Span{at(1, 3), at(1, 3)}, Message: "m"},
			`srs.conf:1:3: error: m [E1]
    1 | ab
      |   ^
`,
		},
		{
			"several lines", "a b {\n}",
			Diagnostic{Severity: Error, Code: "E1", Span: Span{at(1, 3), at(2, 2)}, Message: "m"},
			`srs.conf:1:3: error: m [E1]
    1 | a b {
      |   ^^^
`,
		},
		{
			"note", "a;",
			Diagnostic{Severity: Error, Span: Span{at(1, 1), at(1, 2)}, Message: "m", Notes: []Note{{Span{Start: at(7, 8)}, "first here"}}},
			`srs.conf:1:1: error: m
    1 | a;
      | ^
srs.conf:7:8: note: first here
`,
		},
		{
			"long line", long + "y" + long,
			Diagnostic{Severity: Error, Code: "E1", Span: Span{at(1, 201), at(1, 202)}, Message: "m"},
			"srs.conf:1:201: error: m [E1]\n    1 | ..." + strings.Repeat("x", 60) + "y" + strings.Repeat("x", 56) + "...\n" +
				"      | " + strings.Repeat(" ", 63) + "^\n",
		},
		{
			"no place", "a;",
			Diagnostic{Severity: Error, Code: "E208", Message: "listen is missing"},
			"srs.conf: error: listen is missing [E208]\n",
		},
		{
			"other file", "a;",
			Diagnostic{Severity: Error, Code: "E501", Span: Span{Start: Pos{File: "auth.js", Line: 3, Col: 4}}, Message: "m"},
			"auth.js:3:4: error: m [E501]\n",
		},
		{
			"no such line", "a;",
			Diagnostic{Severity: Error, Code: "E1", Span: Span{at(9, 9), at(9, 10)}, Message: "m"},
			"srs.conf:9:9: error: m [E1]\n    9 | \n      | ^\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			f := &File{Name: "srs.conf", Sources: []Source{{Name: "srs.conf", Text: tt.text}}}
			var b strings.Builder
			if err := (Diagnostics{tt.finding}).WriteText(&b, f); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, b.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWriteTextShowsTwenty(t *testing.T) {
	f, found := Parse("f.conf", strings.Repeat(";\n", 25))
	var b strings.Builder
	if err := found.WriteText(&b, f); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "[W102]"); n != 20 {
		t.Errorf("%d findings are shown, want 20", n)
	}
	if !strings.HasSuffix(b.String(), "\nand 5 more\n") {
		t.Errorf("the end is %q", b.String()[b.Len()-40:])
	}
}

func TestSort(t *testing.T) {
	finding := func(file string, line, col int, code string) Diagnostic {
		return Diagnostic{Code: code, Span: Span{Start: Pos{File: file, Line: line, Col: col}}}
	}
	got := Diagnostics{
		finding("b", 2, 1, "E1"),
		finding("a", 1, 1, "E1"),
		finding("b", 1, 9, "E2"),
		finding("b", 1, 9, "E1"),
		finding("b", 1, 9, "E2"),
		finding("b", 0, 0, "E3"),
		finding("b", 0, 0, "E3"),
		finding("b", 1, 2, "E1"),
	}.Sort()
	want := Diagnostics{
		finding("b", 0, 0, "E3"),
		finding("b", 0, 0, "E3"),
		finding("b", 1, 2, "E1"),
		finding("b", 1, 9, "E2"),
		finding("b", 1, 9, "E1"),
		finding("b", 2, 1, "E1"),
		finding("a", 1, 1, "E1"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSuggest(t *testing.T) {
	among := []string{"hls", "hls_fragment", "hls_window", "listen", "gop_cache", "js_on_play", "js_on_publish"}
	for name, want := range map[string]string{
		"hls_fragmnet": "hls_fragment", // swapped
		"hls_fragmen":  "hls_fragment", // left out
		"hls__window":  "hls_window",   // put in
		"lisden":       "listen",       // mistaken
		"js_on_plya":   "js_on_play",
		"gopcache":     "gop_cache",
		"hsl":          "hls",
		"hl":           "hls",
		"x":            "",
		"":             "",
		"transcode":    "",
		"rts":          "", // two of three letters
	} {
		if got := Suggest(name, among); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", name, got, want)
		}
	}
}
