package js

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// runes is a set of code points: spans in order, with gaps between them.
type runes []span

// span is the code points from lo to hi.
type span struct{ lo, hi rune }

// normal puts spans in order and joins those that touch.
func (s runes) normal() runes {
	slices.SortFunc(s, func(a, b span) int { return cmp.Compare(a.lo, b.lo) })
	var l runes
	for _, r := range s {
		if n := len(l); n > 0 && r.lo <= l[n-1].hi+1 {
			l[n-1].hi = max(l[n-1].hi, r.hi)
		} else {
			l = append(l, r)
		}
	}
	return l
}

func (s runes) or(other runes) runes { return append(slices.Clone(s), other...).normal() }

// not are all others.
func (s runes) not() runes {
	var l runes
	next := rune(0)
	for _, r := range s {
		if r.lo > next {
			l = append(l, span{next, r.lo - 1})
		}
		next = r.hi + 1
	}
	if next <= unicode.MaxRune {
		l = append(l, span{next, unicode.MaxRune})
	}
	return l
}

func (s runes) and(other runes) runes { return s.not().or(other.not()).not() }

func (s runes) without(other runes) runes { return s.and(other.not()) }

// class is the inside of a character class that matches the set.
func (s runes) class() string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, `\u{%x}`, r.lo)
		if r.hi > r.lo {
			fmt.Fprintf(&b, `-\u{%x}`, r.hi)
		}
	}
	return b.String()
}

// tables are the sets of several tables together.
func tables(l ...*unicode.RangeTable) runes {
	var s runes
	for _, t := range l {
		for _, r := range t.R16 {
			s = s.stride(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range t.R32 {
			s = s.stride(rune(r.Lo), rune(r.Hi), rune(r.Stride)) //nolint:gosec // code points
		}
	}
	return s.normal()
}

func (s runes) stride(lo, hi, stride rune) runes {
	if stride == 1 {
		return append(s, span{lo, hi})
	}
	for r := lo; r <= hi; r += stride {
		s = append(s, span{r, r})
	}
	return s
}
