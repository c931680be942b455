//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// lab measures servers, one at a time.
type lab struct {
	serverCPU, loadCPU int
	pace               pace
	lead               time.Duration // from the publishers to the first player
	settle             time.Duration // from the last connection of connect to its memory
	pubArgs            []string      // further flags of mode pub
	dir                string        // for logs
	self               string        // this program
	reach              reach
	source             *source // what publishers send
	console            console
}

// labFlags are those of the modes that start servers.
func labFlags(fs *flag.FlagSet) *lab {
	l := &lab{}
	cpus := allowedCPUs()
	fs.IntVar(&l.serverCPU, "server-cpu", cpus[0], "processor of the server")
	fs.IntVar(&l.loadCPU, "load-cpu", cpus[len(cpus)-1], "processor of the load")
	fs.DurationVar(&l.pace.window, "t", loopSeconds*time.Second, "measuring window; take multiples of 8s")
	fs.DurationVar(&l.pace.warm, "warm", 3*time.Second, "from the last connection to the window")
	fs.IntVar(&l.pace.ramp, "ramp", 200, "connections a second")
	fs.DurationVar(&l.lead, "lead", 2500*time.Millisecond, "from the publishers to the first player")
	fs.DurationVar(&l.settle, "settle", 5*time.Second, "connect: from the last connection to the memory that is left")
	return l
}

// prepare finds the program and a place for logs.
func (l *lab) prepare(c console) error {
	if err := l.pace.check(); err != nil {
		return err
	}
	if l.serverCPU == l.loadCPU || l.lead < 0 || l.settle < 0 {
		return &usageError{errors.New("server and load need a processor each, -lead and -settle no less than zero")}
	}
	var err error
	if l.self, err = os.Executable(); err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	if l.dir, err = os.MkdirTemp("", "weirload-"); err != nil {
		return fmt.Errorf("logs: %w", err)
	}
	l.console = c
	return nil
}

// tidy removes the logs, unless something could not be measured: that is its error.
func (l *lab) tidy(done map[subject][]outcome) error {
	for _, all := range done {
		for _, o := range all {
			if o.Err != "" {
				return fmt.Errorf("%s, %s: %s; logs are in %s", o.Server, o.trial, o.Err, l.dir)
			}
		}
	}
	if err := os.RemoveAll(l.dir); err != nil {
		return fmt.Errorf("logs: %w", err)
	}
	return nil
}

// run measures a server once. What goes wrong is in the outcome, but for the end of ctx.
func (l *lab) run(ctx context.Context, s server, t trial, round int) (outcome, error) {
	o := outcome{Server: s.Name, trial: t, Round: round}
	if err := l.measured(ctx, s, &o); err != nil {
		o.Err = err.Error()
	}
	return o, ctx.Err() //nolint:wrapcheck // the caller's own
}

func (l *lab) measured(ctx context.Context, s server, o *outcome) error {
	url, err := s.url(o.Mode)
	if err != nil {
		return err
	}
	up, err := s.start(ctx, l.serverCPU, l.dir)
	if err != nil {
		return err
	}
	defer up.end()
	if err := sleep(ctx, 500*time.Millisecond); err != nil { // its start is not to be measured
		return err
	}
	pid := up.cmd.Process.Pid
	o.RSSBefore, o.SourceKbps = megabytes(measure(pid).rss), rounded(l.source.kbps())
	switch o.Mode {
	case "connect":
		return l.connections(ctx, pid, url, o)
	case "pub":
		return l.publishers(ctx, pid, s, o)
	}
	if !s.Self {
		pub, err := l.publish(ctx, s, o.Streams, l.lead+l.pace.start(o.N)+l.pace.warm+l.pace.window)
		if err != nil {
			return err
		}
		defer pub.end()
		if err := sleep(ctx, l.lead); err != nil {
			return err
		}
	}
	o.RSSBefore = megabytes(measure(pid).rss)
	return l.players(ctx, pid, url, o)
}

// publish starts publishers for at least a time, and waits until they publish.
func (l *lab) publish(ctx context.Context, s server, n int, length time.Duration) (*child, error) {
	setup := 10*time.Second + time.Duration(n)*time.Second/50
	args := []string{"-url", s.RTMP, "-m", strconv.Itoa(n), "-t", (length + setup).String()}
	c, err := l.load(nil, "pub", append(args, l.pubArgs...)...)
	if err != nil {
		return nil, err
	}
	if err := c.await(ctx, eventReady, setup); err != nil {
		c.end()
		return nil, fmt.Errorf("publishers: %w", err)
	}
	return c, nil
}

// publishers measures publishers without players.
func (l *lab) publishers(ctx context.Context, pid int, s server, o *outcome) error {
	c, err := l.publish(ctx, s, o.N, l.lead+l.pace.window)
	if err != nil {
		return err
	}
	defer c.end()
	if err := sleep(ctx, l.lead); err != nil {
		return err
	}
	before := measure(pid)
	if err := sleep(ctx, l.pace.window); err != nil {
		return err
	}
	o.used(before, measure(pid), l.serverCPU, l.loadCPU)
	o.CPUPerGbit = rounded(o.CPU / (o.SourceKbps * float64(o.N) * o.Seconds / 1e6))
	return nil
}

func (l *lab) players(ctx context.Context, pid int, url string, o *outcome) error {
	o.Play = &playFigures{}
	err := l.window(ctx, pid, o, o.Play, l.pace.start(o.N)+l.pace.warm, o.Mode, "-url", url,
		"-n", strconv.Itoa(o.N), "-streams", strconv.Itoa(o.Streams), "-ref-kbps", fmt.Sprint(o.SourceKbps),
		"-t", l.pace.window.String(), "-warm", l.pace.warm.String(), "-ramp", strconv.Itoa(l.pace.ramp))
	if gbit := float64(o.Play.Bytes) * 8 / 1e9; gbit > 0 {
		o.CPUPerGbit = rounded(o.CPU / gbit)
	}
	return err
}

func (l *lab) connections(ctx context.Context, pid int, url string, o *outcome) error {
	o.Connect = &connectFigures{}
	warm := time.Second
	args := []string{"-url", url, "-kind", string(o.Role), "-r", strconv.Itoa(o.N), "-t", l.pace.window.String(), "-max", strconv.Itoa(o.Flight)}
	if o.Count > 0 {
		warm = 0
		args = append(args, "-count", strconv.Itoa(o.Count), "-t", time.Minute.String())
	}
	if err := l.window(ctx, pid, o, o.Connect, warm, o.Mode, append(args, "-warm", warm.String())...); err != nil {
		return err
	}
	if err := sleep(ctx, l.settle); err != nil {
		return err
	}
	o.RSSAfter = megabytes(measure(pid).rss)
	return nil
}

// window runs a load, measures the server within its window and reads the figures.
func (l *lab) window(ctx context.Context, pid int, o *outcome, figures any, opens time.Duration, mode string, args ...string) error {
	const slack = 30 * time.Second
	var out bytes.Buffer
	c, err := l.load(&out, mode, args...)
	if err != nil {
		return err
	}
	defer c.end()
	if err := c.await(ctx, eventOpen, opens+slack); err != nil {
		return err
	}
	before := measure(pid)
	if err := c.await(ctx, eventShut, l.pace.window+2*slack); err != nil {
		return err
	}
	o.used(before, measure(pid), l.serverCPU, l.loadCPU)
	if err := c.finish(ctx, slack); err != nil {
		return err
	}
	if err := json.Unmarshal(out.Bytes(), figures); err != nil {
		return fmt.Errorf("load's figures: %w", err)
	}
	return nil
}

// load starts this program in a mode.
func (l *lab) load(out *bytes.Buffer, mode string, args ...string) (*child, error) {
	if l.reach.remote {
		args = append(args, "-remote")
	}
	cmd := exec.Command(l.self, append([]string{mode}, args...)...) //nolint:gosec,noctx // this program; end ends it
	if out == nil {
		out = &bytes.Buffer{}
	}
	c, err := startChild(cmd, l.loadCPU, out, l.console.err)
	if err != nil {
		return nil, fmt.Errorf("start load: %w", err)
	}
	return c, nil
}
