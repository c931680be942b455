package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/signal"
	"syscall"

	"weir"
)

type runCmd struct {
	Conf string `short:"c" default:"conf/srs.conf" help:"Configuration file." type:"path"`
	JSON bool   `help:"Log in JSON."`
}

// Run serves until SIGINT or SIGTERM.
func (r *runCmd) Run(c console) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return r.serve(ctx, c, nil)
}

// serve runs the server; started is called once it listens.
func (r *runCmd) serve(ctx context.Context, c console, started func(weir.Addresses)) error {
	level := &slog.LevelVar{}
	s := &weir.Server{
		Conf: r.Conf, Log: slog.New(r.logger(c, level)), Level: level,
		Started: func(a weir.Addresses) {
			welcome(c.err, a)
			if started != nil {
				started(a)
			}
		},
	}
	err := s.Run(ctx)
	var invalid *weir.InvalidError
	if errors.As(err, &invalid) {
		fmt.Fprintf(c.err, "weir: %s cannot be served\n", r.Conf)
		return errors.Join(exit(exitFailed), invalid.Findings.WriteText(c.err, invalid.File))
	}
	return err
}

func (r *runCmd) logger(c console, level slog.Leveler) slog.Handler {
	o := &slog.HandlerOptions{Level: level}
	if r.JSON {
		return slog.NewJSONHandler(c.err, o)
	}
	return slog.NewTextHandler(c.err, o)
}
