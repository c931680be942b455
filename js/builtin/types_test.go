package builtin_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js/hook"
	"weir/js/workshop"
)

var update = flag.Bool("update", false, "write ../types/weir.d.ts")

const typesFile = "../types/weir.d.ts"

func types(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := hook.WriteTypes(&b, workshop.Types()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// After a change of a table: go test ./js/builtin -run Types -update.
func TestTypesFileIsCurrent(t *testing.T) {
	want := types(t)
	if *update {
		if err := os.WriteFile(typesFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(typesFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is behind the tables, run with -update (-want +got):\n%s", typesFile, diff)
	}
}
