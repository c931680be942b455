//go:build linux

package main

import (
	"math"
	"slices"
)

// samples are the values of one figure.
type samples []float64

// quantile returns the value that a part p (0 to 1) of the samples is below, rounded
// for the eye; 0 if there are none. It sorts them.
func (s samples) quantile(p float64) float64 {
	if len(s) == 0 {
		return 0
	}
	slices.Sort(s)
	return rounded(s[int(p*float64(len(s)-1))])
}

// rounded keeps two places.
func rounded(v float64) float64 { return math.Round(v*100) / 100 }
