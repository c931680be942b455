package weirtest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
)

// Publisher publishes a synthetic stream by RTMP, in real time.
type Publisher struct {
	Frames atomic.Int64 // video frames sent

	client  *rtmp.Client
	cancel  context.CancelFunc
	stopped func()
	done    chan struct{}
	once    sync.Once
	err     error
}

// Publish publishes st at path ("live/a?token=x"). A refusal is an error. A stream
// that a Publisher has just left may be busy yet, until the server has seen it leave:
// Publish waits for that.
func (s *Server) Publish(path string, st mediatest.Stream) (*Publisher, error) {
	stream, _, _ := strings.Cut(path, "?")
	for deadline := time.Now().Add(Patience); ; time.Sleep(10 * time.Millisecond) {
		p, err := s.publish(path, st)
		if err == nil {
			p.stopped = func() { s.unpublished.Store(stream, true) }
			return p, nil
		}
		_, left := s.unpublished.Load(stream)
		if !left || !strings.Contains(err.Error(), media.ErrBusy.Error()) || time.Now().After(deadline) {
			return nil, err
		}
	}
}

func (s *Server) publish(path string, st mediatest.Stream) (*Publisher, error) {
	ctx, cancel := context.WithCancel(context.Background())
	client, err := rtmp.Dial(ctx, fmt.Sprintf("rtmp://%s/%s", s.RTMP, path))
	if err == nil {
		if err = client.Publish(ctx); err != nil {
			client.Close() //nolint:errcheck // it was refused
		}
	}
	if err != nil {
		cancel()
		return nil, err
	}
	p := &Publisher{client: client, cancel: cancel, done: make(chan struct{})}
	go p.run(ctx, st)
	return p, nil
}

func (p *Publisher) run(ctx context.Context, st mediatest.Stream) {
	defer close(p.done)
	begun := time.Now()
	for pkt := range st.Packets() {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Until(begun.Add(pkt.DTS - st.Start))):
		}
		if err := p.client.WritePacket(pkt); err != nil {
			p.err = err
			return
		}
		if pkt.Kind == media.Video && !pkt.Config {
			p.Frames.Add(1)
		}
	}
}

// Done is closed when the publisher has ended.
func (p *Publisher) Done() <-chan struct{} { return p.done }

// Stop ends the publish, and returns the error that ended it before, if any.
func (p *Publisher) Stop() error {
	p.once.Do(func() {
		p.cancel()
		<-p.done
		p.client.Close() //nolint:errcheck // it is over either way
		p.stopped()
	})
	return p.err
}
