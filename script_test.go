package weir_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"weir/weirtest"
)

// Every example is what its test.txtar says, with the files beside it.
func TestExamples(t *testing.T) {
	tests, err := filepath.Glob("examples/*/test.txtar")
	if err != nil || len(tests) < 3 {
		t.Fatalf("%d examples: %v", len(tests), err)
	}
	for _, test := range tests {
		dir := filepath.Dir(test)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			testscript.Run(t, testscript.Params{
				Files: []string{test},
				Cmds:  weirtest.Commands,
				Setup: func(env *testscript.Env) error {
					if err := os.CopyFS(env.WorkDir, os.DirFS(dir)); err != nil {
						return err
					}
					return weirtest.Setup(env)
				},
			})
		})
	}
}
