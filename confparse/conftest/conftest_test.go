package conftest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/confparse"
)

func finding(file string, line, col int, message string) confparse.Diagnostic {
	return confparse.Diagnostic{
		Code: "E1", Message: message,
		Span: confparse.Span{Start: confparse.Pos{File: file, Line: line, Col: col}},
	}
}

func TestCompare(t *testing.T) {
	tests := []struct {
		name, text string
		got        confparse.Diagnostics
		want       []string
	}{
		{"met", "a ##! 1:2 wrong\n", confparse.Diagnostics{finding("f", 1, 2, "it is wrong")}, nil},
		{"code", "a ##! 1:2 [E1]\n", confparse.Diagnostics{finding("f", 1, 2, "it is wrong")}, nil},
		{"two at a place", "##! 1:2 x\n##! 1:2 y\n", confparse.Diagnostics{finding("f", 1, 2, "x"), finding("f", 1, 2, "y")}, nil},
		{"whole file", "##! 0:0 x\n", confparse.Diagnostics{finding("f", 0, 0, "x")}, nil},
		{"other file", "##! a/b.conf:1:2 x\n", confparse.Diagnostics{finding("a/b.conf", 1, 2, "x")}, nil},
		{"missing", "##! 1:2 x\n", nil, []string{"missing: f:1:2: x"}},
		{
			"one for two", "##! 1:2 x\n##! 1:2 x\n",
			confparse.Diagnostics{finding("f", 1, 2, "x")},
			[]string{"missing: f:1:2: x"},
		},
		{
			"other place", "##! 1:2 x\n",
			confparse.Diagnostics{finding("f", 1, 3, "x")},
			[]string{"missing: f:1:2: x", "unexpected: f:1:3: x [E1]"},
		},
		{"nothing", "a;\n", nil, []string{"the file expects nothing: write ##! line:col text"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := compare(expectations("f", tt.text), tt.got)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("complaints (-want +got):\n%s", diff)
			}
		})
	}
}
