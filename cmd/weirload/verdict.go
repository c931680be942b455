//go:build linux

package main

import (
	"cmp"
	"fmt"
	"io"
	"text/tabwriter"
)

// verdict says whether a goal was reached.
type verdict string

const (
	pass       verdict = "pass"
	fallsShort verdict = "falls short"
	untold     verdict = "not measured"
)

// row is a goal and what came of it. Figures are medians.
type row struct {
	Goal      string  `json:"goal"`
	Figure    string  `json:"figure"`
	Value     float64 `json:"value"`
	Limit     float64 `json:"limit"`    // in the figure's unit
	LimitText string  `json:"limit_is"` // as the goal says it
	Peer      float64 `json:"nginx_rtmp"`
	Ratio     float64 `json:"ratio"` // to the peer
	Verdict   verdict `json:"verdict"`
	Note      string  `json:"note,omitempty"`
}

// judge compares outcomes with goals, and adds what is not measured.
func judge(goals []goal, others []unmeasured, done map[subject][]outcome) []row {
	var rows []row
	name := ""
	for _, g := range goals {
		name = cmp.Or(g.name, name)
		rows = append(rows, g.judge(name, done))
	}
	for _, u := range others {
		rows = append(rows, row{Goal: u.name, Verdict: untold, Note: u.why})
	}
	return rows
}

func (g goal) judge(name string, done map[subject][]outcome) row {
	r := row{Goal: name, Figure: g.figure.name, Limit: g.limit}
	sign := "≤"
	if g.atLeast {
		sign = "≥"
	}
	r.LimitText = fmt.Sprintf("%s %.4g", sign, g.limit)
	var ok bool
	r.Value, ok = medianOf(done[g.of], g.figure)
	if g.peer != nil {
		r.Peer, _ = medianOf(done[*g.peer], g.figure)
		r.Ratio = rounded(ratio(r.Value, r.Peer))
	}
	if g.times != nil {
		base, measured := medianOf(done[*g.times], g.figure)
		ok = ok && measured && base > 0
		r.Limit = rounded(g.limit * base)
		r.LimitText += " × " + g.times.server
	}
	r.Note = note(done[g.of])
	switch {
	case !ok:
		r.Verdict = untold
	case g.atLeast == (r.Value >= r.Limit) || r.Value == r.Limit:
		r.Verdict = pass
	default:
		r.Verdict = fallsShort
	}
	return r
}

// note says why outcomes are to be doubted.
func note(all []outcome) string {
	for _, o := range all {
		switch {
		case o.Err != "":
			return o.Err
		case o.LoadBound:
			return "load-bound"
		case o.play().Missed > 0:
			return fmt.Sprintf("%d frames missed", o.play().Missed)
		case o.Play != nil && o.Play.Playing < o.N:
			return fmt.Sprintf("%d of %d play", o.Play.Playing, o.N)
		case o.connect().Count > 0:
			return fmt.Sprintf("%d errors", o.Connect.Count)
		}
	}
	return ""
}

// printRows prints the table.
func printRows(w io.Writer, rows []row) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "GOAL\tFIGURE\tWEIR\tLIMIT\tNGINX-RTMP\tRATIO\tVERDICT\t")
	last := ""
	for _, r := range rows {
		goal := r.Goal
		if goal == last {
			goal = ""
		}
		last = r.Goal
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", goal, r.Figure, shown(r.Value), r.LimitText, shown(r.Peer), shown(r.Ratio), r.Verdict, r.Note)
	}
	_ = tw.Flush() // the console's errors are nobody's
}

func shown(v float64) string {
	if v == 0 {
		return "-"
	}
	return fmt.Sprintf("%.4g", v)
}
