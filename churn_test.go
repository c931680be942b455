package weir

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Memory goes back once, when many connections have come or gone and few still do.
func TestChurnIsOver(t *testing.T) {
	tests := []struct {
		name  string
		turns []int64 // between two looks
		want  []bool
	}{
		{"a few each time", []int64{5, 5, 5}, []bool{false, false, false}},
		{"many, then quiet", []int64{200, 200, 9, 0, 0}, []bool{false, false, true, false, false}},
		{"many all the time", []int64{600, 10, 600, 10}, []bool{false, false, false, false}},
		{"many in the end", []int64{9, 9, 232, 0}, []bool{false, false, false, true}},
		{"twice", []int64{600, 0, 600, 0}, []bool{false, true, false, true}},
	}
	for _, tt := range tests {
		var c churn
		var got []bool
		for _, n := range tt.turns {
			c.turns.Add(n)
			got = append(got, c.over())
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
}
