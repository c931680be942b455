package sandbox

import (
	"context"
	"sync"
	"time"
)

// exitTime is how long a worker's VMs may take to end.
const exitTime = 3 * time.Second

// exit has the VMs of the lanes' workers call what their scripts have registered for
// their end.
func exit(ctx context.Context, lanes []*lane) {
	var ends sync.WaitGroup
	for _, l := range lanes {
		if w := l.current.Load(); w != nil && w.isReadyNow() {
			ends.Go(func() { w.exit(ctx, l) })
		}
	}
	ends.Wait()
}

// exit waits until the worker's VMs have ended, or the worker has.
func (w *worker) exit(ctx context.Context, l *lane) {
	u := &unit{}
	u.lane.Store(l)
	c := &call{kind: frameExit, unit: u, done: make(chan struct{}, 1), timer: time.NewTimer(exitTime)}
	if w.add(c) {
		w.out.flush()
		_, _, _ = c.wait(ctx, exitTime, func() bool { return false }) // what scripts throw is logged
	}
}
