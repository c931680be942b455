package confparse

import (
	"cmp"
	"slices"
)

// Sort sorts the findings by their place: files in the order of their first
// finding. It returns the list without repetitions, one finding per code and
// place; as with append, use the result.
func (l Diagnostics) Sort() Diagnostics {
	return l.sortFiles(nil)
}

// sortFiles sorts the findings of the files named first before those of others.
func (l Diagnostics) sortFiles(first []Source) Diagnostics {
	rank := make(map[string]int)
	add := func(name string) {
		if _, ok := rank[name]; !ok {
			rank[name] = len(rank)
		}
	}
	for _, s := range first {
		add(s.Name)
	}
	for _, d := range l {
		add(d.Span.Start.File)
	}
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		p, q := a.Span.Start, b.Span.Start
		return cmp.Or(cmp.Compare(rank[p.File], rank[q.File]), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
	})
	seen := make(map[repetition]bool)
	return slices.DeleteFunc(slices.Clone(l), func(d Diagnostic) bool {
		key := repetition{d.Code, d.Span.Start}
		again := seen[key]
		seen[key] = true
		return again && !d.Span.Start.IsZero()
	})
}

type repetition struct {
	code string
	at   Pos
}
