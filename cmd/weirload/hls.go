//go:build linux

package main

import (
	"context"
	"sync"
	"time"
)

// runHLS runs players of classic HLS: each asks for its playlist and takes each new segment
// once. Latency is the age of a segment's first frame when the segment is there; a real
// player's buffer comes on top.
func runHLS(ctx context.Context, args []string, c console) error {
	fs := newFlags("hls", c)
	f := addPlayFlags(fs, "http://127.0.0.1:8080/live/s{i}.m3u8")
	if _, err := f.parse(fs, args); err != nil {
		return err
	}
	f.stall = never // segments come in bursts
	h := &hlsAudience{audience: f.audience("hls")}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	for i := range f.players {
		p := &hlsPlayer{hlsAudience: h, player: h.join(), url: indexed(f.url, i%f.streams), reach: *f.reach}
		wg.Go(func() {
			if sleep(ctx, f.start(i)) == nil {
				p.run(ctx)
			}
		})
	}
	if err := sleep(ctx, f.start(f.players)+f.warm); err != nil {
		return err
	}
	h.locked(func() { h.start(now()) })
	c.event(eventOpen)
	if err := sleep(ctx, f.window); err != nil {
		return err
	}
	h.locked(func() { h.shut(now()) })
	c.event(eventShut)
	var figures playFigures
	h.locked(func() { figures = h.playFigures })
	return c.report(figures)
}

// hlsAudience is an audience of players that have goroutines.
type hlsAudience struct {
	mu sync.Mutex
	*audience
}

func (h *hlsAudience) locked(do func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	do()
}

// sleep waits, or returns the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the caller's own
	}
}
