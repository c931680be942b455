//go:build linux

package main

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

const (
	readSize  = 512 << 10
	eventMax  = 512
	longSleep = 100 * time.Millisecond // after which a reactor looks at its context
)

// reactor drives connections and timers in one goroutine: all that they call runs in
// the one that calls run.
type reactor struct {
	woken time.Duration // when the bytes at hand were read, by now

	epoll  int
	conns  map[int32]*conn
	timers timers
	buf    []byte
}

func newReactor() (*reactor, error) {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("epoll: %w", err)
	}
	return &reactor{epoll: fd, conns: map[int32]*conn{}, buf: make([]byte, readSize)}, nil
}

// close closes every connection that is left, silently.
func (r *reactor) close() {
	for _, c := range r.conns {
		c.peer = nil
		c.close(nil)
	}
	_ = unix.Close(r.epoll) // nothing is left to be lost
}

// at does something at a time, which may have passed.
func (r *reactor) at(t time.Duration, do func()) { heap.Push(&r.timers, timer{t, do}) }

// run drives all until a time. It returns the context's error if that ends before.
func (r *reactor) run(ctx context.Context, until time.Duration) error {
	events := make([]unix.EpollEvent, eventMax)
	for {
		if err := ctx.Err(); err != nil {
			return err //nolint:wrapcheck // the caller's own
		}
		r.woken = now()
		if r.woken >= until {
			return nil
		}
		n, err := unix.EpollWait(r.epoll, events, r.tick(until))
		if err != nil && !errors.Is(err, unix.EINTR) {
			return fmt.Errorf("epoll: %w", err)
		}
		for _, e := range events[:max(0, n)] {
			if c := r.conns[e.Fd]; c != nil {
				c.event(e.Events)
			}
		}
	}
}

// tick does what is due and returns how many milliseconds may be slept.
func (r *reactor) tick(until time.Duration) int {
	for len(r.timers) > 0 && r.timers[0].at <= r.woken {
		heap.Pop(&r.timers).(timer).do() //nolint:forcetypeassert // timers hold nothing else
		r.woken = now()
	}
	if len(r.timers) > 0 {
		until = min(until, r.timers[0].at)
	}
	sleep := min(max(0, until-r.woken), longSleep)
	return int((sleep + time.Millisecond - 1) / time.Millisecond)
}
