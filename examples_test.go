package weir_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/confparse"
)

// What people ask of a script is no program: no example takes more than ten lines
// of JavaScript, in its modules and its configuration file together.
func TestExamplesAreShort(t *testing.T) {
	dirs, err := filepath.Glob("examples/*/srs.conf")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range dirs {
		dir := filepath.Dir(file)
		var lines []string
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || !isScript(name) {
				return err
			}
			text, err := os.ReadFile(name)
			lines = append(lines, scriptLines(string(text))...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		conf, found := confparse.Load(confparse.Disk{}, file)
		if found.HasErrors() {
			t.Fatalf("%s: %v", file, found)
		}
		lines = append(lines, inlineLines(conf.Directives)...)
		if len(lines) == 0 || len(lines) > 10 {
			t.Errorf("%s has %d lines of JavaScript, want 1 to 10:\n%s", dir, len(lines), strings.Join(lines, "\n"))
		}
	}
}

// isScript is true of modules, and not of their tests.
func isScript(name string) bool {
	switch filepath.Ext(name) {
	case ".js", ".mjs", ".ts":
		return !strings.Contains(filepath.Base(name), ".test.")
	}
	return false
}

// scriptLines are the lines that are neither empty nor a comment.
func scriptLines(text string) (list []string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "//") {
			list = append(list, line)
		}
	}
	return list
}

// inlineLines are those of the blocks of JavaScript in a configuration.
func inlineLines(directives []*confparse.Directive) (list []string) {
	for _, d := range directives {
		if d.Script != nil {
			list = append(list, scriptLines(d.Script.Body)...)
		}
		list = append(list, inlineLines(d.Block)...)
	}
	return list
}
