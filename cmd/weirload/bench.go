//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// runBench measures servers under one kind of load. It prints an outcome a line as it
// comes, and in the end the medians.
func runBench(ctx context.Context, args []string, c console) error {
	fs := newFlags("bench", c)
	l := labFlags(fs)
	file := fs.String("servers", "servers.json", "servers file")
	use := fs.String("use", "", "servers' names, comma separated; ratios are to the first (default: all)")
	var t trial
	fs.StringVar(&t.Mode, "mode", "play", "play, flv, ws, hls, pub or connect")
	numbers := fs.String("n", "50", "players, publishers of pub, connections a second of connect (0: as many as can be); comma separated")
	fs.IntVar(&t.Streams, "m", 1, "streams that players are spread over")
	fs.StringVar((*string)(&t.Role), "kind", string(publishing), "connect: how far to go")
	fs.IntVar(&t.Flight, "max", 50, "connect: most in flight")
	fs.IntVar(&t.Count, "count", 0, "connect: end after so many")
	rounds := fs.Int("rounds", 1, "rounds, in which servers alternate")
	out := fs.String("out", "", "file that outcomes are added to, a JSON object a line")
	budget := fs.Duration("budget", 10*time.Minute, "the whole bench ends after this")
	pubArgs := fs.String("pub-args", "", "further flags of mode pub, space separated")
	sf := addSourceFlags(fs)
	reach := addReachFlag(fs)
	if err := parse(fs, args); err != nil {
		return err
	}
	if _, ok := summaryFigures[t.Mode]; !ok || t.Streams < 1 || *rounds < 1 {
		return &usageError{fmt.Errorf("no load %q of %d streams in %d rounds", t.Mode, t.Streams, *rounds)}
	}
	var err error
	if l.source, err = sf.source(); err != nil {
		return err
	}
	l.reach, l.pubArgs = *reach, append(sf.args(), strings.Fields(*pubArgs)...)
	subjects, err := benchSubjects(*file, *use, *numbers, t)
	if err != nil {
		return err
	}
	if err := l.prepare(c); err != nil {
		return err
	}
	ctx, stop := context.WithTimeoutCause(ctx, *budget, errors.New("budget spent"))
	defer stop()
	done, err := l.rounds(ctx, subjects, *rounds, *out)
	summarize(c.out, subjects, done)
	return errors.Join(err, l.tidy(done))
}

// benchSubjects are the servers of a file that are used, under the trial with each number.
func benchSubjects(file, use, numbers string, t trial) ([]benchmark, error) {
	all, err := readServers(file)
	if err != nil {
		return nil, err
	}
	chosen := all
	if use != "" {
		chosen = nil
		for name := range strings.SplitSeq(use, ",") {
			i := slices.IndexFunc(all, func(s server) bool { return s.Name == name })
			if i < 0 {
				return nil, &usageError{fmt.Errorf("servers file has no %q", name)}
			}
			chosen = append(chosen, all[i])
		}
	}
	var list []benchmark
	for number := range strings.SplitSeq(numbers, ",") {
		if t.N, err = strconv.Atoi(number); err != nil || t.N < 0 || t.N == 0 && t.Mode != "connect" {
			return nil, &usageError{fmt.Errorf("-n %q", number)}
		}
		for _, s := range chosen {
			list = append(list, benchmark{s, t})
		}
	}
	return list, nil
}
