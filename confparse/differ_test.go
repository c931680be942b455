package confparse

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sameAsSRS fails unless weir reads a text that SRS accepts as SRS does, apart
// from what is documented to differ. It says whether it compared.
func sameAsSRS(t *testing.T, text string) bool {
	t.Helper()
	want, differs, err := srsParse(text)
	if err != nil || differs != "" {
		return false
	}
	f, found := Parse("f.conf", text)
	if len(found) > 0 {
		t.Fatalf("SRS accepts %q; found %v", text, found)
	}
	if diff := cmp.Diff(outline(want), outline(f.Directives)); diff != "" {
		t.Fatalf("SRS reads %q otherwise (-SRS +weir):\n%s", text, diff)
	}
	return true
}

// pieces are what texts are made of. Half of them are what an operator writes; the
// others stand where lexers go astray.
var pieces = []string{
	"listen 1935;", "vhost a {", "}", "}\n", " ", "\t", "\r\n", "\n", ";", "{", "a", "hls_path", "./objs/nginx/html", "[app]/[stream]-[seq].ts",
	"# comment\n", "#", "# c ; { } ' \"\r", "a#b", "\"", "'", "\"a b\"", "'a;b'", "\"#\"", "'{'", "\"}\"", "''", "a\"b", "c'd", "$x", "${x}", "\\", "\\;",
	"\\\"", "on;", "off ;", "enabled\ton;\n", "10.5", "http://127.0.0.1:8085/api?a=b&c=d", "é", "кино", "'；'", "=", "(", ")", "*", ",", "js_x", "\r",
}

// structured is a text of directives and blocks, most of which SRS accepts.
func structured(r *rand.Rand, depth int) string {
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	var b strings.Builder
	for range r.IntN(4) {
		b.WriteString(pick("", " ", "\n", "\r\n", "\t", "# a ; comment\n", "#\r"))
		b.WriteString(pick("a", "hls", "b#c", "'x y'", "\"z\"", "a\"b", "_", "é", "#\ry"))
		for range r.IntN(3) {
			b.WriteString(pick(" ", "\t", "  ", " \r", " # c\r"))
			b.WriteString(pick("on", "10s", "[app]/[stream]", "'a;b{}#'", "\"it's\"", "x'y'", "\\n", "$v", "a=b", "k#", "'；'", "-", "http://h:1/?a=b"))
		}
		b.WriteString(pick("", "", " ", "\t"))
		if depth > 0 && r.IntN(3) == 0 {
			b.WriteString("{" + structured(r, depth-1) + pick("", " ", "\n", "# c\n") + "}")
		} else {
			b.WriteString(";")
		}
	}
	return b.String()
}

// jumbled is any pieces in any order.
func jumbled(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(12) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func TestWhatSRSAcceptsMeansTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	compared := 0
	for range 20_000 {
		for _, text := range []string{structured(r, 3), jumbled(r)} {
			if sameAsSRS(t, text) && text != "" {
				compared++
			}
		}
	}
	if compared < 10_000 {
		t.Errorf("only %d texts were compared", compared)
	}
}

// The directory named by WEIR_CORPUS holds files of SRS.
func TestCorpusMeansTheSame(t *testing.T) {
	dir := os.Getenv("WEIR_CORPUS")
	if dir == "" {
		t.Skip("WEIR_CORPUS is not set")
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.conf"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	compared := 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if sameAsSRS(t, string(text)) {
			compared++
		} else if _, differs, err := srsParse(string(text)); err != nil {
			t.Logf("%s: %v", name, err)
		} else {
			t.Logf("%s: %s", name, differs)
		}
	}
	t.Logf("%d of %d files compared", compared, len(names))
}

// Where weir means something else, or refuses, it is one of these.
func TestDifferencesToSRS(t *testing.T) {
	for _, tt := range []struct{ why, text, srs, weir, code string }{
		{"backslash in quotes, which escapes", `a "b\";`, `"a","b\\"`, `"a","b\""`, "E108"},
		{"backslash in quotes, which escapes", `a 'b\n';`, `"a","b\\n"`, `"a","b\n"`, ""},
		{"empty string, which SRS drops", `a "" b;`, `"a","b"`, `"a","","b"`, ""},
		{"empty string, which SRS drops", `'' a;`, `"a"`, `"","a"`, "E112"},
		{"'}' in a word, which ends it", "a { b on}; }", `"a"{"b","on}"}`, `"a"{"b","on"}`, "E101"},
		{"${name}, which is a word", "a ${b c; }", `"a","$"{"b","c"}`, `"a","$"{"b","c"}`, ""},
		{"${name}, which is a word", "a ${b}; }", `"a","$"{"b}"}`, `"a","${b}"`, "E105"},
		{"name of several lines", "'a\nb' c;", `"a\nb","c"`, `"a" "b'","c"`, "E108"},
		{"JavaScript", "js_on_play { a; }", `"js_on_play"{"a"}`, `"js_on_play"< a; >`, ""},
		{"not UTF-8", "a \xd7;", `"a","\xd7"`, `"a","\xd7"`, "E106"},
		{"control character or lookalike", "a\u00a0b；c;", `"a\u00a0b；c"`, `"a","b" "c"`, "E107"},
		{"byte order mark", "\ufeffa b;", `"\ufeffa","b"`, `"a","b"`, ""},
	} {
		srs, differs, err := srsParse(tt.text)
		if differs != tt.why && err == nil {
			t.Errorf("%q differs by %q, want %q", tt.text, differs, tt.why)
		}
		if got := outline(srs); got != tt.srs {
			t.Errorf("SRS reads %q as %s, want %s", tt.text, got, tt.srs)
		}
		f, found := Parse("f.conf", tt.text)
		code := ""
		if len(found) > 0 {
			code = found[0].Code
		}
		if got := outline(f.Directives); got != tt.weir || code != tt.code {
			t.Errorf("weir reads %q as %s with %q, want %s with %q", tt.text, got, code, tt.weir, tt.code)
		}
	}
}

func FuzzSameAsSRS(f *testing.F) {
	for _, text := range fuzzTexts(f) {
		f.Add(text)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		f.Add(structured(r, 2))
	}
	f.Fuzz(func(t *testing.T, text string) { sameAsSRS(t, text) })
}
