package main

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUnified(t *testing.T) {
	tests := []struct{ rule, before, after, want string }{
		{"equal", "a\nb\n", "a\nb\n", ""},
		{"changed", "a\nb\nc\n", "a\nB\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"},
		{"put in", "", "a\n", "@@ -0,0 +1,1 @@\n+a\n"},
		{"left out", "a\nb\n", "b\n", "@@ -1,2 +1,1 @@\n-a\n b\n"},
		{"no newline", "a\nb", "a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n"},
		{"three lines around", "1\n2\n3\n4\na\n5\n6\n7\n8\n", "1\n2\n3\n4\n5\n6\n7\n8\n", "@@ -2,7 +2,6 @@\n 2\n 3\n 4\n-a\n 5\n 6\n 7\n"},
		{
			"one hunk of two near", "a\n1\n2\n3\n4\n5\n6\nb\n", "1\n2\n3\n4\n5\n6\n",
			"@@ -1,8 +1,6 @@\n-a\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n",
		},
		{
			"two hunks of two apart", "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "1\n2\n3\n4\n5\n6\n7\n",
			"@@ -1,4 +1,3 @@\n-a\n 1\n 2\n 3\n@@ -6,4 +5,3 @@\n 5\n 6\n 7\n-b\n",
		},
		{"repeated lines", "}\n}\na\n}\n", "}\na\n}\n}\n", "@@ -1,4 +1,4 @@\n-}\n }\n a\n }\n+}\n"},
		{"moved", "a\nb\nc\n", "b\nc\na\n", "@@ -1,3 +1,3 @@\n-a\n b\n c\n+a\n"},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			got := unified("x.orig", "x", tt.before, tt.after)
			if tt.want != "" {
				tt.want = "--- x.orig\n+++ x\n" + tt.want
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever two texts are, the edits hold both.
func TestCompareHoldsBoth(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func() []string {
		list := make([]string, r.IntN(30))
		for i := range list {
			list[i] = string(rune('a' + r.IntN(20)))
		}
		return list
	}
	for range 2000 {
		before, after := text(), text()
		var old, new []string
		for _, e := range compare(before, after) {
			if want := (pair{len(old), len(new)}); e.at != want {
				t.Fatalf("an edit is at %v, want %v", e.at, want)
			}
			if e.op != '+' {
				old = append(old, e.line)
			}
			if e.op != '-' {
				new = append(new, e.line)
			}
		}
		if strings.Join(old, "") != strings.Join(before, "") || strings.Join(new, "") != strings.Join(after, "") {
			t.Fatalf("compare(%q, %q) holds %q and %q", before, after, old, new)
		}
	}
}
