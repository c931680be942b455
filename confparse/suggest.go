package confparse

// Suggest returns the name among those that a writer of name most likely meant,
// for "did you mean"; "" if none is close. Of a short name two letters must be right.
func Suggest(name string, among []string) string {
	best, least := "", min(len(name)/3+1, max(len(name)-2, 1))
	for _, candidate := range among {
		if abs(len(candidate)-len(name)) > least {
			continue
		}
		if d := distance(name, candidate); d < least || d == least && best == "" {
			best, least = candidate, d
		}
	}
	return best
}

// distance is the Damerau-Levenshtein distance of two names (in its restricted
// form, optimal string alignment): how many letters were left out, put in,
// mistaken or swapped with a neighbour.
func distance(a, b string) int {
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}

func abs(n int) int { return max(n, -n) }
