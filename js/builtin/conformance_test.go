package builtin_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// Each line of testdata/conformance is an expression and, behind "//=", what Node
// makes of it: a value as show of testdata/show.js writes it, or what is thrown, of the
// language's own faults only the class. Lines that begin with % stand ahead of all.
func TestConformance(t *testing.T) {
	files, err := filepath.Glob("testdata/conformance/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no files:", err)
	}
	show, err := os.ReadFile("testdata/show.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			conform(t, string(show), string(text))
		})
	}
}

func conform(t *testing.T, show, text string) {
	t.Helper()
	var ahead, all strings.Builder
	var exprs, wants []string
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if code, ok := strings.CutPrefix(line, "%"); ok {
			ahead.WriteString(code + "\n")
			continue
		}
		expr, want, ok := strings.Cut(line, " //= ")
		if !ok {
			t.Fatalf("%q has no //=", line)
		}
		exprs, wants = append(exprs, expr), append(wants, want)
		all.WriteString("async () => (" + expr + "),\n")
	}
	pool := newPool(t, &host{}, ahead.String()+"const all = [\n"+all.String()+"];\n"+show)
	for i, want := range wants {
		r, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "run"}, Args: []js.Value{int64(i)}})
		got, _ := r.Value.(string)
		if !strings.Contains(want, ":") && strings.HasPrefix(want, "THROW ") {
			got, _, _ = strings.Cut(got, ":")
		}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s (-want +got): %v\n%s", exprs[i], err, diff)
		}
	}
}
