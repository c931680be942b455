//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// connectFigures is what mode connect prints.
type connectFigures struct {
	Mode     string  `json:"mode"`
	Role     role    `json:"kind"`
	Wanted   float64 `json:"wanted_per_sec"` // 0: as many as can be
	Started  int     `json:"started"`
	Done     int     `json:"done"` // in the window
	Rate     float64 `json:"done_per_sec"`
	SetupP50 float64 `json:"setup_ms_p50"`
	SetupP99 float64 `json:"setup_ms_p99"`
	SetupMax float64 `json:"setup_ms_max"`
	Flight   int     `json:"max_in_flight"`
	Skipped  int     `json:"skipped_at_in_flight_limit"`
	Seconds  float64 `json:"window_seconds"`
	failures
}

// errSlow is a set-up that took longer than it may.
var errSlow = errors.New("no answer in time")

func runConnect(ctx context.Context, args []string, c console) error {
	fs := newFlags("connect", c)
	s := &churn{}
	fs.StringVar(&s.url, "url", "rtmp://127.0.0.1:1935/live/c{i}", "address; {i} is a running number")
	kind := fs.String("kind", string(publishing), "how far to go: connect, publish or play")
	fs.Float64Var(&s.Wanted, "r", 100, "connections a second; 0: as many as can be, with -max in flight")
	fs.IntVar(&s.limit, "max", 200, "most connections in flight")
	fs.IntVar(&s.total, "count", 0, "end after so many connections; 0: with the window")
	fs.DurationVar(&s.timeout, "timeout", 5*time.Second, "after which a connection has failed")
	window := fs.Duration("t", 10*time.Second, "measuring window")
	warm := fs.Duration("warm", time.Second, "time before the window")
	reach := addReachFlag(fs)
	if err := parse(fs, args); err != nil {
		return err
	}
	s.Mode, s.Role = "connect", role(*kind)
	switch {
	case s.Role != connecting && s.Role != publishing && s.Role != playing:
		return &usageError{fmt.Errorf("unknown kind %q", *kind)}
	case s.Wanted < 0 || s.limit < 1 || s.total < 0 || *window <= 0 || *warm < 0 || s.timeout <= 0:
		return &usageError{errors.New("-max, -t and -timeout must be above zero, -r, -count and -warm not below")}
	}
	if _, err := parseAddress(indexed(s.url, 0), *reach); err != nil {
		return err
	}
	s.reach = *reach
	if err := raiseFiles(s.limit); err != nil {
		return err
	}
	r, err := newReactor()
	if err != nil {
		return err
	}
	defer r.close()
	s.r = r
	if err := s.run(ctx, *warm, *window, c); err != nil {
		return err
	}
	return c.report(s.connectFigures)
}

// churn is connections that come, reach their role and go.
type churn struct {
	url     string
	reach   reach
	limit   int // in flight
	total   int // 0: no limit
	timeout time.Duration

	connectFigures
	r        *reactor
	begin    time.Duration
	flight   int
	finished int // done or failed
	setups   samples
	stop     context.CancelFunc
}

// run measures for a window, or until the total is reached.
func (s *churn) run(ctx context.Context, warm, window time.Duration, c console) error {
	within, stop := context.WithCancel(ctx)
	defer stop()
	s.stop = stop
	s.begin = now()
	if s.Wanted > 0 {
		s.paced(0)
	} else {
		for i := range s.limit {
			s.r.at(s.begin+time.Duration(i)*time.Millisecond, s.launch)
		}
	}
	opened := s.begin + warm
	if err := s.r.run(within, opened); err != nil && ctx.Err() != nil {
		return err
	}
	if s.total == 0 {
		s.Done = 0
		s.setups = nil
	} else {
		opened = s.begin
	}
	c.event(eventOpen)
	if err := s.r.run(within, s.begin+warm+window); err != nil && ctx.Err() != nil {
		return err
	}
	c.event(eventShut)
	seconds := (now() - opened).Seconds()
	s.Seconds, s.Rate = rounded(seconds), rounded(float64(s.Done)/seconds)
	s.SetupP50, s.SetupP99, s.SetupMax = s.setups.quantile(.5), s.setups.quantile(.99), s.setups.quantile(1)
	return nil
}

// paced launches what is due, from number i on, and waits for the next.
func (s *churn) paced(i int) {
	due := func() time.Duration { return s.begin + time.Duration(float64(i)/s.Wanted*float64(time.Second)) }
	for t := now(); due() <= t; i++ {
		s.launch()
	}
	s.r.at(due(), func() { s.paced(i) })
}

// launch begins a connection, unless there are enough.
func (s *churn) launch() {
	if s.total > 0 && s.Started == s.total {
		return
	}
	if s.flight == s.limit {
		s.Skipped++
		return
	}
	to, err := parseAddress(indexed(s.url, s.Started), s.reach)
	if err != nil {
		s.add(err)
		s.stop()
		return
	}
	s.Started++
	s.flight++
	s.Flight = max(s.Flight, s.flight)
	begin := now()
	c := &client{address: to, role: s.Role, chunkSize: 4096}
	c.ended = func(err error) {
		c.ended = nil
		s.add(err)
		s.landed()
	}
	c.ready = func() {
		s.Done++
		s.setups = append(s.setups, milliseconds(now()-begin))
		c.hangUp()
		s.landed()
	}
	if err := c.dial(s.r); err != nil {
		c.ended(err)
		return
	}
	s.r.at(begin+s.timeout, func() { c.conn.close(errSlow) })
}

// landed counts a connection out, and puts another in its place if there is no pace.
func (s *churn) landed() {
	s.flight--
	if s.finished++; s.finished == s.total {
		s.stop()
		return
	}
	if s.Wanted == 0 {
		s.r.at(now(), s.launch)
	}
}
