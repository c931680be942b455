//go:build linux

package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"weir/weirtest"
)

// A small soak of a server in this process: everybody is served, nothing is lost.
func TestSoakLosesNothing(t *testing.T) {
	dir := t.TempDir()
	up, err := soakServer(dir)
	if err != nil {
		t.Fatal(err)
	}
	weirtest.Serve(t, filepath.Join(dir, "soak.conf"))
	up.pid = os.Getpid()
	stream := synthetic{kbps: 200, fps: 25, gop: 1, audio: true}
	src, err := stream.source()
	if err != nil {
		t.Fatal(err)
	}
	s := &soak{source: src, gop: 25, random: rand.New(rand.NewPCG(1, 0))}
	s.cast(2, 8, up.server)
	state, err := s.crowd(t.Context(), up, 6*time.Second, 2*time.Second, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Publishes < 2 || s.Plays < 8 || s.Frames < 100 || s.Lost != 0 || s.Count != 0 || len(s.Samples) == 0 {
		t.Errorf("got %+v", s.soakFigures)
	}
	if state.Goroutines == 0 || state.Descriptors == 0 || state.RSS == 0 {
		t.Errorf("the server holds %+v", state)
	}
}

// A player sees each frame that is missing: within a publisher, ahead of it and behind it.
func TestSoakSeesWhatIsMissing(t *testing.T) {
	const second = 2 << epochBits
	for _, c := range []struct {
		name string
		seqs []uint64
		lost int64
	}{
		{"nothing", []uint64{26, 27, 28, second + 1, second + 2}, 0},
		{"no keyframe first", []uint64{2, 3}, 1},
		{"in the middle", []uint64{1, 2, 5}, 2},
		{"a publisher's first", []uint64{26, 27, 28, second + 3}, 2},
		{"a publisher's last", []uint64{26, 27, second + 1}, 1},
	} {
		s := &soak{gop: 25}
		p := &soakPlayer{soak: s, stream: &soakStream{soak: s, epoch: 2, sent: 1<<epochBits + 28, whole: true}}
		for _, seq := range c.seqs {
			if seq < second {
				seq += 1 << epochBits
			}
			p.frame(seq)
		}
		if s.Lost != c.lost || (s.Count > 0) != (c.lost > 0) {
			t.Errorf("%s: %d frames lost, want %d: %q", c.name, s.Lost, c.lost, s.First)
		}
	}
}

func TestSoakVerdict(t *testing.T) {
	before := soakState{Goroutines: 30, Descriptors: 20, Processes: 3, RSS: 100}
	good := soakFigures{Frames: 1, Before: before, After: before}
	if err := good.verdict(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*soakFigures){
		"goroutines":  func(f *soakFigures) { f.After.Goroutines++ },
		"descriptors": func(f *soakFigures) { f.After.Descriptors++ },
		"processes":   func(f *soakFigures) { f.After.Processes++ },
		"memory":      func(f *soakFigures) { f.After.RSS = 121 },
		"lost":        func(f *soakFigures) { f.Lost++ },
		"failed":      func(f *soakFigures) { f.add(errSlow) },
		"complains":   func(f *soakFigures) { f.Complaints = []string{"panic"} },
		"no frame":    func(f *soakFigures) { f.Frames = 0 },
	} {
		f := good
		spoil(&f)
		if f.verdict() == nil {
			t.Errorf("%s: passed", name)
		}
	}
}
