//go:build linux

package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"time"

	"weir/media"
)

// playFlags are those of every kind of players.
type playFlags struct {
	url     string
	players int
	streams int
	kbps    float64
	stall   time.Duration
	*pace
	*reach
}

func addPlayFlags(fs *flag.FlagSet, url string) *playFlags {
	f := &playFlags{pace: paceFlags(fs), reach: addReachFlag(fs)}
	fs.StringVar(&f.url, "url", url, "address; {i} is the stream's index")
	fs.IntVar(&f.players, "n", 1, "players")
	fs.IntVar(&f.streams, "streams", 1, "streams that the players are spread over")
	fs.Float64Var(&f.kbps, "ref-kbps", 0, "rate of the source, to compare with")
	fs.DurationVar(&f.stall, "stall", time.Second, "a stall is a longer pause between two video frames")
	return f
}

// parse reads the flags and resolves the streams.
func (f *playFlags) parse(fs *flag.FlagSet, args []string) ([]address, error) {
	if err := parse(fs, args); err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	if f.players < 1 || f.streams < 1 {
		return nil, &usageError{fmt.Errorf("%d players of %d streams", f.players, f.streams)}
	}
	if err := raiseFiles(f.players); err != nil {
		return nil, err
	}
	return parseAddresses(f.url, f.streams, *f.reach)
}

// audience returns the audience, without players.
func (f *playFlags) audience(mode string) *audience {
	return &audience{stall: f.stall, kbps: f.kbps, playFigures: playFigures{Mode: mode, Players: f.players}}
}

func runPlay(ctx context.Context, args []string, c console) error {
	return runAudience(ctx, args, c, "play", "rtmp://127.0.0.1:1935/live/s{i}", playRTMP)
}

func runFLV(ctx context.Context, args []string, c console) error {
	return runAudience(ctx, args, c, "flv", "http://127.0.0.1:8080/live/s{i}.flv", playFLV)
}

func runWS(ctx context.Context, args []string, c console) error {
	return runAudience(ctx, args, c, "ws", "http://127.0.0.1:8080/live/s{i}.flv", playWS)
}

// runAudience runs a mode whose players receive by push; begin connects one.
func runAudience(ctx context.Context, args []string, c console, mode, url string, begin func(*reactor, address, *player) error) error {
	fs := newFlags(mode, c)
	f := addPlayFlags(fs, url)
	to, err := f.parse(fs, args)
	if err != nil {
		return err
	}
	r, err := newReactor()
	if err != nil {
		return err
	}
	defer r.close()
	a := f.audience(mode)
	zero := now()
	for i := range f.players {
		p := a.join()
		r.at(zero+f.start(i), func() {
			p.begin = now()
			if err := begin(r, to[i%len(to)], p); err != nil {
				a.add(err)
			}
		})
	}
	window := zero + f.start(f.players) + f.warm
	if err := r.run(ctx, window); err != nil {
		return err
	}
	a.start(now())
	c.event(eventOpen)
	if err := r.run(ctx, window+f.window); err != nil {
		return err
	}
	a.shut(now())
	c.event(eventShut)
	return c.report(a.playFigures)
}

// rtmpPlayer is a client that counts what it reads.
type rtmpPlayer struct {
	client
	player *player
}

func (p *rtmpPlayer) data(b []byte) {
	p.player.audience.read(len(b))
	p.client.data(b)
}

// playRTMP connects an RTMP player.
func playRTMP(r *reactor, a address, p *player) error {
	c := &rtmpPlayer{client: client{address: a, role: playing, chunkSize: 4096}, player: p}
	c.ready = func() {}
	c.ended = p.audience.add
	c.media = func(m skimmed) { p.message(r.woken, media.Kind(m.kind), m.size, m.head) }
	if err := c.dial(r); err != nil {
		return err
	}
	c.conn.peer = c
	return nil
}

// never is a pause that no stream makes.
const never = time.Duration(math.MaxInt64)
