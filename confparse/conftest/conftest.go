// Package conftest tests findings against what the faulty files themselves expect:
//
//	vhost live.example.com {
//	    hls { hls_fragment 0; }      ##! 2:24 hls_fragment must be at least 200ms
//	}
//
// An expectation is "##!", a place and a part of the message with its code. The
// place is line:col in the file that the expectation stands in, or file:line:col;
// 0:0 is the file as a whole. It may stand on any line, in a script too.
package conftest

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"weir/confparse"
)

// Run loads each *.bad.conf below dir and compares the findings with what the
// file expects. Each must be met by a finding of its own, and none may be left.
func Run(t *testing.T, dir string, load func(fsys fs.FS, name string) confparse.Diagnostics) {
	t.Helper()
	fsys := os.DirFS(dir)
	count := 0
	err := fs.WalkDir(fsys, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".bad.conf") {
			return err
		}
		count++
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		t.Run(name, func(t *testing.T) {
			for _, complaint := range compare(expectations(name, string(text)), load(fsys, name)) {
				t.Error(complaint)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count == 0 {
		t.Errorf("there is no *.bad.conf in %s", dir)
	}
}

// expectation is one "##!" comment.
type expectation struct {
	file      string
	line, col int
	text      string
}

func (e expectation) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.file, e.line, e.col, e.text)
}

// met reports whether the finding is the one that is expected.
func (e expectation) met(d confparse.Diagnostic) bool {
	at := d.Span.Start
	return e.file == at.File && e.line == at.Line && e.col == at.Col && strings.Contains(describe(d), e.text)
}

func describe(d confparse.Diagnostic) string { return fmt.Sprintf("%s [%s]", d.Message, d.Code) }

var comment = regexp.MustCompile(`##!\s+(?:(\S+):)?(\d+):(\d+)\s+(.*\S)`)

// expectations returns those in the text of the file called name.
func expectations(name, text string) (list []expectation) {
	for _, m := range comment.FindAllStringSubmatch(text, -1) {
		e := expectation{file: m[1], text: m[4]}
		if e.file == "" {
			e.file = name
		}
		e.line, _ = strconv.Atoi(m[2]) // digits; a number too large is a place that no finding has
		e.col, _ = strconv.Atoi(m[3])
		list = append(list, e)
	}
	return list
}

// compare returns a complaint for each expectation that no finding meets and for
// each finding that was not expected.
func compare(want []expectation, got confparse.Diagnostics) (complaints []string) {
	if len(want) == 0 {
		complaints = append(complaints, "the file expects nothing: write ##! line:col text")
	}
	left := slices.Clone(got)
	for _, e := range want {
		i := slices.IndexFunc(left, e.met)
		if i < 0 {
			complaints = append(complaints, fmt.Sprintf("missing: %v", e))
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	for _, d := range left {
		complaints = append(complaints, fmt.Sprintf("unexpected: %v: %s", d.Span.Start, describe(d)))
	}
	return complaints
}
