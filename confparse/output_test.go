package confparse

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// faulty has a finding with a hint in a file that is included twice removed, one
// with a note, and one without a place.
func faulty(t *testing.T) (*File, Diagnostics) {
	t.Helper()
	f, found := Load(files(map[string]string{
		"m.conf":     "a;\n  include c/*.conf;\nb {\n c {\n}\n",
		"c/a.conf":   "include \"b,%.conf\";",
		"c/b,%.conf": "é 1\nd;;",
	}), "m.conf")
	return f, append(found, Diagnostic{Severity: Info, Code: "W404", Message: "100% <unused>\r\nhere"})
}

func written(t *testing.T, write func(io.Writer, *File) error, f *File) string {
	t.Helper()
	var b strings.Builder
	if err := write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteTextNotesInclusions(t *testing.T) {
	f, found := faulty(t)
	got, _, _ := strings.Cut(written(t, found.WriteText, f), "c/b,%.conf:2:3")
	want := `m.conf:3:1: error: the block of "b" is never closed [E111]
    3 | b {
      | ^
m.conf:5:1: note: this '}' closes "c" of line 4, but is indented like another
c/b,%.conf:1:4: error: missing ';' after "é" [E101]
    1 | é 1
      |    ^
hint: end it with ';': only a line that is indented deeper goes on with it
c/a.conf:1:9: note: included from here
m.conf:2:11: note: included from here
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWriteGitHub(t *testing.T) {
	f, found := faulty(t)
	got := written(t, found.WriteGitHub, f)
	want := `::error file=m.conf,line=3,col=1,title=E111::the block of "b" is never closed%0Am.conf:5:1: note: this '}' closes "c" of line 4, but is indented like another
::error file=c/b%2C%25.conf,line=1,col=4,title=E101::missing ';' after "é"%0Ahint: end it with ';': only a line that is indented deeper goes on with it%0Ac/a.conf:1:9: note: included from here%0Am.conf:2:11: note: included from here
::warning file=c/b%2C%25.conf,line=2,col=3,title=W102::this ';' ends nothing%0Ac/a.conf:1:9: note: included from here%0Am.conf:2:11: note: included from here
::notice file=m.conf,title=W404::100%25 <unused>%0D%0Ahere
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWriteJSON(t *testing.T) {
	f, found := faulty(t)
	var got []map[string]any
	if err := json.Unmarshal([]byte(written(t, found.WriteJSON, f)), &got); err != nil {
		t.Fatal(err)
	}
	at := func(file string, line, column, endLine, endColumn float64) map[string]any {
		return map[string]any{"file": file, "line": line, "column": column, "endLine": endLine, "endColumn": endColumn}
	}
	with := func(m map[string]any, more map[string]any) map[string]any {
		for k, v := range more {
			m[k] = v
		}
		return m
	}
	included := []any{
		with(at("c/a.conf", 1, 9, 1, 19), map[string]any{"message": "included from here"}),
		with(at("m.conf", 2, 11, 2, 19), map[string]any{"message": "included from here"}),
	}
	want := []map[string]any{
		with(at("m.conf", 3, 1, 3, 2), map[string]any{
			"severity": "error", "code": "E111", "message": `the block of "b" is never closed`, "hint": "",
			"notes": []any{with(at("m.conf", 5, 1, 5, 2), map[string]any{"message": `this '}' closes "c" of line 4, but is indented like another`})},
		}),
		with(at("c/b,%.conf", 1, 4, 1, 4), map[string]any{
			"severity": "error", "code": "E101", "message": `missing ';' after "é"`,
			"hint": "end it with ';': only a line that is indented deeper goes on with it", "notes": included,
		}),
		with(at("c/b,%.conf", 2, 3, 2, 4), map[string]any{
			"severity": "warning", "code": "W102", "message": "this ';' ends nothing", "hint": "", "notes": included,
		}),
		with(at("m.conf", 0, 0, 0, 0), map[string]any{
			"severity": "info", "code": "W404", "message": "100% <unused>\r\nhere", "hint": "", "notes": []any{},
		}),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := written(t, Diagnostics(nil).WriteJSON, f); got != "[]\n" {
		t.Errorf("no findings: %q, want an empty array", got)
	}
}
