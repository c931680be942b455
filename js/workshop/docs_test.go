package workshop_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

var block = regexp.MustCompile("(?ms)^```ts\n// (\\S+)\n(.*?)^```$")

// The tests that the documentation shows pass.
func TestDocumentedTestsPass(t *testing.T) {
	page, err := os.ReadFile("../../docs/workshop.md")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, b := range block.FindAllStringSubmatch(string(page), -1) {
		files[b[1]] = b[2]
	}
	if got := tested(t, files); !strings.HasSuffix(got, "\n3 passed ") {
		t.Errorf("of docs/workshop.md:\n%s", got)
	}
}
