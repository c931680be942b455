//go:build linux

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// subject is a server under a trial.
type subject struct {
	server string
	trial  trial
}

// benchmark is a server to be measured under a trial.
type benchmark struct {
	server server
	trial  trial
}

func (b benchmark) subject() subject { return subject{b.server.Name, b.trial} }

// rounds measures every subject in each round.
func (l *lab) rounds(ctx context.Context, list []benchmark, n int, file string) (map[subject][]outcome, error) {
	done := map[subject][]outcome{}
	for _, b := range list {
		if err := raiseFiles(max(b.trial.N, b.trial.Flight)); err != nil {
			return done, err
		}
	}
	for round := 1; round <= n; round++ {
		for _, b := range list {
			o, err := l.run(ctx, b.server, b.trial, round)
			if err != nil {
				return done, context.Cause(ctx)
			}
			done[b.subject()] = append(done[b.subject()], o)
			fmt.Fprintln(l.console.err, o)
			if err := appendJSON(file, o); err != nil {
				return done, err
			}
		}
	}
	return done, nil
}

// appendJSON adds a line to a file; without a name it does nothing.
func appendJSON(file string, v any) error {
	if file == "" {
		return nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("outcome: %w", err)
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err == nil {
		_, err = f.Write(append(b, '\n'))
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return fmt.Errorf("outcome: %w", err)
	}
	return nil
}
