package conf

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// of the root, which runs scripts.
var rootCodes = []string{"E405", "E406", "E501", "E502", "W503", "E504", "W505"}

func TestExamplesHaveTheirCode(t *testing.T) {
	for _, c := range codes {
		if c.Example == "" || slices.Contains(rootCodes, c.Code) {
			continue
		}
		fsys := fstest.MapFS{"srs.conf": {Data: []byte(c.Example)}, "gate.js": {}, "made.js": {Data: []byte("module.exports = {}")}, "near.js": {Data: []byte("export function onPlay() {}")}}
		_, list := Load(fsys, "srs.conf")
		var got []string
		for _, d := range list {
			got = append(got, d.Code)
		}
		if !slices.Contains(got, c.Code) {
			t.Errorf("%s: its example has %v", c.Code, got)
		}
	}
}

func TestCodesAreInOrder(t *testing.T) {
	number := func(a, b Code) int { return strings.Compare(a.Code[1:], b.Code[1:]) }
	if !slices.IsSortedFunc(codes, number) {
		t.Error("they are not")
	}
	for _, c := range codes {
		if c.Title == "" || c.Doc == "" {
			t.Errorf("%s has no entry", c.Code)
		}
	}
}

var quotedCode = regexp.MustCompile(`"([EWI][0-9]{3})"`)

// codesIn are those that the sources report.
func codesIn(t *testing.T, patterns ...string) map[string]bool {
	t.Helper()
	root := os.DirFS("..")
	used := map[string]bool{}
	for _, pattern := range patterns {
		names, err := fs.Glob(root, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") || name == "conf/codes.go" {
				continue
			}
			text, err := fs.ReadFile(root, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range quotedCode.FindAllStringSubmatch(string(text), -1) {
				used[m[1]] = true
			}
		}
	}
	return used
}

func TestEveryCodeHasAnEntry(t *testing.T) {
	used := codesIn(t, "*.go", "confparse/*.go", "conf/*.go", "cmd/weir/*.go")
	for _, c := range codes {
		if !used[c.Code] {
			t.Errorf("%s has an entry and nothing reports it", c.Code)
		}
		delete(used, c.Code)
	}
	for code := range used {
		t.Errorf("%s has no entry", code)
	}
}

// environmentCodes are of what stands in no file; other tests have them.
var environmentCodes = []string{"W307", "W410"}

// TestEveryCodeHasABadFile: the findings of this package are expected in files.
func TestEveryCodeHasABadFile(t *testing.T) {
	var all strings.Builder
	names, err := fs.Glob(os.DirFS("testdata"), "*.bad.conf")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for code := range codesIn(t, "conf/*.go") {
		if !strings.Contains(all.String(), "["+code+"]") && !slices.Contains(environmentCodes, code) {
			t.Errorf("no file in testdata expects %s", code)
		}
	}
}
