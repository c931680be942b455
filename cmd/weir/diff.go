package main

import (
	"fmt"
	"slices"
	"strings"
)

// surroundings is how many equal lines stand around those that differ.
const surroundings = 3

// unified returns how two texts differ in the unified format of diff -u; "" if
// they do not.
func unified(oldName, newName, before, after string) string {
	hunks := hunks(compare(lines(before), lines(after)))
	if hunks == "" {
		return ""
	}
	return fmt.Sprintf("--- %s\n+++ %s\n%s", oldName, newName, hunks)
}

func lines(text string) []string {
	list := strings.SplitAfter(text, "\n")
	last := len(list) - 1
	if list[last] == "" {
		return list[:last]
	}
	list[last] += "\n\\ No newline at end of file\n"
	return list
}

// edit is a line of a hunk.
type edit struct {
	op   byte // ' ' of both texts, '-' of the old one, '+' of the new one
	line string
	at   pair // lines of both texts before it
}

// pair is a place in two texts, in lines.
type pair struct{ old, new int }

// compare returns the edits that make the new lines of the old ones. It takes
// lines that are once in both texts, in the same order, as anchors, and grows the
// equal runs around them: time is n log n, and what stays in its place stays.
func compare(before, after []string) (edits []edit) {
	var at pair
	add := func(op byte, line string) {
		edits = append(edits, edit{op, line, at})
		if op != '+' {
			at.old++
		}
		if op != '-' {
			at.new++
		}
	}
	for _, anchor := range append(anchors(before, after), pair{len(before), len(after)}) {
		if anchor.old < at.old || anchor.new < at.new {
			continue // within the run around another
		}
		for anchor.old > at.old && anchor.new > at.new && before[anchor.old-1] == after[anchor.new-1] {
			anchor.old--
			anchor.new--
		}
		for at.old < anchor.old {
			add('-', before[at.old])
		}
		for at.new < anchor.new {
			add('+', after[at.new])
		}
		for at.old < len(before) && at.new < len(after) && before[at.old] == after[at.new] {
			add(' ', before[at.old])
		}
	}
	return edits
}

// hunks prints the edits with their surroundings.
func hunks(edits []edit) string {
	var b strings.Builder
	changed := func(e edit) bool { return e.op != ' ' }
	for from := 0; ; {
		first := slices.IndexFunc(edits[from:], changed)
		if first < 0 {
			return b.String()
		}
		first += from
		end := first + 1
		for {
			next := slices.IndexFunc(edits[end:min(end+2*surroundings+1, len(edits))], changed)
			if next < 0 {
				break
			}
			end += next + 1
		}
		from = min(end+surroundings, len(edits))
		writeHunk(&b, edits[max(0, first-surroundings):from])
	}
}

func writeHunk(b *strings.Builder, edits []edit) {
	var n pair
	for _, e := range edits {
		if e.op != '+' {
			n.old++
		}
		if e.op != '-' {
			n.new++
		}
	}
	at := edits[0].at
	fmt.Fprintf(b, "@@ -%s +%s @@\n", extent(at.old, n.old), extent(at.new, n.new))
	for _, e := range edits {
		b.WriteByte(e.op)
		b.WriteString(e.line)
	}
}

// extent is what a hunk's head says of n lines after as many as before.
func extent(before, n int) string {
	if n > 0 {
		before++
	}
	return fmt.Sprintf("%d,%d", before, n)
}
