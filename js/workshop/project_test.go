package workshop_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/confparse"
	"weir/js/workshop"
)

// A new project's tests pass.
func TestInit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	names, err := workshop.Init(dir)
	if err != nil {
		t.Fatal(err)
	}
	var bases []string
	for _, n := range names {
		bases = append(bases, filepath.Base(n))
	}
	want := []string{"weir.d.ts", "README.md", "hooks.test.ts", "hooks.ts", "srs.conf", "tsconfig.json"}
	if diff := cmp.Diff(want, bases); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	var out bytes.Buffer
	tester := workshop.Tester{Files: confparse.Disk{}, Timeout: time.Minute, Out: &out}
	files, err := workshop.Find(confparse.Disk{}, []string{dir})
	if err != nil {
		t.Fatal(err)
	}
	if !tester.Test(t.Context(), files) || !regexp.MustCompile(`\n4 passed `).Match(out.Bytes()) {
		t.Errorf("the tests of a new project:\n%s", &out)
	}
}

// Where one of its files is there already a project writes nothing.
func TestInitOverwritesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "srs.conf"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := workshop.Init(dir); err == nil {
		t.Error("a project was made over a file")
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("there are %d files, %v", len(files), err)
	}
}

func TestChangedSeesAnEdit(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.test.js")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("import { test } from 'weir:test'; test('t', () => {});")
	tester := workshop.Tester{Files: confparse.Disk{}, Timeout: time.Minute, Out: &bytes.Buffer{}}
	if !tester.Test(t.Context(), []string{file}) {
		t.Fatal("the test fails")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	write("import { test } from 'weir:test'; test('t', () => { throw 1 });")
	if tester.Changed(ctx); ctx.Err() != nil {
		t.Error("the edit was not seen")
	}
}
