//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// soakFigures is what mode soak prints.
type soakFigures struct {
	Mode       string      `json:"mode"`
	Seconds    float64     `json:"seconds"`
	Publishes  int         `json:"publishes"`
	Plays      int         `json:"plays"`
	Refused    int         `json:"plays_refused"` // as they should be: by the script, or ahead of the stream
	Frames     int64       `json:"video_frames"`
	Epochs     int64       `json:"republishes_seen"` // by players that stayed
	Busy       int         `json:"busy"`             // publishes ahead of the end of the one before
	Lost       int64       `json:"frames_lost"`
	Before     soakState   `json:"before"` // when a first crowd had left
	After      soakState   `json:"after"`
	Samples    []soakState `json:"samples"`
	Complaints []string    `json:"complaints,omitempty"` // of the server's log
	failures
}

// soak is publishers and players that come and go.
type soak struct {
	soakFigures
	r        *reactor
	random   *rand.Rand
	source   *source
	gop      uint64 // frames from one keyframe to the next
	streams  []*soakStream
	players  []*soakPlayer
	stopping bool
}

// errSoak says that a soak found something.
var errSoak = errors.New("the server has not passed")

func runSoak(ctx context.Context, args []string, c console) error {
	fs := newFlags("soak", c)
	weir := fs.String("weir", "bin/weir", "weir's binary")
	length := fs.Duration("t", 30*time.Minute, "how long publishers and players come and go")
	warm := fs.Duration("warm", 30*time.Second, "a first crowd, whose leavings are no leak")
	quiet := fs.Duration("quiet", 2*time.Minute, "how long the server may take to give back what it held")
	every := fs.Duration("every", time.Minute, "from one sample of the server to the next")
	publishers := fs.Int("m", 20, "publishers")
	players := fs.Int("n", 200, "players, half of them by HTTP-FLV")
	seed := fs.Uint64("seed", 1, "of who comes when and goes how")
	stream := synthetic{kbps: 200, fps: 25, gop: 1, audio: true}
	fs.IntVar(&stream.kbps, "kbps", stream.kbps, "of a stream")
	if err := parse(fs, args); err != nil {
		return err
	}
	if *length <= 0 || *warm <= 0 || *every <= 0 || *quiet < 0 || *publishers < 1 || *players < 0 {
		return &usageError{fmt.Errorf("no soak has %d publishers and %d players for %v behind %v", *publishers, *players, *length, *warm)}
	}
	src, err := stream.source()
	if err != nil {
		return err
	}
	if err := raiseFiles(*publishers + *players); err != nil {
		return err
	}
	s := &soak{source: src, gop: uint64(stream.gop * stream.fps), random: rand.New(rand.NewPCG(*seed, 0))} //nolint:gosec // flags; no secret
	s.Mode = "soak"
	dir, err := os.MkdirTemp("", "weirload-")
	if err != nil {
		return fmt.Errorf("logs: %w", err)
	}
	up, err := soakServer(dir)
	if err != nil {
		return err
	}
	path, err := program(*weir)
	if err != nil {
		return err
	}
	up.Cmd = []string{path, "run", "-c", filepath.Join(dir, "soak.conf")}
	running, err := up.start(ctx, anyCPU, dir)
	if err != nil {
		return err
	}
	defer running.end()
	up.pid = running.cmd.Process.Pid
	s.cast(*publishers, *players, up.server)
	if err := s.run(ctx, up, *warm, *length, *every, *quiet); err != nil {
		return err
	}
	if s.Complaints, err = up.complaints(); err != nil {
		return err
	}
	if err := c.report(s.soakFigures); err != nil {
		return err
	}
	if err := s.verdict(); err != nil {
		return fmt.Errorf("%w; its log is in %s", err, dir)
	}
	return os.RemoveAll(dir) //nolint:wrapcheck // names the folder
}

// run has one crowd for the state before, and another one that is judged.
func (s *soak) run(ctx context.Context, up *soaked, warm, length, every, quiet time.Duration) (err error) {
	if s.Before, err = s.crowd(ctx, up, warm, warm, quiet, nil); err != nil {
		return err
	}
	first := s.soakFigures
	s.soakFigures = soakFigures{Mode: first.Mode, Before: first.Before, failures: first.failures, Lost: first.Lost}
	begin := now()
	s.After, err = s.crowd(ctx, up, length, every, quiet, &s.Before)
	s.Seconds = rounded((now() - begin).Seconds())
	return err
}

// crowd lets everybody in for a time, and waits until the server holds no more than
// before, or for the whole of quiet.
func (s *soak) crowd(ctx context.Context, up *soaked, length, every, quiet time.Duration, before *soakState) (soakState, error) {
	r, err := newReactor()
	if err != nil {
		return soakState{}, err
	}
	s.r, s.stopping = r, false
	for i, st := range s.streams {
		s.after(time.Duration(i)*50*time.Millisecond, st.publish)
	}
	for _, p := range s.players {
		s.after(s.between(time.Second, 3*time.Second), p.play)
	}
	var failed error
	var sample func()
	sample = func() {
		state, err := up.state(ctx)
		failed = errors.Join(failed, err)
		s.Samples = append(s.Samples, state)
		s.after(every, sample)
	}
	s.after(every, sample)
	err = r.run(ctx, now()+length)
	if err == nil {
		s.stopping = true
		s.leave()
		err = r.run(ctx, now()+3*time.Second) // what is on its way arrives
		for _, p := range s.players {
			p.tail()
		}
	}
	r.close()
	if err = errors.Join(err, failed); err != nil {
		return soakState{}, err
	}
	return up.settled(ctx, quiet, before)
}

// leave ends every stream in good order; its players see the end first.
func (s *soak) leave() {
	for _, st := range s.streams {
		st.farewell()
	}
}

func (s *soak) after(d time.Duration, do func()) { s.r.at(now()+d, do) }

// between is a random time.
func (s *soak) between(least, most time.Duration) time.Duration {
	return least + time.Duration(s.random.Int64N(int64(most-least)))
}

// chance is true once in n times.
func (s *soak) chance(n int) bool { return s.random.IntN(n) == 0 }
