package main

import "sort"

// anchors returns the longest list of lines that are once in each text and stand
// in the same order in both (patience diff).
func anchors(before, after []string) []pair {
	old, new := single(before), single(after)
	var both []pair
	for i, line := range before {
		if k, ok := new[line]; ok && k >= 0 && old[line] >= 0 {
			both = append(both, pair{i, k})
		}
	}
	return increasing(both)
}

// single returns the index of each line that is there once, and -1 for the others.
func single(lines []string) map[string]int {
	index := make(map[string]int, len(lines))
	for i, line := range lines {
		if _, again := index[line]; again {
			i = -1
		}
		index[line] = i
	}
	return index
}

// increasing returns the longest part of list, which is sorted by its old lines,
// that is sorted by its new lines, too.
func increasing(list []pair) []pair {
	var ends []int // by length less one, where the run of that length with the least end ends
	before := make([]int, len(list))
	for i, p := range list {
		n := sort.Search(len(ends), func(k int) bool { return list[ends[k]].new > p.new })
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	run := make([]pair, len(ends))
	if n := len(ends); n > 0 {
		for at := ends[n-1]; n > 0; at = before[at] {
			n--
			run[n] = list[at]
		}
	}
	return run
}
