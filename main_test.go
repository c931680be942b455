package weir_test

import (
	"os"
	"os/exec"
	"testing"

	"go.uber.org/goleak"

	"weir/js/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.Main()
	// The clock of scripts' regular expressions ends some time after the last match.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/dlclark/regexp2/v2.runClock"))
}

// tool returns the path of a program that the test drives. Where it is missing a
// test on a developer's machine is skipped; in CI it fails.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is missing: run make tools", name)
		}
		t.Skipf("%s is missing: run make tools", name)
	}
	return path
}
