package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"weir"
	"weir/confparse"
)

type runCmd struct {
	Conf string `short:"c" default:"conf/srs.conf" env:"SRS_CONFIG_FILE" help:"Configuration file." type:"path"`
	JSON bool   `help:"Log in JSON."`
}

// Run serves until SIGINT or SIGTERM.
func (r *runCmd) Run(c console) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT)
	defer stop()
	return r.serve(ctx, c, nil)
}

// serve runs the server; started is called once it listens.
func (r *runCmd) serve(ctx context.Context, c console, started func(weir.Addresses)) error {
	level := &slog.LevelVar{}
	s := &weir.Server{
		Conf: r.Conf, Level: level, Control: true,
		Started: func(a weir.Addresses) {
			welcome(c.err, a)
			if started != nil {
				started(a)
			}
		},
	}
	log, err := r.settle(c, s)
	if err != nil {
		return err
	}
	s.Log = slog.New(r.format(log, level))
	defer reopenOnSignal(s)()
	err = s.Run(ctx)
	var invalid *weir.InvalidError
	if errors.As(err, &invalid) {
		fmt.Fprintf(c.err, "weir: %s cannot be served\n", r.Conf)
		return errors.Join(exit(exitFailed), invalid.Findings.WriteText(c.err, invalid.File))
	}
	return err
}

// settle makes the process what the file says of it: where it works, and where
// its log goes, which it returns. What is wrong with the file, the server says.
func (r *runCmd) settle(c console, s *weir.Server) (io.Writer, error) {
	cfg, _ := weir.Read(confparse.Disk{}, r.Conf)
	if cfg == nil {
		return c.err, nil
	}
	if err := os.Chdir(cfg.WorkDir); err != nil {
		return nil, fmt.Errorf("work_dir: %w", err)
	}
	if cfg.LogTank != "file" {
		return c.err, nil
	}
	log, err := openLog(cfg.LogFile)
	if err != nil {
		return nil, err
	}
	s.Reopen = log.Reopen
	return log, nil
}

func (r *runCmd) format(log io.Writer, level slog.Leveler) slog.Handler {
	o := &slog.HandlerOptions{Level: level}
	if r.JSON {
		return slog.NewJSONHandler(log, o)
	}
	return slog.NewTextHandler(log, o)
}

// reopenOnSignal has SIGUSR1 reopen the log file, as nginx and SRS do, until the
// function that it returns is called.
func reopenOnSignal(s *weir.Server) (stop func()) {
	usr1 := make(chan os.Signal, 1)
	signal.Notify(usr1, syscall.SIGUSR1)
	over := make(chan struct{})
	go func() {
		defer close(over)
		for range usr1 {
			if s.Reopen == nil {
				continue
			}
			if err := s.Reopen(); err != nil {
				s.Log.Error("cannot reopen the log", "reason", err)
			}
		}
	}()
	return func() {
		signal.Stop(usr1)
		close(usr1)
		<-over
	}
}
