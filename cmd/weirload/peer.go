//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"time"
)

// runPeer measures weir beside nginx-rtmp in the same rounds and prints which of weir's
// goals are reached.
func runPeer(ctx context.Context, args []string, c console) error {
	fs := newFlags("peer", c)
	l := labFlags(fs)
	weir := fs.String("weir", "bin/weir", "weir's binary")
	nginx := fs.String("nginx", "nginx", "nginx's binary")
	module := fs.String("nginx-module", "/usr/lib/nginx/modules/ngx_rtmp_module.so", "nginx-rtmp")
	rounds := fs.Int("rounds", 3, "rounds, of which the medians count")
	only := fs.String("goals", "", "regular expression of the goals to measure (default: all)")
	quick := fs.Bool("quick", false, "a fiftieth of each load, for a second: shows that it runs, no more")
	out := fs.String("out", "", "file that outcomes and rows are added to, a JSON object a line")
	budget := fs.Duration("budget", 2*time.Hour, "the whole ends after this")
	if err := parse(fs, args); err != nil {
		return err
	}
	if *quick {
		l.pace = pace{window: time.Second, warm: time.Second, ramp: l.pace.ramp}
		l.lead, l.settle, *rounds = 500*time.Millisecond, 500*time.Millisecond, 1
	}
	wanted, err := regexp.Compile(*only)
	if err != nil {
		return &usageError{err}
	}
	if l.source, err = standard.source(); err != nil {
		return err
	}
	if err := l.prepare(c); err != nil {
		return err
	}
	chosen := chooseGoals(goals(*quick), wanted)
	servers, err := peerServers(l.dir, *weir, *nginx, *module)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeoutCause(ctx, *budget, errors.New("budget spent"))
	defer stop()
	var list []benchmark
	for _, s := range subjects(chosen) {
		list = append(list, benchmark{servers[s.server], s.trial})
	}
	done, err := l.rounds(ctx, list, *rounds, *out)
	others := slices.DeleteFunc(slices.Clone(notMeasured), func(u unmeasured) bool { return !wanted.MatchString(u.name) })
	rows := judge(chosen, others, done)
	if *quick {
		fmt.Fprintln(c.out, "quick: a fiftieth of each load, for a second; the verdicts mean nothing")
	}
	printRows(c.out, rows)
	for _, r := range rows {
		err = errors.Join(err, appendJSON(*out, r))
	}
	return errors.Join(err, l.tidy(done))
}

// chooseGoals keeps those whose name matches; figures without a name go with the one before.
func chooseGoals(all []goal, wanted *regexp.Regexp) []goal {
	match := false
	return slices.DeleteFunc(all, func(g goal) bool {
		if g.name != "" {
			match = wanted.MatchString(g.name)
		}
		return !match
	})
}

// readable returns an error if a file is not there.
func readable(name, what string) error {
	if _, err := os.Stat(name); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
