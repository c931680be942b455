package weir

import (
	"runtime/debug"
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

// The garbage of a small heap is collected early, but in a storm of set-ups; in the
// end the process is as it was.
func TestChurnTrims(t *testing.T) {
	t.Setenv("GOGC", "")
	defer debug.SetGCPercent(debug.SetGCPercent(90))
	percent := func() int {
		now := debug.SetGCPercent(90)
		debug.SetGCPercent(now)
		return now
	}
	var c churn
	var got []int
	for _, turns := range []int64{0, churnFast, churnFast - 1, churnFast - 1} {
		c.trim(turns)
		got = append(got, percent())
	}
	c.loosen()
	got = append(got, percent())
	if d := cmp.Diff([]int{smallPercent, 90, smallPercent, smallPercent, 90}, got); d != "" {
		t.Errorf("percentages (-want +got):\n%s", d)
	}
	t.Setenv("GOGC", "100")
	if c.trim(0); percent() != 90 {
		t.Errorf("a percentage of %d though GOGC is set", percent())
	}
}
