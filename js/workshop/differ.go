package workshop

import (
	"fmt"
	"io"
	"strings"
)

// writeDifference prints what was expected and what came: as two lines, or, of
// texts of more, line by line.
func writeDifference(w io.Writer, expected, actual string) {
	if !strings.Contains(expected+actual, "\n") {
		fmt.Fprintf(w, "expected: %s\nactual:   %s\n", expected, actual)
		return
	}
	fmt.Fprintln(w, "- expected, + actual")
	a, b := strings.Split(expected, "\n"), strings.Split(actual, "\n")
	common := longestCommon(a, b)
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(a) > 0 && len(b) > 0 && a[0] == b[0]:
			fmt.Fprintln(w, " ", a[0])
			a, b = a[1:], b[1:]
		case len(a) > 0 && (len(b) == 0 || common(len(a)-1, len(b)) >= common(len(a), len(b)-1)):
			fmt.Fprintln(w, "-", a[0])
			a = a[1:]
		default:
			fmt.Fprintln(w, "+", b[0])
			b = b[1:]
		}
	}
}

// longestCommon returns the length of the longest common subsequence of the last i
// and the last k lines.
func longestCommon(a, b []string) func(i, k int) int {
	n := make([][]int, len(a)+1)
	for i := range n {
		n[i] = make([]int, len(b)+1)
	}
	for i := 1; i <= len(a); i++ {
		for k := 1; k <= len(b); k++ {
			n[i][k] = max(n[i-1][k], n[i][k-1])
			if a[len(a)-i] == b[len(b)-k] {
				n[i][k] = n[i-1][k-1] + 1
			}
		}
	}
	return func(i, k int) int { return n[i][k] }
}
