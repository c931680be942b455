package workshop_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"weir/js/workshop"
)

// Examples in TypeScript, and those in JavaScript, whose parameters need no types.
const (
	strictConfig = `{"extends": "./tsconfig.json", "include": ["**/*.ts"]}`
	scriptConfig = `{"extends": "./tsconfig.json", "compilerOptions": {"allowJs": true, "checkJs": true, "noImplicitAny": false}, "include": ["weir.d.ts", "**/*.js"]}`
)

// TypeScript takes the types, a new project and all examples, as strict as it is.
func TestTypesStrict(t *testing.T) {
	tsc := typeScript(t)
	dir := t.TempDir()
	if _, err := workshop.Init(dir); err != nil {
		t.Fatal(err)
	}
	check := func(config string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), tsc, "--project", config)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("tsc --project %s: %v\n%s", config, err, out)
		}
	}
	check("tsconfig.json")
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS("../../examples")); err != nil {
		t.Fatal(err)
	}
	for name, config := range map[string]string{"strict.json": strictConfig, "script.json": scriptConfig} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		check(name)
	}
}

// typeScript is the compiler that make tools has installed.
func typeScript(t *testing.T) string {
	t.Helper()
	tsc, err := filepath.Abs("../../.tools/node_modules/.bin/tsc")
	if err == nil {
		_, err = os.Stat(tsc)
	}
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal("tsc is missing: run make tools")
	}
	if err != nil {
		t.Skip("tsc is missing: run make tools")
	}
	return tsc
}
