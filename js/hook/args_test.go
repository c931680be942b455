package hook

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestArgs(t *testing.T) {
	tests := []struct {
		name    string
		queries []string
		want    map[string]any
	}{
		{"none", []string{""}, map[string]any{}},
		{"decoded", []string{"a=%C3%A9+b&c%20d=1"}, map[string]any{"a": "é b", "c d": "1"}},
		{"repeated", []string{"a=1&b=2&a=3&a="}, map[string]any{"a": []any{"1", "3", ""}, "b": "2"}},
		{"without a value", []string{"&a&&b=&=c"}, map[string]any{"a": "", "b": "", "": "c"}},
		{"an equals sign in the value", []string{"sig=YQ=="}, map[string]any{"sig": "YQ=="}},
		{"bad escapes stay", []string{"a=100%&b=%zz"}, map[string]any{"a": "100%", "b": "%zz"}},
		{"bytes that are no UTF-8", []string{"a=%ff"}, map[string]any{"a": "\uFFFD"}},
		{"the later query wins", []string{"a=1&a=2&b=1", "a=3"}, map[string]any{"a": "3", "b": "1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Args(tt.queries...)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestArgsAreBounded(t *testing.T) {
	var q strings.Builder
	for i := range 10 * maxArgs {
		q.WriteString("&a" + strconv.Itoa(i) + "=x")
	}
	if n := len(Args(q.String())); n != maxArgs {
		t.Errorf("%d arguments, want %d", n, maxArgs)
	}
}

func FuzzArgs(f *testing.F) {
	f.Add("a=1&a=2&%41=%zz&b")
	f.Fuzz(func(t *testing.T, q string) {
		for name, v := range Args(q) {
			vs, ok := v.([]any)
			if !ok {
				vs = []any{v}
			}
			for _, v := range append(vs, name) {
				if s, ok := v.(string); !ok || !utf8.ValidString(s) {
					t.Errorf("%q: %#v", q, v)
				}
			}
		}
	})
}
