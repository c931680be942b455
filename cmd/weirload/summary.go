//go:build linux

package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// String is an outcome in a line.
func (o outcome) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "round %d %s, %s:", o.Round, o.Server, o.trial)
	if o.Err != "" {
		return b.String() + " " + o.Err
	}
	for _, f := range summaryFigures[o.Mode] {
		fmt.Fprintf(&b, " %s %.4g,", f.name, f.of(o))
	}
	fmt.Fprintf(&b, " server's core %.0f %% busy, load's %.0f %%", o.Busy, o.LoadBusy)
	if n := o.play().Count + o.connect().Count; n > 0 {
		fmt.Fprintf(&b, ", %d errors (%s)", n, append(o.play().First, o.connect().First...)[0])
	}
	if o.LoadBound {
		b.WriteString(" LOAD-BOUND")
	}
	return b.String()
}

// summarize prints medians, and in brackets their ratios to the first server's.
func summarize(w io.Writer, list []benchmark, done map[subject][]outcome) {
	var first benchmark
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, b := range list {
		if b.trial != first.trial {
			first = b
			fmt.Fprintf(tw, "%s, medians (ratio to %s)\n", b.trial, b.server.Name)
		}
		fmt.Fprintf(tw, "  %s", b.server.Name)
		for _, f := range summaryFigures[b.trial.Mode] {
			v, ok := medianOf(done[b.subject()], f)
			base, _ := medianOf(done[first.subject()], f)
			if !ok {
				fmt.Fprintf(tw, "\t%s -", f.name)
				continue
			}
			fmt.Fprintf(tw, "\t%s %.4g (%.2f)", f.name, v, ratio(v, base))
		}
		fmt.Fprintln(tw)
	}
	_ = tw.Flush() // the console's errors are nobody's
}
