package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"weir"
	"weir/media"
	"weir/media/flv"
	"weir/media/rtmp"
)

// clip is ten seconds of H.264 and AAC.
//
//go:embed clip.flv
var clip []byte

// clipLength is how long a round of the clip lasts.
const clipLength = 10 * time.Second

type demoCmd struct {
	runCmd
	Stream string `default:"live/demo" help:"Where to publish the clip."`
}

// Run serves, and publishes the clip again and again until SIGINT or SIGTERM.
func (d *demoCmd) Run(c console) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	published := make(chan struct{})
	close(published)
	err := d.serve(ctx, c, func(a weir.Addresses) {
		if len(a.RTMP) == 0 {
			return
		}
		url := fmt.Sprintf("rtmp://%s/%s", reachable(a.RTMP[0], ":1935"), d.Stream)
		for _, at := range a.HTTP {
			fmt.Fprintf(c.err, "  watch the demo     http://%s/%s.m3u8\n", reachable(at, ":80"), d.Stream)
		}
		published = make(chan struct{})
		go func() {
			defer close(published)
			d.publish(ctx, c, url)
		}()
	})
	<-published
	return err
}

// publish keeps the clip published until ctx ends; a refusal is said and tried again.
func (d *demoCmd) publish(ctx context.Context, c console, url string) {
	for ctx.Err() == nil {
		if err := loop(ctx, url); err != nil && ctx.Err() == nil {
			fmt.Fprintf(c.err, "weir: demo clip: %v; trying again\n", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(2 * time.Second):
		}
	}
}

// loop publishes the clip in real time with continuous time stamps.
func loop(ctx context.Context, url string) error {
	client, err := rtmp.Dial(ctx, url)
	if err != nil {
		return err
	}
	var read sync.WaitGroup
	defer read.Wait()
	defer client.Close() //nolint:errcheck // the peer is ourselves
	if err := client.Publish(ctx); err != nil {
		return err
	}
	read.Go(func() { _ = client.Wait() }) // why it ends, WritePacket's error shows well enough
	begun := time.Now()
	for round := time.Duration(0); ; round += clipLength {
		r := flv.NewReader(bytes.NewReader(clip))
		for {
			p, err := r.ReadPacket()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return err
			}
			if p.DTS >= clipLength || round > 0 && (p.Config || p.Kind == media.Data) {
				continue
			}
			p.DTS += round
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(time.Until(begun.Add(p.DTS))):
			}
			if err := client.WritePacket(p); err != nil {
				return err
			}
		}
	}
}
